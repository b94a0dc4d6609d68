// What a training with a penalty promises: that it acts as α times its gradient, and that bits do not depend on how it is run.
import { expect, test } from 'vitest';
import { type ExperimentInput, experimentFromObject } from '../config/index.ts';
import { penaltyKinds } from '../config/schema/laplacian_penalty.ts';
import { Machine } from '../engine/index.ts';
import { buildDataset } from '../tasks/index.ts';
import { digest } from './digest.ts';
import { metricsRows } from './metrics-rows.ts';
import { type Snapshot, train } from './train.ts';
import { Trainer } from './trainer.ts';

const small: ExperimentInput = {
  seed: 2,
  dataset: { N: 7, train_fraction: 0.6 },
  model: { type: 'embedding_mlp', embed_dim: 6, hidden_dim: 12 },
  train: { total_steps: 12, eval_every_steps: 4, checkpoint_every_steps: 1, lr: 0.01 },
};
const penalised = (
  laplacian_penalty: ExperimentInput['laplacian_penalty'],
  rest: ExperimentInput = {},
): ExperimentInput => ({
  ...small,
  ...rest,
  laplacian_penalty: { compute: true, alpha: 0.5, ...laplacian_penalty },
});

const trainerOf = async (input: ExperimentInput, machine?: Machine): Promise<Trainer> => {
  const { experiment } = experimentFromObject(input);
  return Trainer.start(experiment, buildDataset(experiment), machine);
};

async function snapshots<T>(input: ExperimentInput, of: (snapshot: Snapshot) => T): Promise<T[]> {
  const seen: T[] = [];
  for await (const snapshot of train(experimentFromObject(input).experiment)) seen.push(of(snapshot));
  return seen;
}

test('with strength 0 a run has the bits of one without a penalty, and logs it', async () => {
  const plain = await snapshots(small, (s) => digest(s.state().tensors));
  const logged = await snapshots(penalised({ alpha: 0 }), (s) => digest(s.state().tensors));
  expect(await Promise.all(logged)).toEqual(await Promise.all(plain));
  const rows = (await snapshots(penalised({ alpha: 0 }), metricsRows)).flat();
  expect(rows.length).toBeGreaterThan(0);
  for (const { values } of rows) expect(values.laplacian_penalty).toBeGreaterThan(0);
  const without = (await snapshots(small, metricsRows)).flat();
  for (const { values } of without) expect(values.laplacian_penalty).toBeUndefined();
});

test.each(penaltyKinds)('%s moves plain gradient descent by −lr·α times its own slope', async (kind) => {
  const descent: ExperimentInput = {
    train: {
      optimizer: 'sgd',
      lr: 1e-3,
      scheduler: { name: 'constant' },
      dtype: 'f64',
      momentum: 0,
      weight_decay: 0,
    },
  };
  const plain = await trainerOf({ ...small, ...descent });
  const trainer = await trainerOf(penalised({ kind }, descent));
  const before = trainer.parameters();
  const value = trainer.penaltyValue() as number;
  plain.advance();
  trainer.advance();
  // Going on along the difference lowers the penalty by its square over lr·α, to first order.
  let square = 0;
  const state = trainer.state();
  for (const [name, { values }] of trainer.parameters()) {
    const without = plain.parameters().get(name)?.values as Float64Array;
    const start = before.get(name)?.values as Float64Array;
    const moved = Float64Array.from(values, (w, i) => w - (without[i] as number));
    square += moved.reduce((total, d) => total + d * d, 0);
    const tensor = state.tensors.get(name);
    if (tensor) tensor.values = Float64Array.from(start, (w, i) => w + (moved[i] as number));
  }
  trainer.restore({ ...state, step: 0 });
  const gained = value - (trainer.penaltyValue() as number);
  expect(gained).toBeGreaterThan(0);
  expect(Math.abs(gained / (square / (1e-3 * 0.5)) - 1)).toBeLessThan(0.05);
});

test.each(penaltyKinds)('%s: one, two and three threads give the same bits', async (kind) => {
  const input = penalised({ kind }, { dataset: { N: 23 } });
  const digests: string[] = [];
  for (const threads of [1, 2, 3]) {
    const machine = await Machine.open({ threads });
    const trainer = await trainerOf(input, machine);
    for (let step = 0; step < 4; step++) trainer.advance();
    digests.push(`${trainer.penaltyValue()} ${await digest(trainer.state().tensors)}`);
    await machine.close();
  }
  expect(new Set(digests).size).toBe(1);
});

test.each([
  ['literal with mini-batches and a moving average', penalised({}, { loader: { batch_size: 8 } }), true],
  [
    'train_pairs of unordered pairs',
    penalised({ kind: 'train_pairs' }, { dataset: { N: 9, pairs: 'unordered' } }),
    false,
  ],
  ['neighbours, drawn anew every third step', penalised({ kind: 'neighbours', refresh_steps: 3 }), false],
  [
    'neighbours of each operand',
    penalised({ kind: 'neighbours', refresh_steps: 5 }, { model: { type: 'two_layer', hidden_dim: 8 } }),
    false,
  ],
] as const)('resuming at any step equals no interruption: %s', async (_, base, averaged) => {
  const input = averaged ? { ...base, train: { ...base.train, ema: { use: true, decay: 0.9 } } } : base;
  const { experiment } = experimentFromObject(input);
  const states: { state: ReturnType<Snapshot['state']>; rows: unknown }[] = [];
  for await (const snapshot of train(experiment))
    states.push({ state: snapshot.state(), rows: metricsRows(snapshot) });
  const last = states.at(-1) as (typeof states)[number];
  for (const { state } of states.slice(1, -1)) {
    const resumed: typeof states = [];
    for await (const snapshot of train(experiment, { resume: { state, history: [] } }))
      resumed.push({ state: snapshot.state(), rows: metricsRows(snapshot) });
    const end = resumed.at(-1) as (typeof states)[number];
    expect(end.rows).toEqual(last.rows);
    expect(await digest(end.state.tensors)).toBe(await digest(last.state.tensors));
  }
});

test('the graph of neighbours is drawn anew when it is due, and not before', async () => {
  const trainer = await trainerOf(
    penalised({ kind: 'neighbours', refresh_steps: 5 }, { train: { lr: 0.3 } }),
  );
  const graph = () => trainer.state().tensors.get('penalty.adjacency0')?.values.join();
  const seen = [graph()];
  for (let step = 1; step <= 10; step++) {
    trainer.advance();
    seen.push(graph());
  }
  expect(new Set(seen.slice(0, 5)).size).toBe(1);
  expect(new Set(seen.slice(5, 10)).size).toBe(1);
  expect(new Set(seen).size).toBe(3);
});

test('a run measured at every step ends in the bits of one left alone', async () => {
  const final = async (input: ExperimentInput) =>
    (await Promise.all(await snapshots(input, (s) => digest(s.state().tensors)))).at(-1);
  const input = penalised({ kind: 'neighbours', refresh_steps: 2 });
  const measured = { ...input, train: { ...input.train, eval_every_steps: 1 } };
  expect(await final(measured)).toBe(await final(input));
});

test.each<[name: string, input: ExperimentInput]>([
  ['labels drawn at random', { task: 'random_labels', dataset: { N: 7, classes: 4 } }],
  ['compositions in D5, by a graph of its own', { task: 'group', dataset: { group: 'D5' } }],
])('a penalty can be taken of %s', async (_, input) => {
  const kind = input.task === 'group' ? 'neighbours' : 'literal';
  const trainer = await trainerOf({
    ...input,
    model: { type: 'embedding_mlp', embed_dim: 6, hidden_dim: 12 },
    train: { lr: 0.03 },
    laplacian_penalty: { compute: true, kind, alpha: 100 },
  });
  const before = trainer.penaltyValue() as number;
  for (let step = 0; step < 15; step++) trainer.advance();
  expect(trainer.penaltyValue()).toBeLessThan(before);
});
