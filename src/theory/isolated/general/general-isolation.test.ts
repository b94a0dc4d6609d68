import { expect, test } from 'vitest';
import { type ExperimentInput, experimentFromObject } from '../../../config/index.ts';
import { Machine } from '../../../engine/index.ts';
import { buildDataset } from '../../../tasks/index.ts';
import { ReferenceStep } from '../reference-step.ts';
import { isolatedSetting } from '../setting.ts';
import { GeneralIsolation } from './general-isolation.ts';
import { RegularizedLoss } from './regularized-loss.ts';

const dataset = { N: 7, pairs: 'unordered', train_fraction: 0.7 } as const;
const threeLayers: ExperimentInput = {
  dataset,
  model: { type: 'embedding_mlp', embed_dim: 5, hidden_dim: 12, combine: 'sum', activation: 'gelu' },
};

async function isolationOf(input: ExperimentInput, names: readonly string[], ridge: number) {
  const { experiment } = experimentFromObject(input);
  const data = buildDataset(experiment);
  const machine = await Machine.open();
  return {
    experiment,
    data,
    isolation: new GeneralIsolation(new RegularizedLoss(experiment, data, names, ridge, machine)),
  };
}

test.each([
  ['the embedding of three layers', threeLayers, ['E']],
  ['two of three layers, the last one solved', threeLayers, ['E', 'W_1']],
  ['the middle of three layers', threeLayers, ['W_1']],
  [
    'the biases of a plain network',
    { dataset, model: { type: 'mlp', layers: 1, hidden_dim: 10, activation: 'gelu' } } as ExperimentInput,
    ['hidden.0.b'],
  ],
])('%s: the velocity is −∇R/(2λ) by central differences of the minimum', async (_what, input, names) => {
  const ridge = 0.1;
  const { isolation } = await isolationOf(input, names, ridge);
  const moving = isolation.loss.initial('moving');
  const velocity = new Float64Array(moving.length);
  const objective = isolation.velocity(moving, velocity);
  const { minimum, residual } = isolation.solve(moving);
  expect(residual).toBeLessThan(1e-7);
  expect(objective).toBeCloseTo(minimum / ridge, 8);
  for (const place of [0, 3, moving.length - 1]) {
    const at = (by: number) => isolation.solve(moving.map((x, i) => (i === place ? x + by : x))).minimum;
    const h = 1e-3;
    // Fourth order: the truncation of h² would pass for an error of the gradient.
    const difference = (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
    expect(velocity[place]).toBeCloseTo(-difference / (2 * ridge), 5);
  }
});

test('two layers with the last one solved: the closed form', async () => {
  const ridge = 0.05;
  const { experiment, data, isolation } = await isolationOf(
    {
      dataset,
      model: {
        type: 'two_layer',
        input: 'sum',
        hidden_dim: 30,
        activation: 'relu',
        init: { type: 'uniform' },
      },
    },
    ['W_1'],
    ridge,
  );
  const { problem, initialWeights } = isolatedSetting(experiment, data, { ridge, circles: false });
  const weights = initialWeights();
  const [closed, general] = [new Float64Array(weights.length), new Float64Array(weights.length)];
  const objective = new ReferenceStep(problem).velocity(weights, closed);
  expect(isolation.velocity(weights, general) / objective).toBeCloseTo(1, 9);
  for (const [i, v] of closed.entries()) expect(general[i]).toBeCloseTo(v, 5);
});

test('the solution moves as implicit differentiation says', async () => {
  const { isolation } = await isolationOf(threeLayers, ['E'], 0.1);
  const moving = isolation.loss.initial('moving');
  const { solved } = isolation.solve(moving);
  const change = moving.map((_, i) => 1e-4 * Math.sin(i));
  const response = isolation.response(change);
  const after = isolation.solve(moving.map((x, i) => x + change[i])).solved;
  const error = Math.hypot(...after.map((x, i) => x - solved[i] - response[i]));
  expect(error).toBeLessThan(0.01 * Math.hypot(...response));
});

test('names that are none, a part that is all, and λ = 0 are refused', async () => {
  await expect(isolationOf(threeLayers, ['W_9'], 0.1)).rejects.toThrow(
    'no parameter W_9 to isolate; it has E, W_1, W_2',
  );
  await expect(isolationOf(threeLayers, ['E', 'W_1', 'W_2'], 0.1)).rejects.toThrow('some to be solved');
  await expect(isolationOf(threeLayers, ['E'], 0)).rejects.toThrow('needs a ridge λ > 0');
});
