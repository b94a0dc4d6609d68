import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spread } from './end-labels.ts';

const wanted = fc.array(fc.double({ min: 0, max: 300, noNaN: true }), { minLength: 1, maxLength: 8 });

test('labels never overlap, stay inside, and keep the order of their curves', () => {
  fc.assert(
    fc.property(wanted, (positions) => {
      const placed = spread(positions, 16, 0, 300);
      const sorted = [...placed].sort((a, b) => a - b);
      expect(sorted[0]).toBeGreaterThanOrEqual(0);
      expect(sorted[sorted.length - 1]).toBeLessThanOrEqual(300 + 1e-9);
      for (let i = 1; i < sorted.length; i++)
        expect(sorted[i] - sorted[i - 1]).toBeGreaterThanOrEqual(16 - 1e-9);
      for (const [i, a] of positions.entries()) {
        for (const [j, b] of positions.entries()) if (a < b) expect(placed[i]).toBeLessThan(placed[j]);
      }
    }),
  );
});

test('labels that do not touch stay where they are', () => {
  expect(spread([200, 10, 100], 16, 0, 300)).toEqual([200, 10, 100]);
});

test('two at the same height move apart by the same amount', () => {
  expect(spread([100, 100], 16, 0, 300)).toEqual([92, 108]);
});

test('at the upper edge they go down', () => {
  expect(spread([0, 0], 16, 0, 300)).toEqual([0, 16]);
});

test('without room for all they are spread evenly', () => {
  expect(spread([5, 5, 5], 16, 0, 20)).toEqual([0, 10, 20]);
});
