import { expect, test } from 'vitest';
import { erf } from './erf.ts';

// Rounded from 18 digits; the first ten agree with Abramowitz & Stegun, table 7.1.
const table: [number, number][] = [
  [0.1, 0.1124629160182849],
  [0.5, 0.5204998778130465],
  [1, 0.8427007929497149],
  [2, 0.9953222650189527],
  [3, 0.9999779095030014],
  [4, 0.9999999845827421],
  [5.5, 0.9999999999999927],
];

test.each(table)('erf(%d) agrees with the tables to 1e-14, and is odd', (x, expected) => {
  expect(Math.abs(erf(x) - expected)).toBeLessThanOrEqual(1e-14);
  expect(erf(-x)).toBe(-erf(x));
});

test('erf is 0 at 0, saturates at ±1 and passes NaN on', () => {
  expect(erf(0)).toBe(0);
  expect(erf(40)).toBe(1);
  expect(erf(Number.NEGATIVE_INFINITY)).toBe(-1);
  expect(erf(Number.NaN)).toBeNaN();
});
