import { beforeAll, describe, expect, test } from 'vitest';
import { type ExperimentInput, experimentFromObject } from '../config/index.ts';
import {
  distanceToZero,
  fitPowerLaw,
  lossOf,
  memorize,
  type NetworkResiduals,
  nearestZero,
  openNetwork,
  orthogonality,
  RowSpace,
  regularPoint,
  stability,
} from './index.ts';
import { smallMap } from './residual-map.ts';
import { parabolaToy } from './toys/parabola.ts';

type Model = ExperimentInput<'modular'>['model'];

function experiment(model: Model, N = 3, seed = 0) {
  return experimentFromObject({
    seed,
    dataset: { N, pairs: 'unordered', train_fraction: 0.8 },
    model,
  }).experiment;
}

const small = {
  type: 'two_layer',
  hidden_dim: 8,
  input: 'sum',
  activation: 'gelu',
  init: { type: 'uniform' },
} as const;

let network: NetworkResiduals;
beforeAll(async () => {
  network = await openNetwork(experiment(small));
});

describe.each<[string, Model]>([
  ['two layers', small],
  ['two layers, quadratic, concatenated', { ...small, activation: 'quadratic', input: 'concat' }],
  ['an embedding', { type: 'embedding_mlp', embed_dim: 4, hidden_dim: 6 }],
  ['a transformer', { type: 'transformer', d_model: 8, heads: 2, d_mlp: 12, activation: 'gelu' }],
])('%s', (_, model) => {
  test('J and the gradient are the derivatives of the residuals', async () => {
    const map = await openNetwork(experiment(model));
    const { parameters, residuals, initial } = map;
    const J = new Float64Array(residuals * parameters);
    map.jacobian(initial, J);
    const [plus, minus] = [new Float64Array(residuals), new Float64Array(residuals)];
    const h = 1e-5;
    for (let j = 0; j < parameters; j += Math.ceil(parameters / 25)) {
      const shifted = (by: number) => initial.map((value, k) => (k === j ? value + by : value));
      map.residual(shifted(h), plus);
      map.residual(shifted(-h), minus);
      for (let i = 0; i < residuals; i++) {
        expect(J[i * parameters + j]).toBeCloseTo((plus[i] - minus[i]) / (2 * h), 6);
      }
    }
    const r = new Float64Array(residuals);
    const gradient = new Float64Array(parameters);
    map.residual(initial, r);
    expect(map.gradient(initial, gradient)).toBeCloseTo(lossOf(map, initial), 10);
    for (const [j, value] of gradient.entries()) {
      let sum = 0;
      for (let i = 0; i < residuals; i++) sum += 2 * J[i * parameters + j] * r[i];
      expect(value).toBeCloseTo(sum, 9);
    }
  });
});

test('memorising ends at zero loss, where the network says every train label exactly', () => {
  const theta = memorize(network, network.initial);
  const r = new Float64Array(network.residuals);
  network.residual(theta, r);
  for (const value of r) expect(Math.abs(value)).toBeLessThan(1e-13);
});

test('the nearest zero-loss point has zero loss, and what leads to it is normal to the set', () => {
  const { theta } = regularPoint(network, network.initial);
  const away = theta.map((value, i) => value + 0.02 * Math.cos(i * i));
  const { point, distance, rowSpace } = nearestZero(network, away);
  expect(lossOf(network, point)).toBeLessThan(1e-22);
  const tangential = rowSpace.kernelPart(away.map((value, i) => value - point[i]));
  for (const value of tangential) expect(Math.abs(value)).toBeLessThan(1e-10);
  // No other point of the set that is found from nearby is nearer.
  expect(distance).toBeLessThan(Math.hypot(...away.map((value, i) => value - theta[i])));
});

test('the largest distance falls in proportion to λ, and is λ‖J⁺J⁺ᵀθ‖ in the limit', () => {
  const { theta } = regularPoint(network, network.initial);
  const { trajectories, law } = stability(network, theta, {
    decays: [0.01, 0.003, 0.001],
    horizon: 0.1,
    seen: 10,
  });
  expect(law.slope).toBeGreaterThan(0.95);
  expect(law.slope).toBeLessThan(1.05);
  expect(law.determination).toBeGreaterThan(0.999);
  const [, , last] = trajectories;
  expect(last.bounds).toBe(0);
  expect(last.largest / last.firstOrder).toBeGreaterThan(0.98);
  expect(last.largest / last.firstOrder).toBeLessThan(1.02);
  for (const { norm, distance } of trajectories) {
    expect(norm.at(-1)).toBeLessThan(norm[0]);
    expect(distance[0]).toBeLessThan(1e-12);
  }
});

test('stability with fixed steps agrees with adaptive ones, and names a step past stability', () => {
  const { theta } = regularPoint(network, network.initial);
  const options = { decays: [0.05], horizon: 0.1, seen: 6 };
  const [adaptive] = stability(network, theta, options).trajectories;
  const [fixed] = stability(network, theta, { ...options, step: 0.01 }).trajectories;
  expect(fixed.largest).toBeCloseTo(adaptive.largest, 6);
  expect(() => stability(network, theta, { ...options, step: 0.5 })).toThrow(
    /the step 0\.\d+ is past stability: .* where steps up to 0\.0\d+ are stable/,
  );
});

test('the cosine of gradient and tangent falls in proportion to the distance', () => {
  const point = regularPoint(network, network.initial);
  const result = orthogonality(network, point, {
    seed: 1,
    displacements: [0.1, 0.01, 1e-3, 1e-4],
    points: 4,
    tangents: 8,
  });
  expect(result.lost).toBe(0);
  expect(result.tangentDimension).toBe(network.parameters - network.residuals);
  expect(Math.abs(result.law.slope - 1)).toBeLessThan(0.1);
  expect(result.constant).toBeLessThan(result.supremumConstant);
  for (const { cosines, supremum, distance } of result.points) {
    for (const cosine of cosines) expect(cosine).toBeLessThanOrEqual(supremum * (1 + 1e-9));
    expect(supremum / distance).toBeGreaterThan(0.01 * result.supremumConstant);
  }
});

test('orthogonality on a parabola finds the constant that its formula says', () => {
  const at = Float64Array.of(0.5, 0.25);
  const J = new Float64Array(2);
  parabolaToy.map.jacobian(at, J);
  const { supremumConstant, tangentDimension } = orthogonality(
    parabolaToy.map,
    { theta: at, rowSpace: new RowSpace(J, 1, 2) },
    { seed: 0, displacements: [1e-5], points: 20, tangents: 1 },
  );
  expect(tangentDimension).toBe(1);
  expect(supremumConstant).toBeCloseTo(Math.SQRT1_2, 3);
});

test('what cannot be reached is refused in a sentence: too few units, a negative λ, zero decay', async () => {
  await expect(openNetwork(experiment({ ...small, hidden_dim: 3 }))).rejects.toThrow(
    /zero loss needs a width of at least the 5 train examples, got 3: .*; take 6 units or more, or fewer examples/,
  );
  const { theta } = regularPoint(network, network.initial);
  expect(() => stability(network, theta, { decays: [-0.1] })).toThrow(
    /λ needs a number of at least 0, got -0\.1/,
  );
  expect(() => stability(network, theta, { decays: [0] })).toThrow(/about λ above 0, got 0/);
});

test('a rank-deficient Jacobian is refused with what it means', () => {
  /** The same residual twice. */
  const doubled = smallMap(
    3,
    2,
    (x, r) => r.fill(x[0] * x[1] - 1),
    (x, J) => J.set([x[1], x[0], 0, x[1], x[0], 0]),
  );
  expect(() => regularPoint(doubled, Float64Array.of(2, 1, 0))).toThrow(
    /the Jacobian has rank 1 of 2 at the zero-loss point .*: some outputs change only together there, so .*; take a wider network/,
  );
  // The distance is defined all the same, and found: to (1, 1) on xy = 1.
  expect(distanceToZero(doubled, Float64Array.of(1.1, 1.1, 0)).distance).toBeCloseTo(0.1 * Math.SQRT2, 9);
});

test('a loss that stops above zero is said', () => {
  const impossible = smallMap(
    2,
    1,
    (x, r) => {
      r[0] = x[0] ** 2 + x[1] ** 2 + 1;
    },
    (x, J) => J.set([2 * x[0], 2 * x[1]]),
  );
  expect(() => memorize(impossible, Float64Array.of(0.4, 0.1))).toThrow(
    /zero loss was not reached: the loss stopped at 1/,
  );
});

test('a power law is found from its points, whatever is not above 0 left out', () => {
  const x = [1, 2, 4, 0, 8];
  const law = fitPowerLaw(
    x,
    x.map((value) => 3 * value ** 1.5),
  );
  expect(law.slope).toBeCloseTo(1.5, 12);
  expect(law.factor).toBeCloseTo(3, 12);
  expect(fitPowerLaw([1], [2]).slope).toBeNaN();
});
