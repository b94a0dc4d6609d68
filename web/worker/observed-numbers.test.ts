import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { buildDataset, Machine, parseExperiment, Trainer } from 'grokscope';
import { expect, test } from 'vitest';
import { spectrumOperations, trainingOperations } from '../../src/measures/observation-costs.ts';
import { openNumbers, strideOfCost } from './observed-numbers.ts';

test('the stride of a measure is the least power of 2 at which it costs no more than its share', () => {
  const positive = fc.double({ min: 1e8, max: 1e14, noNaN: true });
  fc.assert(
    fc.property(positive, positive, fc.double({ min: 0.1, max: 1, noNaN: true }), (cost, training, share) => {
      const stride = strideOfCost(cost, training, share);
      expect(Number.isInteger(Math.log2(stride))).toBe(true);
      expect(cost / stride).toBeLessThanOrEqual(share * training * (1 + 1e-12));
      if (stride > 1) expect((2 * cost) / stride).toBeGreaterThan(share * training);
    }),
  );
});

async function probeOf(preset: string) {
  const file = new URL(`../../configs/${preset}.yaml`, import.meta.url);
  const { experiment } = parseExperiment(readFileSync(file, 'utf8'));
  const trainer = await Trainer.start(experiment, buildDataset(experiment), await Machine.open());
  return trainer.probe;
}

test('R1, evaluated after each step, is measured at every fourth evaluation, and always at the last', async () => {
  const probe = await probeOf('r1');
  // Multiply-adds of V(Ax)², counted by hand: 9,409 inputs, of which 4,704 are trained on, 500 units, 97 classes.
  const forward = 2 * 9409 * 500 * 97;
  expect(trainingOperations(probe) / (forward * 2.5)).toBeCloseTo(1, 1);
  expect(spectrumOperations(probe) / (forward + 2 * 4 * 97 ** 3 * 97)).toBeCloseTo(1, 1);
  const numbers = openNumbers(probe);
  expect(numbers.stride).toBe(4);
  expect(numbers.values(1, 1, false)).toEqual({});
  expect(numbers.values(4, 4, false).diagonal_share).toBeGreaterThan(0);
  expect(numbers.values(5, 5, true).diagonal_share).toBeGreaterThan(0);
});

test('a training with many steps from one evaluation to the next is measured at each; what its settings ask for is not measured twice', async () => {
  const p53 = openNumbers(await probeOf('p53'));
  expect(p53.stride).toBe(1);
  expect(p53.values(1, 1, false).diagonal_share).toBeGreaterThan(0);
  const asking = openNumbers(await probeOf('modular-addition'));
  expect(asking.values(1, 1, false)).toEqual({});
});
