import { mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fullDisk, refusingDisk } from '../../test/disks/faulty-disk.ts';
import { temporaryFolder } from '../../test/disks/temporary-folder.ts';
import type { SpectralSnapshot } from '../measures/spectral-snapshot.ts';
import { RunError } from './run-error.ts';
import { listSpectra, readSpectrum, removeSpectraAfter, writeSpectrum } from './spectral-folder.ts';

function at(step: number): SpectralSnapshot {
  return {
    step,
    shape: [2, 2],
    power: Float64Array.of(step, 0.1, 1e-300, 0),
    dimensions: [
      { dimension: 0, low_frac: 0.1, energy: 1.39, power: 1e20 },
      { dimension: 1, low_frac: Number.NaN, energy: 0, power: 0 },
    ],
  };
}

function folderWith(...steps: number[]): string {
  const folder = join(temporaryFolder(), 'spectral');
  for (const step of steps) writeSpectrum(folder, at(step));
  return folder;
}

test('snapshots are listed by step, also beyond six digits, and nothing else is', () => {
  const folder = folderWith(1_000_000, 500, 999_999);
  for (const name of ['spectrum-step000700.npy.partial', 'per-dim-step000600.csv', 'mine.npy']) {
    writeFileSync(join(folder, name), '');
  }
  expect(listSpectra(folder).map(({ spectrum }) => basename(spectrum))).toEqual([
    'spectrum-step000500.npy',
    'spectrum-step999999.npy',
    'spectrum-step1000000.npy',
  ]);
  expect(listSpectra('/nowhere/at/all')).toEqual([]);
});

test('what is read has the numbers that were written', () => {
  const number = fc.double();
  const dimension = fc.record({ dimension: fc.nat(), low_frac: number, energy: number, power: number });
  const folder = folderWith();
  fc.assert(
    fc.property(
      fc.nat(),
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }).chain((shape) => {
        const count = shape.reduce((a, b) => a * b, 1);
        return fc.tuple(fc.constant(shape), fc.array(number, { minLength: count, maxLength: count }));
      }),
      fc.array(dimension, { maxLength: 4 }),
      (step, [shape, power], dimensions) => {
        const snapshot = { step, shape, power: Float64Array.from(power), dimensions };
        expect(readSpectrum(writeSpectrum(folder, snapshot))).toEqual(snapshot);
      },
    ),
    { numRuns: 30 },
  );
});

test('the table of dimensions is a CSV with a header', () => {
  const { dimensions } = writeSpectrum(folderWith(), at(500));
  expect(basename(dimensions)).toBe('per-dim-step000500.csv');
  expect(readFileSync(dimensions, 'utf8')).toBe(
    'class,low_frac,energy,power\n0,0.1,1.39,100000000000000000000\n1,nan,0,0\n',
  );
});

test('later snapshots are removed, half of one too, and nothing else', () => {
  const folder = folderWith(100, 200, 300);
  rmSync(join(folder, 'spectrum-step000300.npy'));
  writeFileSync(join(folder, 'notes-step000300.csv'), 'mine');
  removeSpectraAfter(folder, 100);
  expect(readdirSync(folder).sort()).toEqual([
    'notes-step000300.csv',
    'per-dim-step000100.csv',
    'spectrum-step000100.npy',
  ]);
  removeSpectraAfter('/nowhere/at/all', 0);
});

test('a damaged file is named with what is wrong and the way out', () => {
  const folder = folderWith(100, 200);
  const [first, second] = listSpectra(folder);
  truncateSync(first.spectrum, 100);
  expect(() => readSpectrum(first)).toThrow(
    `${first.spectrum} is damaged: it is cut off: the header ends at byte 128 of 100; remove that file`,
  );
  const refusals: [string, RegExp][] = [
    ['class,power\n', /per-dim-step000200\.csv:1: the header is 'class,power', expected class,low_frac/],
    [
      'class,low_frac,energy,power\n0,1,x,3\n',
      /per-dim-step000200\.csv:2: expected four numbers, .* '0,1,x,3'/,
    ],
    ['class,low_frac,energy,power\n0,1,2', /per-dim-step000200\.csv:2: the last line is torn/],
    ['', /per-dim-step000200\.csv:1: the header is ''/],
  ];
  for (const [text, message] of refusals) {
    writeFileSync(second.dimensions, text);
    expect(() => readSpectrum(second)).toThrow(message);
  }
  rmSync(second.dimensions);
  expect(readSpectrum(second)).toEqual({ ...at(200), dimensions: [] });
});

test('a disk with room for any number of bytes keeps the snapshots before, and half of none', () => {
  for (let room = 0, done = false; !done; room += 7) {
    const folder = folderWith(100);
    try {
      writeSpectrum(folder, at(200), fullDisk(room));
      done = true;
    } catch (error) {
      expect(error).toBeInstanceOf(RunError);
      expect((error as RunError).message).toMatch(/step000200\.(csv|npy): the disk is full .*--resume$/);
      expect(listSpectra(folder).map((files) => readSpectrum(files))).toEqual([at(100)]);
      expect(readdirSync(folder).filter((name) => name.endsWith('.partial'))).toEqual([]);
    }
  }
});

test('a disk that refuses, or a file in the way, is a sentence', () => {
  const folder = join(temporaryFolder(), 'spectral');
  expect(() => writeSpectrum(folder, at(1), refusingDisk('EROFS'))).toThrow(/spectral: no permission/);
  writeFileSync(folder, 'mine');
  expect(() => writeSpectrum(folder, at(1))).toThrow(/a file stands where a folder was expected/);
  rmSync(folder);
  mkdirSync(join(folder, 'spectrum-step000001.npy'), { recursive: true });
  expect(() => writeSpectrum(folder, at(1))).toThrow(RunError);
});
