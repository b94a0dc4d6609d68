import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nearestZero } from '../nearest-zero.ts';
import { distanceBetween } from '../vectors.ts';
import { ANGLE_CONSTANT, allToys, gradientAngle, toyTrajectories, toyTrajectory } from './index.ts';
import { lineToy } from './line.ts';

const [line, plane, hyperbola, , kinked, parabola] = allToys();

test.each(allToys())('toy $number, $name: every start ends where the objective is least, to 1e-4', (toy) => {
  for (const { end, error, decay, start } of toyTrajectories(toy)) {
    // Along the singular set and the parabola's top nothing pulls but λ: e⁻⁶ of the start is left after 6/λ.
    expect(error, `λ ${decay} from ${start}: ${end}`).toBeLessThan(1e-4);
  }
});

// Of the other two the least point does not depend on λ.
test.each([line, plane, hyperbola, kinked])(
  'toy $number, $name: a smaller λ comes closer to the shortest point of 𝓩, and later',
  (toy) => {
    for (const start of toy.starts) {
      const large = toyTrajectory(toy, 0.1, start);
      const small = toyTrajectory(toy, 0.01, start);
      expect(small.fromLimit).toBeLessThan(0.2 * large.fromLimit);
      expect(small.settled).toBeGreaterThan(3 * large.settled);
    }
  },
);

test('the shortest points are (1, 1), (1, 1, 1), (±1, ±1), (0, 0), (½, ½) and (0, 0): on 𝓩, and shorter than their neighbours', () => {
  const expected = [
    [1, 1],
    [1, 1, 1],
    [1, 1],
    [0, 0],
    [0.5, 0.5],
    [0, 0],
  ];
  for (const [i, toy] of allToys().entries()) {
    const limit = toy.limit(toy.starts[0]);
    expect(limit).toEqual(expected[i]);
    expect(toy.distance(Float64Array.from(limit))).toBeLessThan(1e-7);
    for (const { at, from, to } of toy.curves ?? []) {
      for (let t = from; t <= to; t += (to - from) / 97) {
        expect(Math.hypot(...at(t))).toBeGreaterThanOrEqual(Math.hypot(...limit) - 1e-12);
      }
    }
  }
  expect(hyperbola.limit([-2, 0.1])).toEqual([-1, -1]);
});

test('toy 1 follows its closed form: the sum falls to the line, then the difference decays along it', () => {
  for (const decay of [0.2, 0.01]) {
    const { times, points } = toyTrajectory(line, decay, [-1, 1]);
    for (const [i, t] of times.entries()) {
      const rest = 4 / (2 + decay);
      const sum = rest + (0 - rest) * Math.exp(-(4 + 2 * decay) * t);
      const difference = -2 * Math.exp(-2 * decay * t);
      expect(points[i][0]).toBeCloseTo((sum + difference) / 2, 7);
      expect(points[i][1]).toBeCloseTo((sum - difference) / 2, 7);
    }
  }
});

test('toy 1 goes to (0, 2) first: with λ = 0.01 it passes within 0.05, and without decay it stays there', () => {
  const nearest = Math.min(
    ...toyTrajectory(line, 0.01, [-1, 1]).points.map(([x, y]) => Math.hypot(x, y - 2)),
  );
  expect(nearest).toBeLessThan(0.05);
  const { end } = toyTrajectory(line, 0, [-1, 1]);
  expect(end[0]).toBeCloseTo(0, 7);
  expect(end[1]).toBeCloseTo(2, 7);
});

test('the test loss of toy 1 is large where the line is first met, and vanishes at (1, 1)', () => {
  const { testLoss = [] } = toyTrajectory(line, 0.01, [-1, 1]);
  expect(testLoss.at(-1)).toBeLessThan(1e-3);
  expect(line.testLoss?.(Float64Array.of(1, 1))).toBe(0);
  // E over x ~ N(0, 1) is |w − (1, 1)|², 2 at (0, 2); 100 pairs scatter by about a seventh of it.
  expect(line.testLoss?.(Float64Array.of(0, 2))).toBeGreaterThan(1);
  expect(lineToy(1).testLoss?.(Float64Array.of(0, 2))).not.toBe(line.testLoss?.(Float64Array.of(0, 2)));
});

test('two linear layers balance: w₁² − w₂² decays as e^(−4λt), whatever the loss does', () => {
  const { times, points, start } = toyTrajectory(hyperbola, 0.1, [2.2, -0.3]);
  const begin = start[0] ** 2 - start[1] ** 2;
  for (const [i, t] of times.entries()) {
    expect(points[i][0] ** 2 - points[i][1] ** 2).toBeCloseTo(begin * Math.exp(-0.4 * t), 6);
  }
});

test('fixed steps of order 4 end where the adaptive ones do', () => {
  const fixed = toyTrajectory(parabola, 0.1, [1.1, 0.4], { step: 0.01 });
  const adaptive = toyTrajectory(parabola, 0.1, [1.1, 0.4]);
  for (const [i, point] of fixed.points.entries()) {
    for (const [k, value] of point.entries()) expect(value).toBeCloseTo(adaptive.points[i][k], 6);
  }
});

test('the distance to a curve is the one that projection finds, and to the kinked line that of its nearest piece', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -1.2, max: 1.2, noNaN: true }),
      fc.double({ min: -0.2, max: 0.2, noNaN: true }),
      (x, d) => {
        const theta = Float64Array.of(
          x - (2 * x * d) / Math.hypot(1, 2 * x),
          x * x + d / Math.hypot(1, 2 * x),
        );
        expect(parabola.distance(theta)).toBeCloseTo(Math.abs(d), 6);
        expect(nearestZero(parabola.map, theta).distance).toBeCloseTo(Math.abs(d), 6);
      },
    ),
    { numRuns: 50 },
  );
  expect(kinked.distance(Float64Array.of(1, 1))).toBeCloseTo(Math.SQRT1_2, 7);
  expect(kinked.distance(Float64Array.of(-1, 1.2))).toBeLessThan(1e-7);
  expect(plane.distance(Float64Array.of(2, 2, 2))).toBeCloseTo(Math.sqrt(3), 12);
});

test('toy 4: the nearer the point, the more upright the gradient; cos / distance tends to 4q/(1+4q²)^(3/2)', () => {
  const angles = [0.6, 0.3, 0.1].map(gradientAngle);
  for (const [i, { degrees, foot, point, distance }] of angles.entries()) {
    expect(degrees).toBeGreaterThan(i === 0 ? 0 : angles[i - 1].degrees);
    expect(degrees).toBeLessThan(90);
    const nearest = nearestZero(parabola.map, Float64Array.from(point), { near: Float64Array.from(foot) });
    expect(distanceBetween(nearest.point, Float64Array.from(foot))).toBeLessThan(1e-9);
    expect(nearest.distance).toBeCloseTo(distance, 10);
  }
  for (const d of [1e-3, 1e-5]) expect(gradientAngle(d).cosine / d).toBeCloseTo(ANGLE_CONSTANT, 2);
  expect(ANGLE_CONSTANT).toBeCloseTo(Math.SQRT1_2, 12);
});
