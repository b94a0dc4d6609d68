/** A run on disks that fill up and in processes that die, at every place where that can happen. */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { dyingDisk, fullDisk, PowerCut } from '../../test/disks/faulty-disk.ts';
import { temporaryFolder } from '../../test/disks/temporary-folder.ts';
import { type FileSystem, nodeFileSystem } from './file-system.ts';
import { RunDirectory } from './run-directory.ts';
import { RunError } from './run-error.ts';
import { standingOf } from './run-files.ts';
import type { RunDescription } from './run-meta.ts';
import { RunReader } from './run-reader.ts';
import { tensorOf } from './safetensors.ts';

const description: RunDescription = {
  config: { name: 'faulty' },
  configText: 'name: faulty\n',
  numericVersion: '1',
  command: [],
  versions: {},
  seeds: {},
  threads: 1,
};
const lastStep = 4;

/** fsync costs time and, on a disk that only seems to fail, shows nothing. */
const quickDisk: FileSystem = { ...nodeFileSystem, sync: () => {}, syncFolder: () => {} };

function spectrumOf(step: number) {
  const power = Float64Array.of(step, 0, 0, 1);
  return { step, shape: [2, 2], power, dimensions: [{ dimension: 0, low_frac: 1, energy: 0, power: 1 }] };
}

function train(run: RunDirectory, from: number, size = 4): void {
  for (let step = from; step <= lastStep; step++) {
    run.appendMetrics([
      { step, split: 'train', values: { loss: 1 / (step + 1), accuracy: 0.5 } },
      { step, split: 'val', values: { loss: 2, norm: step > 2 ? step : undefined } },
    ]);
    run.appendTiming({ step, seconds: step, steps_per_second: 1 });
    if (step > 1) run.saveSpectrum(spectrumOf(step));
    if (step % 2 === 0) {
      const tensors = new Map([['w', tensorOf([size], new Float32Array(size).fill(step))]]);
      run.saveCheckpoint({ step, tensors, scalars: {} });
    }
  }
  run.finish({ steps: lastStep });
}

function start(path: string, disk: FileSystem, size?: number): void {
  const run = RunDirectory.create(path, description, { disk });
  try {
    train(run, 0, size);
  } finally {
    run.close();
  }
}

/** What anyone does after a fault: go on if there is something to go on with, else start. */
function goOn(path: string, disk: FileSystem = quickDisk): void {
  const standing = standingOf(path, disk);
  if (standing.kind === 'run' && standing.done) return;
  if (standing.kind === 'run') {
    const { run, checkpoint } = RunDirectory.resume(path, description, { disk });
    try {
      train(run, (checkpoint?.step ?? -1) + 1);
    } finally {
      run.close();
    }
  } else {
    start(path, disk);
  }
}

/** The files whose bytes do not depend on when and where a run was made. */
function results(path: string) {
  const names = ['DONE', 'metrics.csv', 'timing.csv', 'summary.json'];
  const inFolders = ['checkpoints', 'spectral'].flatMap((folder) =>
    readdirSync(join(path, folder)).map((name) => join(folder, name)),
  );
  return [...names, ...inFolders.sort()].map((name) => [name, readFileSync(join(path, name), 'latin1')]);
}

function undisturbed(folder: string) {
  const path = join(folder, 'undisturbed');
  start(path, quickDisk);
  return results(path);
}

test('a process that dies at any change of the disk leaves a run that ends as if it had lived', () => {
  const folder = temporaryFolder();
  const expected = undisturbed(folder);
  let deaths = 0;
  for (let limit = 0; ; limit++) {
    const path = join(folder, String(limit));
    const disk = dyingDisk(limit, quickDisk);
    try {
      start(path, disk);
      if (disk.changes() <= limit) break;
    } catch (error) {
      expect(error, `death after ${limit} changes`).toBeInstanceOf(PowerCut);
    }
    deaths += 1;
    // The lock names this process, which for once is not the one that died.
    rmSync(join(path, 'lock'), { force: true });
    goOn(path);
    expect(results(path), `death after ${limit} changes`).toEqual(expected);
  }
  expect(deaths).toBeGreaterThan(40);
});

test('one that dies again while it resumes is no worse off', () => {
  const folder = temporaryFolder();
  const expected = undisturbed(folder);
  for (let limit = 0, done = false; !done; limit++) {
    const path = join(folder, String(limit));
    try {
      start(path, dyingDisk(38, quickDisk));
    } catch (error) {
      expect(error).toBeInstanceOf(PowerCut);
    }
    rmSync(join(path, 'lock'), { force: true });
    try {
      goOn(path, dyingDisk(limit, quickDisk));
      done = true;
    } catch (error) {
      expect(error).toBeInstanceOf(PowerCut);
    }
    rmSync(join(path, 'lock'), { force: true });
    goOn(path);
    expect(results(path), `second death after ${limit} changes`).toEqual(expected);
  }
});

/** Metrics end with a whole line and begin as those of a whole run; all checkpoints are intact; nothing is half done. */
function expectWhole(path: string): void {
  if (!existsSync(path)) return;
  const files = readdirSync(path, { recursive: true }).map(String);
  expect(files.filter((name) => name.endsWith('.partial') || name === 'lock')).toEqual([]);
  const reader = new RunReader(path);
  expect(reader.done).toBe(false);
  for (const { step } of reader.checkpoints()) expect(reader.checkpoint(step).step).toBe(step);
  for (const files of reader.spectra()) expect(reader.spectrum(files)).toEqual(spectrumOf(files.step));
  for (const name of ['metrics.csv', 'timing.csv']) {
    expect(readFileSync(join(path, name), 'utf8')).toMatch(/^step,.*\n([\d.,a-z]+\n)*$/);
  }
  const { rows } = reader.metrics(['loss', 'accuracy']);
  expect(rows.map(({ step, split }) => [step, split])).toEqual(
    Array.from({ length: rows.length }, (_, i) => [i >> 1, i % 2 ? 'val' : 'train']),
  );
}

test('a disk with room for any number of bytes stops the run in a sentence; what it holds is whole and goes on', () => {
  const folder = temporaryFolder();
  const expected = undisturbed(folder);
  for (let room = 0, done = false; !done; room += 211) {
    const path = join(folder, String(room));
    try {
      start(path, fullDisk(room, quickDisk));
      done = true;
    } catch (error) {
      expect(error).toBeInstanceOf(RunError);
      expect((error as RunError).message).toMatch(
        /the disk is full .*; .*free some space and continue with --resume$/,
      );
      expectWhole(path);
      goOn(path);
    }
    expect(results(path), `room for ${room} bytes`).toEqual(expected);
  }
});

test('a disk that is really full stops the run in a sentence; what it holds is whole', (context) => {
  const mounted = join(temporaryFolder(), 'small');
  mkdirSync(mounted);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', mounted], { stdio: 'ignore' });
  } catch {
    context.skip('no permission to mount a small file system');
  }
  onTestFinished(() => {
    execFileSync('umount', ['-l', mounted]);
  });
  const path = join(mounted, 'run');
  // Checkpoints of 1.6 MB: the third does not fit.
  expect(() => start(path, nodeFileSystem, 400_000)).toThrow(
    /step-000004\.safetensors: the disk is full .*continue with --resume$/,
  );
  expectWhole(path);
  const reader = new RunReader(path);
  expect(reader.checkpoints().map(({ step }) => step)).toEqual([0, 2]);
  expect(reader.metrics().rows).toHaveLength(10);
  rmSync(reader.checkpoints()[0].path);
  const { run, checkpoint } = RunDirectory.resume(path, description);
  expect(checkpoint?.step).toBe(2);
  train(run, 3, 400_000);
  expect(new RunReader(path).done).toBe(true);
});
