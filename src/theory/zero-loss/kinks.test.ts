import { expect, test } from 'vitest';
import { parseExperiment } from '../../config/index.ts';
import { Stream } from '../../engine/index.ts';
import { buildDataset } from '../../tasks/index.ts';
import { addScaled, innerProduct, norm } from '../vectors.ts';
import type { Differentiated } from './differentiated.ts';
import { iterativeProjection } from './kernel-projection.ts';
import { Kinks } from './kinks.ts';
import { ZeroLossNetwork } from './network.ts';

function uniform(seed: number, length: number): Float64Array {
  const stream = new Stream(seed, 'test');
  return Float64Array.from({ length }, () => 2 * stream.uniform() - 1);
}

async function opened(model: string, task = 'dataset: {N: 5, train_fraction: 0.6}') {
  const { experiment } = parseExperiment(`${task}\nmodel: ${model}\ntrain: {loss: mse}`);
  const dataset = buildDataset(experiment);
  const network = await ZeroLossNetwork.open(experiment, dataset);
  return { network, dataset };
}

test('a relu that changes sides and comes back is at a kink, and its pre-activation is held', async () => {
  const { network, dataset } = await opened(
    '{type: two_layer, hidden_dim: 12, input: sum, activation: relu}',
  );
  const theta = uniform(1, network.columns);
  network.set(theta);
  const pre = network.preActivations as Differentiated;
  expect(pre.rows).toBe(network.examples.length * 12);
  const kinks = new Kinks(network, pre);
  expect(kinks.count).toBe(0);
  // W_1 [5, 12] comes first. Unit 3 of token a moves so far that every example with a changes its sign there, or none at all.
  const [a] = [dataset.tokens[0][dataset.split.train[0]]];
  const far = theta.slice();
  far[a * 12 + 3] *= -10;
  network.set(far);
  kinks.watch();
  network.set(theta);
  kinks.watch();
  const sign = (weights: Float64Array, example: number) => {
    const [left, right] = dataset.tokens.map((column) => column[example]);
    return weights[left * 12 + 3] + weights[right * 12 + 3] > 0;
  };
  const flipped = [...dataset.split.train].filter((example) => sign(theta, example) !== sign(far, example));
  expect(flipped.length).toBeGreaterThan(0);
  expect(kinks.count).toBe(flipped.length);

  const held = kinks.held();
  const [u, v] = [uniform(2, held.rows), uniform(3, held.columns)];
  expect(innerProduct(held.times(v), u)).toBeCloseTo(innerProduct(v, held.transposeTimes(u)), 10);
  const { vector } = iterativeProjection(held, { tolerance: 1e-13, mostIterations: 2000 }).project(v);
  const moved = theta.slice();
  addScaled(moved, 1, vector);
  for (const example of flipped) {
    const [left, right] = dataset.tokens.map((column) => column[example]);
    const at = (w: Float64Array) => w[left * 12 + 3] + w[right * 12 + 3];
    expect(at(moved)).toBeCloseTo(at(theta), 9);
  }
  expect(norm(network.times(vector))).toBeLessThan(1e-9);
  expect(norm(vector)).toBeGreaterThan(0.1);
});

test('a smooth network has no kinks', async () => {
  const { network } = await opened('{type: two_layer, hidden_dim: 12, activation: gelu}');
  expect(network.preActivations).toBeUndefined();
});

test.each([
  ['{type: mlp, layers: 2, hidden_dim: 7}', undefined, 14],
  // Of the last block the position of the answer only, of the first all three.
  ['{type: transformer, layers: 2, d_model: 8, heads: 2, d_mlp: 6}', undefined, 3 * 6 + 6],
  // Of a sequence of two answers the two positions that are read.
  [
    '{type: transformer, d_model: 8, heads: 2, d_mlp: 6}',
    'task: copy\ndataset: {alphabet: 3, length: 2}',
    2 * 6,
  ],
])('%s: the relus that a train example reads', async (model, task, size) => {
  const { network } = await opened(model, task);
  expect(network.preActivations?.rows).toBe(network.examples.length * size);
});
