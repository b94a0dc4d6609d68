import { expect, test } from 'vitest';
import { type ExperimentInput, experimentFromObject } from '../config/index.ts';
import { buildDataset } from '../tasks/index.ts';
import { Trainer } from '../training/trainer.ts';
import { openNeuronFrequencies } from './neuron-frequencies.ts';

async function neuronsOf(input: ExperimentInput, mostValues = 1e6) {
  const { experiment } = experimentFromObject(input);
  const { probe } = await Trainer.start(experiment, buildDataset(experiment));
  return openNeuronFrequencies(probe, mostValues)?.();
}

const analytic = {
  dataset: { N: 23 },
  model: {
    type: 'two_layer',
    hidden_dim: 40,
    input: 'concat',
    activation: 'quadratic',
    init: { type: 'analytic' },
  },
  train: { total_steps: 0, loss: 'mse' },
} as const;

test('units written down for one frequency each have it, with four fifths of their power', async () => {
  // (cos A + cos B)² = 1 + ½ cos 2A + ½ cos 2B + cos(A + B) + cos(A − B): variances ⅛, ⅛, ½, ½, the last two of the frequency.
  const found = await neuronsOf(analytic);
  expect(found).toMatchObject({ order: 23, width: 40 });
  expect([...(found?.frequency ?? [])]).toEqual(Array.from({ length: 40 }, (_, i) => 1 + (i % 11)));
  for (const share of found?.share ?? []) expect(share).toBeCloseTo(0.8, 5);
});

test('of many neurons the first ones are looked at, as many as may be read out', async () => {
  const found = await neuronsOf(analytic, 23 * 23 * 7 + 5);
  expect(found?.width).toBe(40);
  expect([...(found?.frequency ?? [])]).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(await neuronsOf(analytic, 500)).toBeUndefined();
});

test('neurons at the start are of no frequency', async () => {
  const found = await neuronsOf({
    dataset: { N: 13, op: 'mul' },
    model: { type: 'transformer', d_model: 16, heads: 2, d_mlp: 32 },
  });
  // Products of units: a cyclic group of 12 elements.
  expect(found?.order).toBe(12);
  expect(found?.share).toHaveLength(32);
  expect(Math.max(...(found?.share ?? []))).toBeLessThan(0.85);
});

test('a task whose inputs are no pairs of one cycle has none', async () => {
  const small = { type: 'two_layer', hidden_dim: 4 } as const;
  expect(await neuronsOf({ task: 'group', dataset: { group: 'S3' }, model: small })).toBeUndefined();
  expect(
    await neuronsOf({ task: 'copy', dataset: { alphabet: 3, length: 3 }, model: small }),
  ).toBeUndefined();
  expect(
    await neuronsOf({
      task: 'parity',
      dataset: { n: 4, k: 2, samples: 'all' },
      model: { ...small, input: 'signs' },
    }),
  ).toBeUndefined();
});
