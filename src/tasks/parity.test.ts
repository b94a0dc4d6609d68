import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ExperimentInput, experimentFromObject } from '../config/index.ts';
import type { Dataset, ParityStructure } from './dataset.ts';
import { buildDataset } from './index.ts';

const build = (dataset: ExperimentInput<'parity'>['dataset'], seed = 0): Dataset =>
  buildDataset(experimentFromObject({ task: 'parity', seed, dataset }).experiment);
const stringOf = ({ tokens }: Dataset, example: number) => tokens.map((bits) => bits[example]).join('');

test('the label is the product of the signs at k different places', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 70 }), fc.nat(), fc.nat(1000), (n, kAtMost, seed) => {
      const k = 1 + (kAtMost % n);
      const samples = n < 6 ? ('all' as const) : ('drawn' as const);
      const dataset = build({ n, k, samples, train_samples: 20, test_samples: 20 }, seed);
      const { coordinates, bits } = dataset.structure as ParityStructure;
      expect(bits).toBe(n);
      expect(new Set(coordinates).size).toBe(k);
      expect(coordinates.every((bit) => bit >= 0 && bit < n)).toBe(true);
      for (let example = 0; example < dataset.size; example++) {
        const product = coordinates.reduce((sign, bit) => sign * (2 * dataset.tokens[bit][example] - 1), 1);
        expect(dataset.cleanLabels[example]).toBe(product === 1 ? 1 : 0);
      }
    }),
  );
});

test.each([7, 17, 32, 33, 40, 64])('strings of %i bits that are drawn are all different', (n) => {
  const dataset = build({ n, train_samples: 60, test_samples: 60 });
  const strings = new Set(Array.from({ length: dataset.size }, (_, example) => stringOf(dataset, example)));
  expect(strings.size).toBe(120);
});

test('a sample can be the whole cube', () => {
  const dataset = build({ n: 5, train_samples: 20, test_samples: 12 });
  expect(new Set(Array.from({ length: 32 }, (_, example) => stringOf(dataset, example))).size).toBe(32);
});

test('every bit is 1 half of the time, the last of 40 as the first', () => {
  const { tokens, size } = build({ n: 40, train_samples: 5000, test_samples: 5000 });
  // Binomial(10,000, ½) has standard deviation 50; 5 of them leave a chance of 2e-5 over 40 bits.
  for (const bits of tokens)
    expect(Math.abs(bits.reduce((sum, bit) => sum + bit, 0) - size / 2)).toBeLessThan(250);
});

test('the cube is listed as binary numbers, the lowest bit first', () => {
  const dataset = build({ n: 3, k: 1, samples: 'all' });
  expect(Array.from({ length: 8 }, (_, example) => stringOf(dataset, example))).toEqual(
    '000 100 010 110 001 101 011 111'.split(' '),
  );
});

test('another seed of the dataset asks for other bits', () => {
  const coordinates = (seed: number) => (build({}, seed).structure as ParityStructure).coordinates;
  expect(coordinates(0)).not.toEqual(coordinates(1));
});
