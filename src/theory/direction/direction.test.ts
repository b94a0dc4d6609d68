import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseExperiment } from '../../config/index.ts';
import { buildDataset } from '../../tasks/index.ts';
import { Trainer, type TrainerState } from '../../training/trainer.ts';
import { referenceExperiment } from './reference.ts';
import { directionFromStates, directionOverTraining } from './training.ts';

/** By PyTorch: test/fixtures/make_zero_loss_direction.py. */
interface Fixture {
  readonly held_out: readonly number[];
  readonly initial: { readonly W_1: readonly number[]; readonly W_2: readonly number[] };
  readonly rows: readonly {
    readonly step: number;
    readonly cosine: number;
    readonly tangent_norm: number;
    readonly weight_norm: number;
    readonly train_loss: number;
    readonly point_loss: number;
    readonly rank: number;
  }[];
}
const fixture: Fixture = JSON.parse(
  readFileSync(new URL('../../../test/fixtures/zero-loss-direction.json', import.meta.url), 'utf8'),
);

const experiment = parseExperiment(`
dataset: {N: 7, op: add, pairs: unordered, split: random, train_fraction: 0.857142857}
model: {type: two_layer, hidden_dim: 24, input: sum, activation: relu, init: {type: uniform}}
train:
  {total_steps: 200, optimizer: sgd, lr: 1, weight_decay: 1e-4, weight_decay_kind: l2, scheduler: {name: constant},
   dtype: f64, loss: mse}
`).experiment;

/** The data set with the split of the fixture, and its initial weights. */
function asInFixture() {
  const dataset = buildDataset(experiment);
  const all = Int32Array.from({ length: dataset.size }, (_, i) => i);
  const split = {
    train: all.filter((i) => !fixture.held_out.includes(i)),
    validation: new Int32Array(0),
    heldOut: Int32Array.from(fixture.held_out),
  };
  const tensor = (values: readonly number[], shape: number[]) => ({
    dtype: 'f64' as const,
    shape,
    values: Float64Array.from(values),
  });
  const initial: TrainerState = {
    step: 0,
    tensors: new Map([
      ['W_1', tensor(fixture.initial.W_1, [7, 24])],
      ['W_2', tensor(fixture.initial.W_2, [24, 7])],
    ]),
  };
  return { dataset: { ...dataset, split }, initial };
}

test.each(['exact', 'cg'] as const)('%s: the values of PyTorch from the same weights', async (method) => {
  const steps = fixture.rows.map(({ step }) => step);
  const result = await directionOverTraining(experiment, {
    ...asInFixture(),
    steps,
    method,
    tolerance: 1e-12,
  });
  expect(result).toMatchObject({ outputs: 168, parameters: 336, method, zeroLoss: true });
  for (const [i, expected] of fixture.rows.entries()) {
    const row = result.rows[i];
    // The arithmetic is the same up to rounding, which 200 steps and 100 of the approach do not amplify beyond this.
    expect(Math.abs(row.cosine - expected.cosine)).toBeLessThan(1e-9);
    expect(row.tangentNorm / expected.tangent_norm).toBeCloseTo(1, 9);
    expect(row.weightNorm / expected.weight_norm).toBeCloseTo(1, 9);
    expect(row.trainLoss / expected.train_loss).toBeCloseTo(1, 9);
    expect(row.pointLoss / expected.point_loss).toBeCloseTo(1, 9);
    expect(row.rank).toBe(method === 'exact' ? expected.rank : null);
    expect(row.step).toBe(expected.step);
    expect(Math.abs(row.cosine)).toBeLessThanOrEqual(row.tangentShare + 1e-12);
  }
});

test('factorisation and conjugate gradients agree to 1e-8 on the reference network, of rank 649', async () => {
  const run = { steps: [10], tolerance: 1e-11, kinks: false };
  const exact = await directionOverTraining(referenceExperiment({ seed: 1 }), run);
  const cg = await directionOverTraining(referenceExperiment({ seed: 1 }), { ...run, method: 'cg' });
  expect(exact).toMatchObject({ method: 'exact', outputs: 649, parameters: 2816 });
  const [a, b] = [exact.rows[0], cg.rows[0]];
  expect(a.rank).toBe(649);
  expect(b.iterations).toBeGreaterThan(50);
  for (const key of ['cosine', 'tangentShare', 'tangentNorm'] as const)
    expect(Math.abs(a[key] - b[key])).toBeLessThan(1e-8);
});

test('so they do where J is rank-deficient: two logits made of one output', async () => {
  const { experiment: parity } = parseExperiment(`
task: parity
dataset: {n: 6, k: 2, train_samples: 24, test_samples: 20}
model: {type: two_layer, hidden_dim: 20, input: signs, activation: gelu, output: margin, init: {type: uniform}}
train: {optimizer: sgd, lr: 0.1, weight_decay: 0.01, dtype: f64, loss: mse, total_steps: 20}`);
  const run = { steps: [20], tolerance: 1e-11 };
  const exact = await directionOverTraining(parity, run);
  const cg = await directionOverTraining(parity, { ...run, method: 'cg' });
  expect(exact.outputs).toBe(48);
  expect(exact.rows[0].rank).toBe(24);
  expect(Math.abs(exact.rows[0].cosine - cg.rows[0].cosine)).toBeLessThan(1e-8);
});

test('a checkpoint taken up again gives what following the training gave', async () => {
  const { experiment: adam } = parseExperiment(`
seed: 2
dataset: {N: 5, train_fraction: 0.6}
loader: {batch_size: 6}
model: {type: embedding_mlp, embed_dim: 5, hidden_dim: 12}
train: {total_steps: 60, weight_decay: 0.5}`);
  const followed = await directionOverTraining(adam, { steps: [25, 40], window: 15 });
  const trainer = await Trainer.start(adam, buildDataset(adam));
  const states: TrainerState[] = [];
  while (trainer.step < 25) {
    if (trainer.step === 10) states.push(trainer.state());
    trainer.advance();
  }
  states.push(trainer.state());
  const resumed = await directionFromStates(adam, states, { window: 15 });
  expect(resumed.rows).toEqual(followed.rows);
});

test('cross-entropy is compared at the weights themselves, on the level set of its logits up to shifts', async () => {
  const { experiment: entropy } = parseExperiment(`
dataset: {N: 5, train_fraction: 0.6}
model: {type: two_layer, hidden_dim: 40, activation: relu}
train: {total_steps: 30}`);
  const result = await directionOverTraining(entropy, { steps: [30] });
  expect(result.zeroLoss).toBe(false);
  const [row] = result.rows;
  expect(row.pointLoss).toBe(row.trainLoss);
  expect(row.reachedZeroLoss).toBe(false);
  // 15 examples, 5 classes, one direction of each answer left free.
  expect(row.rank).toBe(60);
});

test('a point with a loss still far from zero is marked', async () => {
  const near = await directionOverTraining(experiment, { ...asInFixture(), steps: [10, 200] });
  expect(near.rows.map(({ reachedZeroLoss }) => reachedZeroLoss)).toEqual([false, true]);
});

test.each([
  [() => referenceExperiment({ lambda: -1e-4 }), /λ: needs a number of at least 0, got -0\.0001/],
  [() => referenceExperiment({ lambda: Number.NaN }), /λ: needs a number of at least 0, got NaN/],
])('a λ that is no decay is refused', (make, message) => {
  expect(make).toThrow(message);
});

test.each([
  [{ steps: [5] }, /an update is taken over the 10 steps before, .* got step 5; compare/],
  [{ steps: [10, 15] }, /got step 15 after 10; compare more rarely/],
  [{ steps: [10], window: 0 }, /window: needs a whole number of steps of at least 1, got 0/],
  [{ steps: [10], approachRate: -1 }, /approachRate: needs a number above 0, got -1/],
  [
    { steps: [10], approachRate: 1e4 },
    /went away from it: from loss 0\.115 to 0\.143 in 100 steps of rate 10000 .* such as 1000/,
  ],
])('%j is refused', async (run, message) => {
  await expect(directionOverTraining(experiment, run)).rejects.toThrow(message);
});

test('a Jacobian too large to be factorised is refused, with the way out', async () => {
  const { experiment: large } = parseExperiment(`
dataset: {N: 53}
model: {type: two_layer, hidden_dim: 8}
train: {loss: mse}`);
  const run = { steps: [10], method: 'exact' } as const;
  await expect(directionOverTraining(large, run)).rejects.toThrow(/J has 74465 rows .* use method cg/);
});
