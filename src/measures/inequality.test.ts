/** Gini, entropy, participation and top share: how unequally a total is shared. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { entropy } from './entropy.ts';
import { gini } from './gini.ts';
import { inverseParticipationRatio, shareOfLargest } from './participation.ts';

const weights = fc.array(fc.double({ min: 0.001, max: 1000, noNaN: true }), { minLength: 1, maxLength: 40 });

test('Gini is half the mean difference of all pairs over the mean', () => {
  fc.assert(
    fc.property(weights, (values) => {
      const n = values.length;
      const mean = values.reduce((a, b) => a + b) / n;
      let differences = 0;
      for (const x of values) for (const y of values) differences += Math.abs(x - y);
      expect(gini(values)).toBeCloseTo(differences / (2 * n * n * mean), 10);
    }),
  );
});

test('equal shares: Gini 0, entropy ln n, IPR 1/n; all in one: 1 − 1/n, 0, 1', () => {
  for (const n of [1, 2, 10, 56]) {
    const equal = new Float64Array(n).fill(0.3);
    expect(gini(equal)).toBeCloseTo(0, 14);
    expect(entropy(equal)).toBeCloseTo(Math.log(n), 14);
    expect(inverseParticipationRatio(equal)).toBeCloseTo(1 / n, 14);
    const one = new Float64Array(n);
    one[n - 1] = 7;
    expect(gini(one)).toBeCloseTo(1 - 1 / n, 14);
    expect(entropy(one)).toBe(0);
    expect(inverseParticipationRatio(one)).toBe(1);
  }
});

test('entropy is the sum of its terms, and independent parts add up', () => {
  expect(entropy([1, 3])).toBeCloseTo(-0.25 * Math.log(0.25) - 0.75 * Math.log(0.75), 15);
  fc.assert(
    fc.property(weights, weights, (x, y) => {
      const product = x.flatMap((a) => y.map((b) => a * b));
      expect(entropy(product)).toBeCloseTo(entropy(x) + entropy(y), 9);
    }),
  );
});

test('the share of the largest counts them wherever they stand', () => {
  expect(shareOfLargest([1, 5, 2, 4], 2)).toBe(0.75);
  expect(shareOfLargest([1, 5], 5)).toBe(1);
  expect(shareOfLargest([1, 5], 0)).toBe(0);
});

test('nothing to share is NaN, and negative values are refused', () => {
  for (const measure of [gini, entropy, inverseParticipationRatio]) expect(measure([0, 0])).toBe(Number.NaN);
  expect(() => gini([1, -1])).toThrow('gini: expected values of at least 0, got -1');
  expect(() => gini([])).toThrow('got none');
  expect(() => entropy([-2])).toThrow('entropy: expected weights of at least 0, got -2');
});
