/** The host's exponential against an exact series. */

import { expect, test } from 'vitest';
import { F64, ulpsBetween } from '../../test/oracles/binary-floats.ts';
import { exp } from '../../test/oracles/elementary-functions.ts';
import { exponential } from './exponential.ts';
import { Stream } from './philox.ts';

test('exponential is within 1.05 ulp of the exact value', () => {
  const stream = new Stream(1, 'exponential');
  const anywhere = () => -708 + stream.uniform() * 1417;
  const nearZero = () => (stream.uniform() - 0.5) * 2 ** -stream.integer(40);
  const x = Array.from({ length: 3_000 }, (_, index) => (index % 2 ? anywhere() : nearZero()));
  const errors = x.map((value) => ulpsBetween(exponential(value), exp(value), F64));
  expect(Math.max(...errors)).toBeLessThan(1.05);
});

test('exponential of 0, and at and beyond both ends of its range', () => {
  expect(exponential(0)).toBe(1);
  expect(exponential(-0)).toBe(1);
  expect(exponential(709.782712893384)).toBeGreaterThan(1.797e308);
  expect(exponential(709.782712893384)).toBeLessThan(Infinity);
  expect(exponential(709.79)).toBe(Infinity);
  expect(exponential(Infinity)).toBe(Infinity);
  expect(exponential(-708.39)).toBeGreaterThan(2 ** -1022);
  expect(exponential(-708.4)).toBe(0);
  expect(exponential(-Infinity)).toBe(0);
  expect(exponential(Number.NaN)).toBe(Number.NaN);
});
