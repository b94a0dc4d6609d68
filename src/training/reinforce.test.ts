// What REINFORCE promises: actions drawn as Philox and the policy say, a gradient that is right in expectation, and bits that
// neither threads nor an interruption change.
import { describe, expect, test } from 'vitest';
import { type ExperimentInput, experimentFromObject } from '../config/index.ts';
import * as g from '../engine/index.ts';
import { philox4x32, streamKey } from '../engine/philox.ts';
import { digest } from './digest.ts';
import { overAnswers } from './losses/index.ts';
import { drawnAnswer, policyLoss } from './reinforce.ts';
import { type Snapshot, train } from './train.ts';

const EXAMPLES = 6;
const CLASSES = 5;

/** A table of logits by token, one row an example: the smallest network there is. */
async function table(answers: number) {
  const machine = await g.Machine.open();
  const shape = answers === 1 ? [] : [answers];
  const token = g.input('token', [], 'i32', { examples: true });
  const label = g.input('label', shape, 'i32', { examples: true });
  const W = g.parameter('W', [EXAMPLES, ...shape, CLASSES], 'f64');
  const values = new g.Stream(3, 'logits').normals(EXAMPLES * answers * CLASSES);
  machine.setParameter(W, values);
  const tokens = Int32Array.from({ length: EXAMPLES }, (_, i) => i);
  const labels = Int32Array.from({ length: EXAMPLES * answers }, (_, i) => (i * 3) % CLASSES);
  machine.setColumns({ token: tokens, label: labels }, EXAMPLES, { label: shape });
  return { machine, W, z: g.gather(W, token), label, everyone: tokens, values, answers };
}

describe.each([1, 3])('with %i answers', (answers) => {
  test('over all actions, weighed by the policy, the gradient is that of minus the expected reward', async () => {
    const { machine, W, z, label, everyone } = await table(answers);
    const policy = g.softmax(z);
    const baseline = g.constant(0.37, [], 'f64');
    const outputs: Record<string, g.Expr> = {};
    let expected: g.Expr | undefined;
    for (let action = 0; action < CLASSES; action++) {
      const actions = g.mul(g.add(label, 0), 0);
      const { loss } = policyLoss(z, label, g.add(actions, action), baseline);
      const weight = g.stopGradient(g.take(policy, g.add(actions, action)));
      const part = g.mul(loss, weight);
      expected = expected === undefined ? part : g.add(expected, part);
    }
    outputs.surrogate = g.gradient(g.meanExamples(overAnswers(expected as g.Expr)), [W])[0] as g.Expr;
    const reward = g.neg(g.meanExamples(overAnswers(g.take(policy, label))));
    outputs.exact = g.gradient(reward, [W])[0] as g.Expr;
    const program = machine.compile({ outputs });
    program.run(everyone);
    const [surrogate, exact] = [program.value('surrogate'), program.value('exact')];
    expect(Math.max(...exact.map(Math.abs))).toBeGreaterThan(1e-2);
    for (const [i, slope] of exact.entries()) expect(surrogate[i]).toBeCloseTo(slope, 14);
  });

  test('an action is where the uniform number of Philox falls in the cumulative policy', async () => {
    const { machine, z, label, everyone, values } = await table(answers);
    const actions = drawnAnswer(g.softmax(z), g.uniform(label.shape, 'actions', 'f64'));
    const program = machine.compile({ outputs: {}, perExample: { actions: g.cast(actions, 'f64') } });
    const [seed, step] = [11, 4];
    program.setSetting('seed', seed);
    program.setSetting('step', step);
    program.run(everyone);
    const expected = Array.from({ length: EXAMPLES * answers }, (_, row) => {
      const [example, answer] = [Math.floor(row / answers), row % answers];
      const weights = [...values.subarray(row * CLASSES, (row + 1) * CLASSES)].map(Math.exp);
      const total = weights.reduce((a, b) => a + b);
      const block = philox4x32([answer >>> 2, example, step, 0], streamKey(seed, 'actions'));
      let left = ((block[answer % 4] >>> 8) / 2 ** 24) * total;
      return weights.findIndex((weight) => {
        left -= weight;
        return left < 0;
      });
    });
    expect([...program.value('actions')]).toEqual(expected);
  });
});

test('over many steps actions are as frequent as the policy says, the last class too', async () => {
  const { machine, z, label, everyone, values } = await table(1);
  const actions = drawnAnswer(g.softmax(z), g.uniform(label.shape, 'actions', 'f64'));
  const program = machine.compile({ outputs: {}, perExample: { actions: g.cast(actions, 'f64') } });
  program.setSetting('seed', 1);
  const counts = Array.from({ length: EXAMPLES }, () => new Array<number>(CLASSES).fill(0));
  const steps = 4000;
  for (let step = 1; step <= steps; step++) {
    program.setSetting('step', step);
    program.run(everyone);
    for (const [example, action] of program.value('actions').entries()) counts[example][action]++;
  }
  for (const [example, row] of counts.entries()) {
    const weights = [...values.subarray(example * CLASSES, (example + 1) * CLASSES)].map(Math.exp);
    const total = weights.reduce((a, b) => a + b);
    const chiSquared = row.reduce((sum, count, c) => {
      const expected = (steps * weights[c]) / total;
      return sum + (count - expected) ** 2 / expected;
    }, 0);
    // χ² with 4 degrees of freedom passes 30 with a chance of 5e-6.
    expect(chiSquared).toBeLessThan(30);
  }
});

const copying: ExperimentInput = {
  task: 'copy',
  dataset: { alphabet: 4, length: 3, train_fraction: 0.7 },
  loader: { batch_size: 16 },
  model: { type: 'transformer', d_model: 16, heads: 2, d_mlp: 32 },
  train: {
    objective: 'reinforce',
    total_steps: 20,
    eval_every_steps: 5,
    checkpoint_every_steps: 1,
    lr: 0.01,
    weight_decay: 0,
    baseline_decay: 0.8,
  },
};

async function statesOf(input: ExperimentInput, options: Parameters<typeof train>[1] = {}) {
  const states: ReturnType<Snapshot['state']>[] = [];
  for await (const snapshot of train(experimentFromObject(input).experiment, options))
    if (snapshot.step > 0) states.push(snapshot.state());
  return states;
}

test('a run that is resumed, its baseline too, ends in the bits of one that was not interrupted', async () => {
  const states = await statesOf(copying);
  const end = await digest(states[19].tensors);
  expect(states[6].tensors.get('reinforce.baseline')?.values[0]).toBeGreaterThan(0);
  const resumed = await statesOf(copying, { resume: { state: states[6], history: [] } });
  expect(resumed[0].step).toBe(8);
  expect(await digest((resumed.at(-1) as ReturnType<Snapshot['state']>).tensors)).toBe(end);
});

test('two threads give the bits of one', async () => {
  const full: ExperimentInput = { ...copying, loader: { batch_size: 'full' } };
  const bits: string[] = [];
  for (const threads of [1, 2]) {
    const machine = await g.Machine.open({ threads });
    const states = await statesOf(full, { machine });
    bits.push(await digest((states.at(-1) as ReturnType<Snapshot['state']>).tensors));
    await machine.close();
  }
  expect(bits[1]).toBe(bits[0]);
});

test('the baseline is the moving average of the reward: 1 − δᵗ for a policy that is always right', async () => {
  const perfect: ExperimentInput = {
    dataset: { N: 7 },
    model: { type: 'two_layer', hidden_dim: 512, init: { type: 'analytic' } },
    train: {
      objective: 'reinforce',
      baseline_decay: 0.75,
      temperature: 1e-3,
      lr: 1e-9,
      weight_decay: 0,
      total_steps: 5,
      checkpoint_every_steps: 1,
      dtype: 'f64',
    },
  };
  const baselines = (await statesOf(perfect)).map(
    ({ tensors }) => tensors.get('reinforce.baseline')?.values[0],
  );
  for (const [i, baseline] of baselines.entries()) expect(baseline).toBeCloseTo(1 - 0.75 ** (i + 1), 12);
});

test('rewards alone teach a network to copy, and the reward is logged beside its accuracy', async () => {
  const rewards: number[] = [];
  let accuracy = 0;
  const longer = { ...copying, train: { ...copying.train, total_steps: 400, eval_every_steps: 100 } };
  for await (const { metrics } of train(experimentFromObject(longer as ExperimentInput).experiment)) {
    if (metrics === undefined) continue;
    rewards.push(metrics.train.reward as number);
    accuracy = metrics.train.accuracy;
  }
  expect(rewards[0]).toBeCloseTo(1 / 4, 1);
  expect(rewards.at(-1)).toBeGreaterThan(0.95);
  expect(accuracy).toBeGreaterThan(0.95);
});

test('a task without a reward has none in its metrics', async () => {
  const plain: ExperimentInput = {
    dataset: { N: 5 },
    model: { type: 'two_layer', hidden_dim: 8 },
    train: { total_steps: 0 },
  };
  for await (const { metrics } of train(experimentFromObject(plain).experiment))
    expect(metrics?.train).not.toHaveProperty('reward');
});
