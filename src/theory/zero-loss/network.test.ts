import { expect, test } from 'vitest';
import { type Experiment, parseExperiment } from '../../config/index.ts';
import { Stream } from '../../engine/index.ts';
import { buildDataset } from '../../tasks/index.ts';
import { buildNetwork, Trainer } from '../../training/trainer.ts';
import { addScaled, innerProduct, norm } from '../vectors.ts';
import { gramProgram } from './gram.ts';
import { exactProjection } from './kernel-projection.ts';
import { ZeroLossNetwork } from './network.ts';

const configurations: Record<string, string> = {
  'two layers, mean squared error': `
dataset: {N: 5, pairs: unordered, train_fraction: 0.7}
model: {type: two_layer, hidden_dim: 9, input: sum, activation: gelu}
train: {loss: mse}`,
  'an MLP with biases, cross-entropy': `
dataset: {N: 5, train_fraction: 0.4}
model: {type: mlp, layers: 2, hidden_dim: 7, activation: gelu, dropout: 0.2}`,
  'a transformer in f32': `
dataset: {N: 5, train_fraction: 0.4}
model: {type: transformer, d_model: 8, heads: 2, d_mlp: 12, activation: gelu}
train: {loss: mse}`,
  'a sequence of answers': `
task: copy
dataset: {alphabet: 3, length: 2}
model: {type: transformer, d_model: 8, heads: 2, d_mlp: 12, activation: quadratic}
train: {loss: hinge}`,
};

function parsed(text: string): Experiment {
  return parseExperiment(text).experiment;
}

function uniform(seed: number, length: number): Float64Array {
  const stream = new Stream(seed, 'test');
  return Float64Array.from({ length }, () => 2 * stream.uniform() - 1);
}

async function opened(text: string) {
  const experiment = parsed(text);
  const dataset = buildDataset(experiment);
  const network = await ZeroLossNetwork.open(experiment, dataset);
  network.set(uniform(1, network.columns).map((x) => 0.5 * x));
  return network;
}

test.each(Object.entries(configurations))('%s: J v, Jᵀu and the rows of J are one map', async (_, text) => {
  const network = await opened(text);
  const { rows, columns } = network;
  const [u, v] = [uniform(2, rows), uniform(3, columns)];
  const J = network.jacobian();
  const row = (i: number) => J.subarray(i * columns, (i + 1) * columns);
  const Jv = network.times(v);
  for (let i = 0; i < rows; i++) expect(Math.abs(Jv[i] - innerProduct(row(i), v))).toBeLessThan(1e-12);
  const rest = network.transposeTimes(u);
  for (let i = 0; i < rows; i++) addScaled(rest, -u[i], row(i));
  expect(norm(rest)).toBeLessThan(1e-12);
  const K = gramProgram(network.machine, rows, columns)(J);
  expect(K[1]).toBeCloseTo(innerProduct(row(0), row(1)), 12);
  expect(K[rows * rows - 1]).toBeCloseTo(innerProduct(row(rows - 1), row(rows - 1)), 12);
});

test.each(Object.entries(configurations))('%s: J v is the slope of F along v', async (_, text) => {
  const network = await opened(text);
  const theta = uniform(1, network.columns).map((x) => 0.5 * x);
  const v = uniform(4, network.columns);
  const valuesAt = (s: number) => {
    const moved = theta.slice();
    addScaled(moved, s, v);
    network.set(moved);
    return network.values();
  };
  const h = 1e-4;
  const difference = valuesAt(h);
  addScaled(difference, -1, valuesAt(-h));
  network.set(theta);
  const slope = network.times(v);
  expect(norm(slope)).toBeGreaterThan(0.1);
  addScaled(difference, -2 * h, slope);
  // What is left is of order h³.
  expect(norm(difference) / (2 * h)).toBeLessThan(1e-6 * norm(slope));
});

test('the loss is that of the training on the same weights, without decay', async () => {
  const experiment = parsed(`
seed: 3
dataset: {N: 5, train_fraction: 0.5, label_noise: 0.3}
model: {type: embedding_mlp, embed_dim: 6, hidden_dim: 8}
train: {dtype: f64, weight_decay: 1, total_steps: 0}`);
  const dataset = buildDataset(experiment);
  const network = await ZeroLossNetwork.open(experiment, dataset);
  const trainer = await Trainer.start(experiment, dataset);
  network.set(network.vectorOf(trainer.state().tensors));
  expect(network.loss()).toBeCloseTo(trainer.evaluate().train.loss, 12);
  expect(network.rows).toBe(dataset.split.train.length * 5);
  expect(network.columns).toBe(
    buildNetwork(experiment, dataset).model.parameters.reduce(
      (n, w) => n + w.shape.reduce((a, b) => a * b),
      0,
    ),
  );
});

test('cross-entropy holds its logits up to a shift of each answer: the rows of J of an answer sum to 0', async () => {
  const network = await opened(configurations['an MLP with biases, cross-entropy']);
  const J = network.jacobian();
  const sum = new Float64Array(network.columns);
  for (let output = 0; output < 5; output++)
    addScaled(sum, 1, J.subarray(output * network.columns, (output + 1) * network.columns));
  expect(norm(sum)).toBeLessThan(1e-13);
  const K = gramProgram(network.machine, network.rows, network.columns)(J);
  // A shift an answer at least is lost.
  expect(exactProjection(network, K).rank).toBeLessThanOrEqual((network.rows * 4) / 5);
});

test('weights of another model are refused by name', async () => {
  const network = await opened(configurations['a transformer in f32']);
  expect(() => network.vectorOf(new Map())).toThrow(/the weights have no tensor embed\.W_E of 48 numbers/);
});

test.each([
  ['train: {objective: reinforce}', /train\.objective: the theory needs a loss on labels, got reinforce/],
  [
    'laplacian_penalty: {compute: true, alpha: 0.1}',
    /laplacian_penalty: the theory knows the loss and ‖θ‖² alone, got a penalty of strength 0\.1/,
  ],
])('%s is refused', async (text, message) => {
  const experiment = parsed(`dataset: {N: 5}\n${text}`);
  await expect(ZeroLossNetwork.open(experiment, buildDataset(experiment))).rejects.toThrow(message);
});

test('a penalty of strength 0 and a whole region of hinge loss 0 are not refused', async () => {
  const experiment = parsed(
    'dataset: {N: 5}\nlaplacian_penalty: {compute: true, alpha: 0}\ntrain: {loss: hinge}',
  );
  const network = await ZeroLossNetwork.open(experiment, buildDataset(experiment));
  expect(network.held.zeroLoss).toBe(false);
});
