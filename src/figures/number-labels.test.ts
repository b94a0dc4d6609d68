import fc from 'fast-check';
import { expect, test } from 'vitest';
import { percentLabel, powerLabel, siLabel, stepLabel, valueLabel } from './number-labels.ts';

test('steps on an axis have SI prefixes', () => {
  expect([0, 5, 250, 1000, 2500, 12_500, 300_000, 1e6, 2e9].map(siLabel)).toEqual([
    '0',
    '5',
    '250',
    '1k',
    '2.5k',
    '12.5k',
    '300k',
    '1M',
    '2G',
  ]);
  // Counts of operations go on from there.
  expect([3e12, 2.5e15, 1e18].map(siLabel)).toEqual(['3T', '2.5P', '1E']);
});

test('a step in words has separated thousands', () => {
  expect([0, 999, 1000, 1_234_567].map(stepLabel)).toEqual(['0', '999', '1,000', '1,234,567']);
});

test('measured values have three digits, and powers of ten where they are small', () => {
  expect([0, 1, 4.5678, 0.0123456, 0.00123, 123.4, 99_999].map(valueLabel)).toEqual([
    '0',
    '1',
    '4.57',
    '0.0123',
    '0.00123',
    '123',
    '1·10⁵',
  ]);
  expect(valueLabel(3.21e-10)).toBe('3.2·10⁻¹⁰');
  expect([-12, 0, 7].map(powerLabel)).toEqual(['10⁻¹²', '10⁰', '10⁷']);
});

test('only an accuracy of 1 is written as 100%', () => {
  expect([0, 0.5, 0.1234, 0.9994, 0.99996, 1].map(percentLabel)).toEqual([
    '0%',
    '50%',
    '12.3%',
    '99.9%',
    '>99.9%',
    '100%',
  ]);
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1, noNaN: true }),
      (x) => (percentLabel(x) === '100%') === (x === 1),
    ),
  );
});
