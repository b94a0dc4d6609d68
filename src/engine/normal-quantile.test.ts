/** The normal quantile against published values and against its own definition. */

import { expect, test } from 'vitest';
import { erf } from '../../test/oracles/elementary-functions.ts';
import { normalQuantile } from './normal-quantile.ts';

test('normalQuantile has the check values that Wichura gives', () => {
  expect(normalQuantile(0.25)).toBeCloseTo(-0.6744897501960817, 15);
  expect(normalQuantile(0.001)).toBeCloseTo(-3.090232306167814, 14);
  expect(normalQuantile(1e-20)).toBeCloseTo(-9.262340089798409, 14);
});

test('normalQuantile inverts the distribution function on every branch', () => {
  for (const p of [
    1e-9, 1e-5, 0.003, 0.05, 0.0749, 0.0751, 0.3, 0.5001, 0.8, 0.9249, 0.9251, 0.99, 0.99999,
  ]) {
    const x = normalQuantile(p);
    const { significand, exponent } = erf(x * Math.SQRT1_2);
    const distribution = 0.5 + Number(significand >> BigInt(-exponent - 60)) / 2 ** 61;
    const density = Math.exp(-(x * x) / 2) / Math.sqrt(2 * Math.PI);
    expect(Math.abs(distribution - p)).toBeLessThan(4e-16 * (1 + Math.abs(x) * density) + 1e-16);
  }
});

test('normalQuantile is odd about one half', () => {
  expect(normalQuantile(0.5)).toBe(0);
  for (const p of [2 ** -53, 2 ** -20, 0.0625, 0.25, 0.4375])
    expect(normalQuantile(1 - p)).toBe(-normalQuantile(p));
});
