import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ExperimentInput, experimentFromObject } from '../config/index.ts';
import { digest } from './digest.ts';
import { DivergenceError } from './divergence.ts';
import { type ObservedStep, type Snapshot, train } from './train.ts';

const small: ExperimentInput = {
  dataset: { N: 7, train_fraction: 0.6 },
  model: { type: 'two_layer', hidden_dim: 12 },
  train: { total_steps: 12, eval_every_steps: 4, checkpoint_every_steps: 5 },
};

const withDropout: ExperimentInput = {
  dataset: { N: 11, split: 'hash', train_fraction: 0.7, seed: 3 },
  loader: { batch_size: 16 },
  model: { type: 'mlp', hidden_dim: 16, layers: 2, dropout: 0.3 },
  train: { total_steps: 25, eval_every_steps: 5, checkpoint_every_steps: 1, ema: { use: true, decay: 0.9 } },
};

async function collect<T>(input: ExperimentInput, of: (snapshot: Snapshot) => T): Promise<T[]> {
  const seen: T[] = [];
  for await (const snapshot of train(experimentFromObject(input).experiment)) seen.push(of(snapshot));
  return seen;
}

const finalDigest = async (
  input: ExperimentInput,
  look: (snapshot: Snapshot) => void = () => {},
): Promise<string> => {
  let state: ReturnType<Snapshot['state']> | undefined;
  for await (const snapshot of train(experimentFromObject(input).experiment)) {
    look(snapshot);
    if (snapshot.last) state = snapshot.state();
  }
  return digest((state as ReturnType<Snapshot['state']>).tensors);
};

test('snapshots come at step 0, at evaluations and checkpoints, and at the end', async () => {
  const seen = await collect(small, (s) => [s.step, s.metrics !== undefined, s.checkpoint, s.last]);
  expect(seen).toEqual([
    [0, true, false, false],
    [4, true, false, false],
    [5, false, true, false],
    [8, true, false, false],
    [10, false, true, false],
    [12, true, true, true],
  ]);
});

test('a run measured at every turn ends in the same bits as one left alone', async () => {
  const untouched = await finalDigest(small);
  const measured = await finalDigest(
    { ...small, train: { ...small.train, eval_every_steps: 1 } },
    (snapshot) => {
      snapshot.logits();
      snapshot.parameters();
      snapshot.state();
    },
  );
  expect(measured).toBe(untouched);
});

test('a run that is held after every step ends in the same bits, and is held by what its pace returns', async () => {
  const held: number[] = [];
  let state: ReturnType<Snapshot['state']> | undefined;
  const pace = (step: number) =>
    step % 2 === 0 ? undefined : new Promise<void>((go) => setTimeout(() => go(void held.push(step)), 1));
  for await (const snapshot of train(experimentFromObject(small).experiment, { pace })) {
    if (snapshot.step % 2 === 1) expect(held).toContain(snapshot.step);
    if (snapshot.last) state = snapshot.state();
  }
  expect(held).toEqual([1, 3, 5, 7, 9, 11]);
  expect(await digest((state as ReturnType<Snapshot['state']>).tensors)).toBe(await finalDigest(small));
});

test('the same experiment gives the same bits again, another seed gives others', async () => {
  expect(await finalDigest(withDropout)).toBe(await finalDigest(withDropout));
  expect(await finalDigest({ ...withDropout, seed: 1 })).not.toBe(await finalDigest(withDropout));
});

test('resuming at any step, in mid-epoch and with dropout, equals no interruption', async () => {
  const { experiment } = experimentFromObject(withDropout);
  const rows: ObservedStep[] = [];
  const states: ReturnType<Snapshot['state']>[] = [];
  for await (const snapshot of train(experiment)) {
    if (snapshot.step > 0) states.push(snapshot.state());
    const { metrics } = snapshot;
    if (metrics) rows.push({ step: snapshot.step, train: metrics.train.accuracy, val: metrics.val.accuracy });
  }
  const uninterrupted = await digest((states[states.length - 1] as ReturnType<Snapshot['state']>).tensors);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 24 }), async (at) => {
      const state = states[at - 1] as ReturnType<Snapshot['state']>;
      const history = rows.filter((row) => row.step <= at);
      let end: Snapshot | undefined;
      const steps: number[] = [];
      for await (const snapshot of train(experiment, { resume: { state, history } })) {
        steps.push(snapshot.step);
        end = snapshot;
      }
      expect(steps[0]).toBe(at + 1);
      expect(await digest((end as Snapshot).state().tensors)).toBe(uninterrupted);
    }),
    { numRuns: 6 },
  );
});

test('aborting ends the run with a checkpoint at the step at hand', async () => {
  const controller = new AbortController();
  const { experiment } = experimentFromObject({ ...small, train: { ...small.train, total_steps: 1000 } });
  let last: Snapshot | undefined;
  for await (const snapshot of train(experiment, { signal: controller.signal })) {
    if (snapshot.step === 8) controller.abort();
    last = snapshot;
  }
  expect(last?.step).toBe(9);
  expect(last?.checkpoint).toBe(true);
  expect(last?.last).toBe(false);
});

test('a run stops the stated number of steps after stable grokking', async () => {
  const easy: ExperimentInput = {
    dataset: { N: 23, train_fraction: 0.6 },
    model: {
      type: 'two_layer',
      hidden_dim: 500,
      activation: 'quadratic',
      input: 'concat',
      init: { type: 'analytic' },
    },
    train: {
      loss: 'mse',
      lr: 1e-9,
      weight_decay: 0,
      total_steps: 100,
      eval_every_steps: 1,
      stop_after_grok_steps: 4,
    },
    milestones: { grok_patience: 2 },
  };
  const steps = await collect(easy, (s) => s.step);
  expect(steps[steps.length - 1]).toBe(4);
});

test('divergence names the step and what stopped being finite first', async () => {
  const wild: ExperimentInput = {
    ...small,
    train: { ...small.train, optimizer: 'sgd', lr: 1e30, loss: 'mse', total_steps: 50 },
  };
  await expect(collect(wild, () => undefined)).rejects.toThrow(DivergenceError);
  await expect(collect(wild, () => undefined)).rejects.toThrow(
    /^step \d+: (the loss|the gradient's norm) became (NaN|Infinity|-Infinity) before anything else did/,
  );
});

test('the validation set, where there is one, stands apart from the held-out pairs', async () => {
  const [first] = await collect(withDropout, (s) => ({ metrics: s.metrics, split: s.dataset.split }));
  expect(first?.metrics?.test).toBeDefined();
  expect(first?.split.validation.length).toBeGreaterThan(0);
  const [plain] = await collect(small, (s) => s.metrics);
  expect(plain?.test).toBeUndefined();
});
