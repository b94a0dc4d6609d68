import { expect, test } from 'vitest';
import type { Observation } from './observation.ts';
import { distances } from './overlay.ts';
import type { RealPoint } from './real-training.ts';

const isolatedAt = (tau: number) => ({ tau }) as Observation;
const realAt = (tau: number, ...weights: number[]) =>
  ({ tau, weights: Float64Array.from(weights) }) as unknown as RealPoint;
/** Two tokens, two neurons, moving from the unit matrix to twice of it. */
const path = {
  inputs: 2,
  observations: [isolatedAt(0), isolatedAt(2)],
  weights: [Float64Array.of(1, 0, 0, 1), Float64Array.of(2, 0, 0, 2)],
};

test('weights are compared with those of the path at the same time, between its observations', () => {
  const [on, half] = distances(path, [realAt(1, 1.5, 0, 0, 1.5), realAt(1, 1.5, 0, 0, 0)]);
  expect(on.weights).toBeCloseTo(0, 12);
  expect(half.weights).toBeCloseTo(Math.SQRT1_2, 12);
});

test('after the end of the path its last weights count', () => {
  expect(distances(path, [realAt(5, 2, 0, 0, 2)])[0]).toMatchObject({ weights: 0, geometry: 0 });
});

test('neurons in another order are another point with the same geometry', () => {
  const [swapped] = distances(path, [realAt(0, 0, 1, 1, 0)]);
  expect(swapped.weights).toBeCloseTo(Math.SQRT2, 12);
  expect(swapped.geometry).toBeCloseTo(0, 12);
});
