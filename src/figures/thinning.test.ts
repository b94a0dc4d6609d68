import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Position, thinned } from './thinning.ts';

const curve = fc
  .array(
    fc.record({
      x: fc.double({ min: 0, max: 20, noNaN: true }),
      y: fc.double({ min: -5, max: 5, noNaN: true }),
    }),
    {
      maxLength: 300,
    },
  )
  .map((points) => points.sort((a, b) => a.x - b.x));

/** Per column: first, lowest, highest, last. */
function looks(points: readonly Position[]): Map<number, number[]> {
  const columns = new Map<number, number[]>();
  for (const { x, y } of points) columns.set(Math.floor(x), [...(columns.get(Math.floor(x)) ?? []), y]);
  return new Map(
    [...columns].map(([x, ys]) => [x, [ys[0], Math.min(...ys), Math.max(...ys), ys[ys.length - 1]]]),
  );
}

test('thinning keeps where every column begins, ends and reaches', () => {
  fc.assert(
    fc.property(curve, (points) => {
      expect(looks(thinned(points))).toEqual(looks(points));
    }),
  );
});

test('thinned points are points of the curve in their order, at most four per column', () => {
  fc.assert(
    fc.property(curve, (points) => {
      const kept = thinned(points);
      const indices = kept.map((point) => points.indexOf(point));
      expect(indices).toEqual([...indices].sort((a, b) => a - b));
      expect(new Set(indices).size).toBe(kept.length);
      for (const { x } of kept) {
        expect(kept.filter((other) => Math.floor(other.x) === Math.floor(x)).length).toBeLessThanOrEqual(4);
      }
    }),
  );
});
