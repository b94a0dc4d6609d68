/** The host's logarithm against an exact series. */

import { expect, test } from 'vitest';
import { F64, ulpsBetween } from '../../test/oracles/binary-floats.ts';
import { log } from '../../test/oracles/elementary-functions.ts';
import { logarithm } from './logarithm.ts';
import { Stream } from './philox.ts';

test('logarithm is within 1 ulp of the exact value', () => {
  const stream = new Stream(1, 'logarithm');
  const anywhere = () => (1 + stream.uniform()) * 2 ** (stream.integer(2_090) - 1_070);
  const nearOne = () => 1 + (stream.uniform() - 0.5) * 2 ** -stream.integer(40);
  const x = Array.from({ length: 3_000 }, (_, index) => (index % 2 ? anywhere() : nearOne()));
  const errors = x
    .filter((value) => value !== 1)
    .map((value) => ulpsBetween(logarithm(value), log(value), F64));
  expect(Math.max(...errors)).toBeLessThan(1);
});

test('logarithm of 1, 0, negative numbers, infinity and NaN', () => {
  expect(logarithm(1)).toBe(0);
  expect(logarithm(0)).toBe(-Infinity);
  expect(logarithm(-1)).toBe(Number.NaN);
  expect(logarithm(Infinity)).toBe(Infinity);
  expect(logarithm(Number.NaN)).toBe(Number.NaN);
});
