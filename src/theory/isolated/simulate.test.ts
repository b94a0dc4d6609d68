import { expect, test } from 'vitest';
import { Integrator, type IntegratorName } from './integrator.ts';
import type { Observation } from './observation.ts';
import { follow, type IsolatedFlow } from './simulate.ts';

/** ẋ = −rate·x, whose objective x² falls; observations carry the point. */
const decay = (rate: number): IsolatedFlow => ({
  velocity: (x, out) => {
    out[0] = -rate * x[0];
    return x[0] * x[0];
  },
  observe: (x, at) => ({ ...at, firstNorm: x[0] }) as unknown as Observation,
});

test.each([
  ['euler', 1],
  ['rk4', 4],
] as const)('the order of %s is %i', (name: IntegratorName, order) => {
  const errorAfter = (steps: number) => {
    const x = Float64Array.of(1);
    const integrator = new Integrator(decay(1), 1, name, 1 / steps);
    for (let i = 0; i < steps; i++) integrator.advance(x);
    return Math.abs(x[0] - Math.exp(-1));
  };
  expect(Math.log2(errorAfter(16) / errorAfter(32))).toBeCloseTo(order, 0);
});

test('the start, every so many steps, and the end are observed', () => {
  const points = [
    ...follow(decay(1), Float64Array.of(1), {
      steps: 7,
      stepSize: 0.1,
      integrator: 'euler',
      observeEvery: 3,
    }),
  ];
  expect(points.map(({ observation }) => observation.step)).toEqual([0, 3, 6, 7]);
  expect(points[3].observation.tau).toBeCloseTo(0.7, 12);
});

test.each([
  ['euler', 2],
  ['rk4', 2.785293563405282],
] as const)('%s is stable below its limit and says so above it', (integrator, interval) => {
  const rate = 40;
  const followed = (stepSize: number) => [
    ...follow(decay(rate), Float64Array.of(1), { steps: 500, stepSize, integrator, observeEvery: 500 }),
  ];
  expect(() => followed((0.99 * interval) / rate)).not.toThrow();
  const limit = (interval / rate).toPrecision(2);
  expect(() => followed((1.05 * interval) / rate)).toThrow(
    `where ${integrator} is stable up to ${limit}; take a smaller one`,
  );
});
