import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../test/disks/temporary-folder.ts';
import { type Experiment, experimentFromObject } from '../config/index.ts';
import { DivergenceError } from '../training/divergence.ts';
import { train } from '../training/train.ts';
import { describeRun, RunDirectory, RunReader, RunRecorder, resumptionOf, trainerState } from './index.ts';
import { readTiming } from './timing.ts';

/** Dropout, several batches an epoch with a short last one, a moving average, a validation set. */
const { experiment } = experimentFromObject({
  name: 'recorded',
  dataset: { N: 5, split: 'hash', train_fraction: 0.7 },
  loader: { batch_size: 5 },
  model: { type: 'mlp', hidden_dim: 8, layers: 1, dropout: 0.5 },
  train: { total_steps: 14, eval_every_steps: 3, checkpoint_every_steps: 4, ema: { use: true, decay: 0.9 } },
});

const circumstances = { command: ['test'], versions: {}, threads: 1 };
const describe = (one: Experiment) => describeRun(one, circumstances);

/** Trains into a folder; `stop` ends the process, so to speak, after so many steps, with or without a last checkpoint. */
async function record(folder: string, stop?: { step: number; checkpoint: boolean }): Promise<void> {
  const run = RunDirectory.create(folder, describe(experiment));
  const recorder = new RunRecorder(run, experiment);
  const controller = new AbortController();
  const onStep = (step: number) => {
    if (step === stop?.step && stop.checkpoint) controller.abort();
  };
  for await (const snapshot of train(experiment, { onStep, signal: controller.signal })) {
    if (stop !== undefined && !stop.checkpoint && snapshot.step >= stop.step) break;
    recorder.record(snapshot);
    if (snapshot.last) recorder.finish();
  }
  run.close();
}

async function resume(folder: string): Promise<void> {
  const resumption = RunDirectory.resume(folder, describe(experiment));
  const recorder = new RunRecorder(resumption.run, experiment, { seconds: resumption.seconds });
  for await (const snapshot of train(experiment, { resume: resumptionOf(resumption) }))
    recorder.record(snapshot);
  recorder.finish();
}

const files = ['metrics.csv', 'summary.json', join('checkpoints', 'step-000014.safetensors')];
const bytesOf = (folder: string) => files.map((file) => readFileSync(join(folder, file)).toString('base64'));

test('stopped at any step, with a checkpoint there or without, and resumed, a run has the same bytes', async () => {
  const root = temporaryFolder();
  await record(join(root, 'whole'));
  const expected = bytesOf(join(root, 'whole'));
  let runs = 0;
  const stops = fc.record({ step: fc.integer({ min: 1, max: 13 }), checkpoint: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(stops, async (stop) => {
      const folder = join(root, String(runs++));
      await record(folder, stop);
      await resume(folder);
      expect(bytesOf(folder)).toEqual(expected);
    }),
    { numRuns: 8 },
  );
});

test('a checkpoint holds the very state: every float, every name', async () => {
  const folder = join(temporaryFolder(), 'run');
  const run = RunDirectory.create(folder, describe(experiment));
  const recorder = new RunRecorder(run, experiment);
  for await (const snapshot of train(experiment)) {
    const path = recorder.record(snapshot);
    if (path === undefined) continue;
    const { step, tensors } = snapshot.state();
    const read = trainerState(new RunReader(folder).checkpoint(snapshot.step));
    expect(read.step).toBe(step);
    expect(new Map([...read.tensors].sort())).toEqual(new Map([...tensors].sort()));
  }
  run.close();
});

test('time is kept apart from metrics, ascending, and goes on where it stopped', async () => {
  const folder = join(temporaryFolder(), 'run');
  let now = 0;
  const clock = () => {
    now += 250;
    return now;
  };
  const run = RunDirectory.create(folder, describe(experiment));
  const recorder = new RunRecorder(run, experiment, { seconds: 100, clock });
  for await (const snapshot of train(experiment)) recorder.record(snapshot);
  recorder.finish();
  const rows = readTiming(readFileSync(join(folder, 'timing.csv'), 'utf8'));
  expect(rows.map(({ step }) => step)).toEqual([3, 4, 6, 8, 9, 12, 14]);
  expect(rows[0]).toEqual({ step: 3, seconds: 100.5, steps_per_second: 12 });
  expect(rows.every(({ seconds }, i) => i === 0 || seconds > rows[i - 1].seconds)).toBe(true);
});

test('a diverged run is closed, marked, and not done', () => {
  const folder = join(temporaryFolder(), 'run');
  const run = RunDirectory.create(folder, describe(experiment));
  const recorder = new RunRecorder(run, experiment);
  run.appendMetrics([{ step: 0, split: 'train', values: { loss: 1, accuracy: 0.5 } }]);
  recorder.diverge(new DivergenceError(3, 'gradient', Number.POSITIVE_INFINITY, 2));
  const reader = new RunReader(folder);
  expect(reader.done).toBe(false);
  expect(reader.summary()).toMatchObject({
    num_points: 1,
    status: 'diverged',
    diverged: { step: 3, quantity: 'gradient' },
  });
  expect(() => RunDirectory.resume(folder, describe(experiment)).run.close()).not.toThrow();
});

test('a run that could not begin leaves nothing behind', async () => {
  const root = temporaryFolder();
  const run = RunDirectory.create(join(root, 'run'), describe(experiment));
  new RunRecorder(run, experiment).discard();
  expect(readdirSync(root)).toEqual([]);
  const begun = RunDirectory.create(join(root, 'run'), describe(experiment));
  const recorder = new RunRecorder(begun, experiment);
  for await (const snapshot of train(experiment)) {
    recorder.record(snapshot);
    break;
  }
  expect(() => recorder.discard()).toThrow(/not empty/);
  begun.close();
});

test('keys that change no number do not make it another run; all others do', () => {
  const idOf = (change: Partial<Experiment<'modular'>>) =>
    JSON.stringify(describe({ ...experiment, ...change }).config);
  const { loader, train: training } = experiment;
  const same = idOf({});
  expect(idOf({ name: 'other' })).toBe(same);
  expect(idOf({ loader: { ...loader, num_workers: 4, pin_memory: true } })).toBe(same);
  expect(idOf({ train: { ...training, log_interval_steps: 1 } })).toBe(same);
  expect(idOf({ seed: 1 })).not.toBe(same);
  expect(idOf({ loader: { ...loader, batch_size: 4 } })).not.toBe(same);
  expect(idOf({ train: { ...training, lr: 0.5 } })).not.toBe(same);
});
