import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ThinnedTrace, type TracePoint } from './thinned-trace.ts';

function traced(points: readonly TracePoint[]): readonly TracePoint[] {
  const trace = new ThinnedTrace();
  for (const point of points) trace.add(point);
  return trace.points;
}

const number = fc.integer({ min: -1000, max: 1000 });

test('up to a thousand points all are kept, in their order', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ x: number, y: number }), { maxLength: 1000, size: 'max' }), (all) => {
      const points = all.map((point, step) => ({ step, ...point }));
      expect(traced(points)).toEqual(points);
    }),
    { numRuns: 20 },
  );
});

test('of any more a few thousand remain, with both ends and the outermost point in every direction', () => {
  const seeds = fc.tuple(fc.integer({ min: 1001, max: 20_000 }), fc.nat(1e6));
  fc.assert(
    fc.property(seeds, ([length, seed]) => {
      let state = seed;
      const random = () => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return state / 2 ** 32;
      };
      const points = Array.from({ length }, (_, step) => ({ step, x: random(), y: random() }));
      const kept = traced(points);
      expect(kept.length).toBeLessThanOrEqual(5001);
      expect([kept[0], kept.at(-1)]).toEqual([points[0], points.at(-1)]);
      for (const [i, { step }] of kept.entries()) if (i > 0) expect(step).toBeGreaterThan(kept[i - 1].step);
      const extremes = (all: readonly TracePoint[]) =>
        [all.map(({ x }) => x), all.map(({ y }) => y)].flatMap((values) => [
          Math.min(...values),
          Math.max(...values),
        ]);
      expect(extremes(kept)).toEqual(extremes(points));
    }),
    { numRuns: 10 },
  );
});
