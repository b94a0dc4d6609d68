import fc from 'fast-check';
import { expect, test } from 'vitest';
import { distanceToZero, nearestZero } from './nearest-zero.ts';
import { smallMap } from './residual-map.ts';

/** The unit sphere in three dimensions. */
const sphere = smallMap(
  3,
  1,
  (x, r) => {
    r[0] = x[0] ** 2 + x[1] ** 2 + x[2] ** 2 - 1;
  },
  (x, J) => {
    for (let i = 0; i < 3; i++) J[i] = 2 * x[i];
  },
);

/** Its intersection with the plane z = 0.6, a circle of radius 0.8: two residuals. */
const circle = smallMap(
  3,
  2,
  (x, r) => {
    r[0] = x[0] ** 2 + x[1] ** 2 + x[2] ** 2 - 1;
    r[1] = x[2] - 0.6;
  },
  (x, J) => {
    J.set([2 * x[0], 2 * x[1], 2 * x[2], 0, 0, 1]);
  },
);

const coordinates = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 });

test('the nearest point of a sphere lies on the ray from its centre', () => {
  fc.assert(
    fc.property(coordinates, fc.double({ min: 0.6, max: 2.5, noNaN: true }), (direction, radius) => {
      const length = Math.hypot(...direction);
      fc.pre(length > 0.1);
      const theta = Float64Array.from(direction, (value) => (value / length) * radius);
      const { point, distance } = nearestZero(sphere, theta);
      expect(distance).toBeCloseTo(Math.abs(radius - 1), 10);
      for (const [i, value] of point.entries()) expect(value).toBeCloseTo(theta[i] / radius, 9);
    }),
    { numRuns: 60 },
  );
});

test('with two residuals the distance is that to the circle in space', () => {
  const theta = Float64Array.of(0.9, 0.1, 0.5);
  const { distance, rowSpace } = nearestZero(circle, theta);
  expect(distance).toBeCloseTo(Math.hypot(Math.hypot(0.9, 0.1) - 0.8, 0.1), 10);
  expect(rowSpace.rank).toBe(2);
});

test('a set that is empty, and a point in its focus, are refused with what to do', () => {
  const empty = smallMap(
    1,
    1,
    (x, r) => {
      r[0] = x[0] ** 2 + 1;
    },
    (x, J) => {
      J[0] = 2 * x[0];
    },
  );
  expect(() => nearestZero(empty, Float64Array.of(0.3))).toThrow(
    /no nearest zero-loss point was found .*; take a smaller decay or distance, or a wider network/,
  );
});

test('at a kink the nearest point is not found, but a point of the set, whose distance bounds it from above', () => {
  /** Zero loss on y = |x|; (0, −1) is nearest to its corner, at distance 1. */
  const corner = smallMap(
    2,
    1,
    ([x, y], r) => {
      r[0] = y - Math.abs(x);
    },
    ([x], J) => {
      J.set([x >= 0 ? -1 : 1, 1]);
    },
  );
  const below = Float64Array.of(-0.2, -1);
  expect(() => nearestZero(corner, below)).toThrow(/the nearest point lies on a kink/);
  const { distance, exact, point } = distanceToZero(corner, below);
  expect(exact).toBe(false);
  expect(point[1]).toBeCloseTo(Math.abs(point[0]), 11);
  expect(distance).toBeGreaterThanOrEqual(Math.hypot(0.2, 1) - 1e-12);
  expect(distance).toBeLessThan(2.5);
  expect(distanceToZero(corner, Float64Array.of(1, 1.1))).toMatchObject({
    exact: true,
    distance: expect.closeTo(0.1 * Math.SQRT1_2, 10),
  });
});
