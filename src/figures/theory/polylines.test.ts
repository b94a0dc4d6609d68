import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clipped, type Place } from './clip.ts';
import { simplified } from './simplify.ts';

const box = { left: 0, right: 10, top: 0, bottom: 6 };
const coordinates = fc.double({ min: -20, max: 20, noNaN: true });
const polyline = fc.array(fc.tuple(coordinates, coordinates), { minLength: 2, maxLength: 12 });

test('what is left of a polyline lies in the box and on the polyline', () => {
  fc.assert(
    fc.property(polyline, (points) => {
      for (const [x, y] of clipped(points, box).flat()) {
        expect(x).toBeGreaterThanOrEqual(box.left - 1e-9);
        expect(x).toBeLessThanOrEqual(box.right + 1e-9);
        expect(y).toBeGreaterThanOrEqual(box.top - 1e-9);
        expect(y).toBeLessThanOrEqual(box.bottom + 1e-9);
        const away = points.slice(1).map((to, i) => distance([x, y], points[i], to));
        expect(Math.min(...away)).toBeLessThan(1e-9);
      }
    }),
  );
});

test('a polyline inside stays whole; one that leaves and returns becomes two pieces; gaps stay gaps', () => {
  const inside: Place[] = [
    [1, 1],
    [2, 5],
    [9, 3],
  ];
  expect(clipped(inside, box)).toEqual([inside]);
  expect(
    clipped(
      [
        [5, 3],
        [15, 3],
        [15, 4],
        [5, 4],
      ],
      box,
    ),
  ).toEqual([
    [
      [5, 3],
      [10, 3],
    ],
    [
      [10, 4],
      [5, 4],
    ],
  ]);
  expect(
    clipped(
      [
        [1, 1],
        [2, 2],
        [3, Number.NaN],
        [4, 4],
        [5, 5],
      ],
      box,
    ).length,
  ).toBe(2);
});

test('a simplified polyline keeps its ends and stays within the tolerance of every point', () => {
  fc.assert(
    fc.property(polyline, fc.double({ min: 0.01, max: 5, noNaN: true }), (points, tolerance) => {
      const kept = simplified(points, tolerance);
      expect(kept[0]).toEqual(points[0]);
      expect(kept.at(-1)).toEqual(points.at(-1));
      for (const point of points) {
        const away = kept.slice(1).map((to, i) => distance(point, kept[i], to));
        expect(Math.min(...away)).toBeLessThanOrEqual(tolerance + 1e-9);
      }
    }),
  );
  expect(
    simplified(
      [
        [0, 0],
        [1, 1],
        [2, 2],
        [3, 3],
      ],
      0.1,
    ),
  ).toEqual([
    [0, 0],
    [3, 3],
  ]);
});

/** To a segment, by its nearest point among many. */
function distance([x, y]: Place, [x0, y0]: Place, [x1, y1]: Place): number {
  const length = Math.hypot(x1 - x0, y1 - y0);
  if (length === 0) return Math.hypot(x - x0, y - y0);
  const along = ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length;
  const across = Math.abs((x - x0) * (y1 - y0) - (y - y0) * (x1 - x0)) / length;
  const beyond = Math.max(0, -along, along - length);
  return Math.hypot(across, beyond);
}
