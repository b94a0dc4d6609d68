import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rangeOf, valueAxis } from './value-axis.ts';

const values = fc.array(fc.double({ min: 1e-12, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 20 });

test.each(['linear', 'log'] as const)(
  '%s: all values are inside, larger ones higher, with labelled ticks',
  (scale) => {
    fc.assert(
      fc.property(values, (all) => {
        const axis = valueAxis(rangeOf(all, scale), 300, 0);
        const sorted = [...all].sort((a, b) => a - b).map(axis.position);
        for (const [i, y] of sorted.entries()) {
          expect(y).toBeGreaterThan(0);
          expect(y).toBeLessThan(300);
          if (i > 0) expect(y).toBeLessThanOrEqual(sorted[i - 1]);
        }
        expect(axis.ticks.filter(({ label }) => label !== undefined).length).toBeGreaterThanOrEqual(1);
      }),
    );
  },
);

test('losses over many decades are labelled by powers of ten, over few by decimals', () => {
  const labels = (low: number, high: number) =>
    valueAxis({ scale: 'log', low, high }, 300, 0).ticks.flatMap(({ label }) => label ?? []);
  expect(labels(1e-6, 10)).toEqual(['10⁻⁶', '10⁻⁵', '10⁻⁴', '10⁻³', '10⁻²', '10⁻¹', '10⁰', '10¹']);
  expect(labels(0.01, 10)).toEqual(['0.01', '0.1', '1', '10']);
});

test('on a log axis 0 lies on the lower edge and does not count for the range', () => {
  expect(rangeOf([0, 1, 10], 'log')).toEqual(rangeOf([1, 10], 'log'));
  expect(valueAxis(rangeOf([1, 10], 'log'), 300, 0).position(0)).toBe(300);
});

test('constant and missing values have a range', () => {
  const { low, high } = rangeOf([3, 3], 'linear');
  expect(low).toBeLessThan(3);
  expect(high).toBeGreaterThan(3);
  expect(rangeOf([Number.NaN], 'linear')).toMatchObject({ low: 0, high: 1 });
});

test('a range of hundreds of decades is drawn too', () => {
  const axis = valueAxis(rangeOf([1e-290, 1e300], 'log'), 300, 0);
  expect(axis.position(1)).toBeGreaterThan(100);
  expect(axis.position(1)).toBeLessThan(200);
  expect(axis.ticks.length).toBeLessThan(40);
});
