import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { refusingDisk } from '../../test/disks/faulty-disk.ts';
import { temporaryFolder } from '../../test/disks/temporary-folder.ts';
import { RunDirectory } from './run-directory.ts';
import { standingOf } from './run-files.ts';
import type { RunDescription } from './run-meta.ts';
import { RunReader } from './run-reader.ts';
import { tensorOf } from './safetensors.ts';

const description: RunDescription = {
  config: { name: 'tiny', seed: 3, train: { lr: 0.01, total_steps: 4 } },
  configText: '# a tiny run\nname: tiny\n',
  numericVersion: '1',
  command: ['grokscope', 'train', '--config', 'tiny.yaml'],
  versions: { grokscope: '0.1.0' },
  seeds: { seed: 3, dataset: 3 },
  threads: 1,
};
const other: RunDescription = { ...description, config: { name: 'tiny', seed: 3, train: { lr: 0.02 } } };

function train(run: RunDirectory, from: number, to: number): void {
  for (let step = from; step <= to; step++) {
    run.appendMetrics([
      { step, split: 'train', values: { loss: 1 / (step + 1), accuracy: step / 4 } },
      {
        step,
        split: 'val',
        values: { loss: 2, accuracy: 0, spectral_entropy: step >= 3 ? step : undefined },
      },
    ]);
    run.appendTiming({ step, seconds: step * 0.5, steps_per_second: 2 });
    if (step >= 3) run.saveSpectrum({ step, shape: [1, 1], power: Float64Array.of(step), dimensions: [] });
    if (step % 2 === 0) {
      const tensors = new Map([['w', tensorOf([1], Float32Array.of(step))]]);
      run.saveCheckpoint({ step, tensors, scalars: { step } });
    }
  }
}

function newPath(): string {
  return join(temporaryFolder(), 'runs', 'tiny');
}

function interrupted(at: number): string {
  const path = newPath();
  const run = RunDirectory.create(path, description);
  train(run, 0, at);
  run.close();
  return path;
}

/** Every file below a folder with its bytes. */
function contents(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(folder.length + 1), readFileSync(path, 'latin1')];
    }),
  );
}

test('a finished run holds the files of the plan of the house', () => {
  const path = newPath();
  const run = RunDirectory.create(path, description, { now: () => new Date(0) });
  train(run, 0, 4);
  run.addNotice('pin_memory is without effect');
  run.finish({ grokked_step: 4 });
  expect(Object.keys(contents(path)).sort()).toEqual([
    'DONE',
    'checkpoints/step-000000.safetensors',
    'checkpoints/step-000002.safetensors',
    'checkpoints/step-000004.safetensors',
    'config.yaml',
    'meta.json',
    'metrics.csv',
    'spectral/per-dim-step000003.csv',
    'spectral/per-dim-step000004.csv',
    'spectral/spectrum-step000003.npy',
    'spectral/spectrum-step000004.npy',
    'summary.json',
    'timing.csv',
  ]);
  const reader = new RunReader(path);
  expect(reader.done).toBe(true);
  expect(reader.meta).toMatchObject({
    run_id: run.meta.run_id,
    numeric_version: '1',
    started: '1970-01-01T00:00:00.000Z',
    command: description.command,
    seeds: description.seeds,
    threads: 1,
    versions: { grokscope: '0.1.0' },
    config: description.config,
    notices: ['pin_memory is without effect'],
    resumed: [],
  });
  expect(reader.configText()).toBe(description.configText);
  expect(reader.metrics(['loss', 'accuracy']).rows).toHaveLength(10);
  expect(reader.timing().at(-1)).toEqual({ step: 4, seconds: 2, steps_per_second: 2 });
  expect(reader.summary()).toEqual({ grokked_step: 4 });
  expect(reader.checkpoints().map(({ step }) => step)).toEqual([0, 2, 4]);
  expect(reader.checkpoint(2).tensors.get('w')?.data).toEqual(Float32Array.of(2));
  expect(reader.latestCheckpoint().checkpoint?.metricsRows).toBe(10);
  expect(reader.spectra().map((files) => reader.spectrum(files).power)).toEqual([
    Float64Array.of(3),
    Float64Array.of(4),
  ]);
});

test('interrupted after any step and resumed, metrics, spectra and checkpoints have the bytes of a run never interrupted', () => {
  const whole = interrupted(4);
  for (let at = 0; at <= 4; at++) {
    const path = interrupted(at);
    const { run, checkpoint, seconds, notices } = RunDirectory.resume(path, description);
    expect(checkpoint?.step).toBe(at - (at % 2));
    expect(seconds).toBe((checkpoint?.step ?? 0) / 2);
    expect(notices).toEqual([]);
    expect(new RunReader(path).spectra().filter(({ step }) => step > (checkpoint?.step ?? -1))).toEqual([]);
    train(run, (checkpoint?.step ?? -1) + 1, 4);
    run.close();
    const { 'meta.json': meta, ...files } = contents(path);
    const { 'meta.json': wholeMeta, ...wholeFiles } = contents(whole);
    expect(files).toEqual(wholeFiles);
    expect(JSON.parse(meta).resumed).toMatchObject([{ from_step: checkpoint?.step, threads: 1 }]);
    expect(JSON.parse(wholeMeta).resumed).toEqual([]);
  }
});

test('resumed with a damaged newest checkpoint, it goes on from the one before and says so', () => {
  const whole = interrupted(4);
  const path = interrupted(4);
  truncateSync(join(path, 'checkpoints', 'step-000004.safetensors'), 50);
  const { run, checkpoint, notices } = RunDirectory.resume(path, description);
  expect(checkpoint?.step).toBe(2);
  expect(notices).toEqual([expect.stringMatching(/step-000004\.safetensors is damaged: it is cut off/)]);
  expect(run.meta.notices).toEqual(notices);
  train(run, 3, 4);
  run.close();
  expect(contents(path)['metrics.csv']).toBe(contents(whole)['metrics.csv']);
});

test('rows that someone removed are missed', () => {
  const path = interrupted(4);
  const file = join(path, 'metrics.csv');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^1,val.*\n/m, ''));
  const { run, notices } = RunDirectory.resume(path, description);
  expect(notices).toEqual([expect.stringMatching(/metrics\.csv holds 9 rows up to step 4, of the 10/)]);
  run.close();
});

test('a run stopped before its first checkpoint is resumed from its beginning', () => {
  const path = newPath();
  const first = RunDirectory.create(path, description);
  first.appendMetrics([{ step: 0, split: 'val', values: { loss: 1, norm: 2 } }]);
  first.close();
  const { run, checkpoint, seconds } = RunDirectory.resume(path, description);
  expect([checkpoint, seconds]).toEqual([undefined, 0]);
  expect(readFileSync(join(path, 'metrics.csv'), 'utf8')).toBe('step,split,loss,accuracy\n');
  run.close();
});

test.each<[string, RunDescription, boolean, RegExp]>([
  [
    'the same run, unfinished',
    description,
    false,
    /already holds this very run, not finished; go on with --resume/,
  ],
  [
    'the same run, finished',
    description,
    true,
    /already holds this very run, finished; replace it with --overwrite/,
  ],
  [
    'another run',
    other,
    false,
    /run of another configuration: train\.lr is 0\.01 there and 0\.02 here, train\.total_steps is 4 there and absent here; give another folder with --run, or replace it with --overwrite/,
  ],
  ['other arithmetic', { ...description, numericVersion: '2' }, false, /numeric version 1, this one is 2/],
])('a folder with %s is refused and left as it is', (_, wanted, finished, message) => {
  const path = interrupted(2);
  if (finished) RunDirectory.resume(path, description).run.finish({});
  const before = contents(path);
  expect(() => RunDirectory.create(path, wanted)).toThrow(message);
  expect(contents(path)).toEqual(before);
});

test.each<[string, RunDescription, boolean, RegExp]>([
  [
    'of another configuration',
    other,
    false,
    /cannot be resumed with another configuration: train\.lr is 0\.01 there/,
  ],
  ['that is finished', description, true, /is finished; there is nothing to resume/],
])('a run %s is not resumed and left as it is', (_, wanted, finished, message) => {
  const path = interrupted(3);
  if (finished) RunDirectory.resume(path, description).run.finish({});
  const before = contents(path);
  expect(() => RunDirectory.resume(path, wanted)).toThrow(message);
  expect(contents(path)).toEqual(before);
});

test('where there is no run, nothing is resumed or read and nothing is made', () => {
  const path = newPath();
  expect(() => RunDirectory.resume(path, description)).toThrow(/holds no run to resume; leave out --resume/);
  expect(() => new RunReader(path)).toThrow(/holds no run/);
  expect(existsSync(path)).toBe(false);
});

test('a folder that is not a run is never used, also with overwrite', () => {
  const path = temporaryFolder();
  writeFileSync(join(path, 'thesis.txt'), 'mine');
  const attempts = [
    () => RunDirectory.create(path, description),
    () => RunDirectory.create(path, description, { overwrite: true }),
    () => RunDirectory.resume(path, description),
    () => new RunReader(path),
  ];
  for (const attempt of attempts)
    expect(attempt).toThrow(/is not the folder of a run \(no meta.json, but thesis.txt\)/);
  expect(contents(path)).toEqual({ 'thesis.txt': 'mine' });
});

test('overwriting removes what the run wrote, and only that', () => {
  const path = interrupted(4);
  const elsewhere = temporaryFolder();
  writeFileSync(join(elsewhere, 'kept.svg'), 'mine');
  symlinkSync(elsewhere, join(path, 'figures'));
  writeFileSync(join(path, 'report.html'), 'old');
  for (const name of ['notes.md', join('spectral', 'mine.npy'), join('checkpoints', 'best.safetensors')]) {
    writeFileSync(join(path, name), 'mine');
  }
  const run = RunDirectory.create(path, other, { overwrite: true });
  run.close();
  expect(Object.keys(contents(path)).sort()).toEqual([
    'checkpoints/best.safetensors',
    'config.yaml',
    'meta.json',
    'metrics.csv',
    'notes.md',
    'spectral/mine.npy',
    'timing.csv',
  ]);
  expect(contents(elsewhere)).toEqual({ 'kept.svg': 'mine' });
  expect(new RunReader(path).meta.run_id).toBe(run.meta.run_id);
  expect(new RunReader(path).metrics().rows).toEqual([]);
});

test('a run being written is neither replaced nor resumed by another', () => {
  const path = newPath();
  const run = RunDirectory.create(path, description);
  train(run, 0, 2);
  expect(() => RunDirectory.create(path, other, { overwrite: true })).toThrow(/being written by process/);
  expect(() => RunDirectory.resume(path, description)).toThrow(/being written by process/);
  train(run, 3, 4);
  run.finish({});
  expect(new RunReader(path).metrics().rows).toHaveLength(10);
});

test('a file in the place of the folder, or of one above it, is not harmed', () => {
  const file = join(temporaryFolder(), 'runs');
  writeFileSync(file, 'mine');
  expect(() => RunDirectory.create(file, description)).toThrow(`${file} is a file, not the folder of a run`);
  const below = join(file, 'tiny');
  expect(() => RunDirectory.create(below, description)).toThrow(/a file stands where a folder was expected/);
  expect(readFileSync(file, 'utf8')).toBe('mine');
});

test('a folder that cannot be written is refused in a sentence', () => {
  const path = newPath();
  const attempt = () => RunDirectory.create(path, description, { disk: refusingDisk('EROFS') });
  expect(attempt).toThrow(`${path}: no permission (while making the folder); change the permissions or give`);
  expect(existsSync(path)).toBe(false);
});

test('what a process left that died before it described its run is not in the way', () => {
  const path = newPath();
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'meta.json.partial'), '{"run');
  expect(standingOf(path)).toEqual({ kind: 'absent' });
  RunDirectory.create(path, description).close();
  expect(Object.keys(contents(path))).not.toContain('meta.json.partial');
});

test('a folder whose meta.json is damaged is left alone', () => {
  const path = interrupted(2);
  truncateSync(join(path, 'meta.json'), 20);
  expect(() => RunDirectory.create(path, description, { overwrite: true })).toThrow(
    /meta.json does not describe a run/,
  );
  expect(existsSync(join(path, 'metrics.csv'))).toBe(true);
});

test('config.yaml that was removed comes back when the run is resumed', () => {
  const path = interrupted(2);
  rmSync(join(path, 'config.yaml'));
  RunDirectory.resume(path, description).run.close();
  expect(new RunReader(path).configText()).toBe(description.configText);
});

test('metrics of a step come before its checkpoint, and nothing after the end', () => {
  const run = RunDirectory.create(newPath(), description);
  train(run, 0, 2);
  expect(() => run.appendMetrics([{ step: 2, split: 'test', values: {} }])).toThrow(
    'internal: metrics of step 2 after',
  );
  run.close();
  run.close();
  expect(() => run.appendMetrics([])).toThrow(/internal: the run .* is closed/);
});

test('the folders for figures and snapshots are made when they are asked for', () => {
  const run = RunDirectory.create(newPath(), description);
  expect([existsSync(run.figures), existsSync(run.spectral)]).toEqual([true, true]);
  run.close();
});
