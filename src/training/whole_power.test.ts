import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wholePower } from './whole_power.ts';

test('small powers are those of arithmetic', () => {
  expect([0, 1, 2, 3, 10].map((n) => wholePower(2, n))).toEqual([1, 2, 4, 8, 1024]);
  expect(wholePower(0, 0)).toBe(1);
  expect(wholePower(0, 5)).toBe(0);
});

test('decay rates to high powers agree with repeated multiplication to 1e-12', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(0.9, 0.98, 0.999, 0.5),
      fc.integer({ min: 0, max: 3000 }),
      (base, exponent) => {
        let product = 1;
        for (let i = 0; i < exponent; i++) product *= base;
        if (product > 1e-300) expect(Math.abs(wholePower(base, exponent) / product - 1)).toBeLessThan(1e-12);
      },
    ),
  );
});

test('a power of hundreds of thousands of steps vanishes quietly', () => {
  expect(wholePower(0.9, 300_000)).toBe(0);
  expect(1 - wholePower(0.999, 300_000)).toBe(1);
});
