/**
 * The folder spectral/: for each snapshot the power spectrum of the logits as spectrum-step000500.npy, which NumPy reads
 * as it is, and what was measured per output dimension as per-dim-step000500.csv.
 */

import { join } from 'node:path';
import type { DimensionSpectrum, SpectralSnapshot } from '../measures/spectral-snapshot.ts';
import { writeAtomically } from './atomic-file.ts';
import { formatNumber, parseNumber, splitCells, splitLines } from './csv.ts';
import { type FileSystem, nodeFileSystem } from './file-system.ts';
import { decodeNpy, encodeNpy, NpyError } from './npy.ts';
import { explained, RunError } from './run-error.ts';

/** A snapshot by its files. */
export interface SpectralFiles {
  readonly step: number;
  readonly spectrum: string;
  readonly dimensions: string;
}

const fileName = /^(?:spectrum-step(\d{6,})\.npy|per-dim-step(\d{6,})\.csv)$/;
const header = 'class,low_frac,energy,power';

/** Whether a file of this folder is one that a run writes. */
export function isSpectralFile(name: string): boolean {
  return fileName.test(name);
}

function filesOf(folder: string, step: number): SpectralFiles {
  const digits = String(step).padStart(6, '0');
  return {
    step,
    spectrum: join(folder, `spectrum-step${digits}.npy`),
    dimensions: join(folder, `per-dim-step${digits}.csv`),
  };
}

function stepsOf(folder: string, disk: FileSystem): { name: string; step: number; isSpectrum: boolean }[] {
  if (disk.kind(folder) === 'missing') return [];
  return disk.list(folder).flatMap(({ name }) => {
    const match = fileName.exec(name);
    if (match === null) return [];
    return [{ name, step: Number(match[1] ?? match[2]), isSpectrum: match[1] !== undefined }];
  });
}

/** The snapshots in a folder by ascending step; none when there is no folder. One is there when its spectrum is. */
export function listSpectra(folder: string, disk: FileSystem = nodeFileSystem): SpectralFiles[] {
  return explained('listing it', folder, () =>
    stepsOf(folder, disk)
      .filter(({ isSpectrum }) => isSpectrum)
      .map(({ step }) => filesOf(folder, step))
      .sort((a, b) => a.step - b.step),
  );
}

/**
 * Writes a snapshot, each file whole or not at all, the spectrum last.
 * @throws RunError; the snapshots written before stay as they are.
 */
export function writeSpectrum(
  folder: string,
  { step, shape, power, dimensions }: SpectralSnapshot,
  disk: FileSystem = nodeFileSystem,
): SpectralFiles {
  const files = filesOf(folder, step);
  const lines = dimensions.map((row) =>
    [row.dimension, row.low_frac, row.energy, row.power].map(formatNumber).join(','),
  );
  explained('making the folder', folder, () => disk.makeFolder(folder));
  writeAtomically(files.dimensions, `${[header, ...lines].join('\n')}\n`, disk);
  writeAtomically(files.spectrum, encodeNpy({ dtype: 'f64', shape, data: power }), disk);
  return files;
}

/**
 * Reads a snapshot back. A spectrum without a table of dimensions has none.
 * @throws RunError naming the file and what is wrong with it
 */
export function readSpectrum(files: SpectralFiles, disk: FileSystem = nodeFileSystem): SpectralSnapshot {
  const { step, spectrum, dimensions } = files;
  const { shape, power } = readPower(spectrum, disk);
  if (explained('looking at it', dimensions, () => disk.kind(dimensions)) === 'missing') {
    return { step, shape, power, dimensions: [] };
  }
  const text = new TextDecoder().decode(explained('reading it', dimensions, () => disk.read(dimensions)));
  return { step, shape, power, dimensions: readDimensions(text, dimensions) };
}

function readPower(path: string, disk: FileSystem): Pick<SpectralSnapshot, 'shape' | 'power'> {
  const bytes = explained('reading it', path, () => disk.read(path));
  try {
    const { shape, data } = decodeNpy(bytes);
    return { shape, power: Float64Array.from(data) };
  } catch (error) {
    if (!(error instanceof NpyError)) throw error;
    throw damaged(`${path} is damaged: ${error.message}`, error);
  }
}

function readDimensions(text: string, path: string): DimensionSpectrum[] {
  const { lines, tail } = splitLines(text);
  if (lines[0] !== header)
    throw damaged(`${path}:1: the header is '${lines[0] ?? tail}', expected ${header}`);
  if (tail !== '') throw damaged(`${path}:${lines.length + 1}: the last line is torn`);
  return lines.slice(1).map((line, index) => {
    const cells = splitCells(line).map(parseNumber);
    const [dimension, low_frac, energy, power] = cells;
    if (
      cells.length !== 4 ||
      dimension === undefined ||
      low_frac === undefined ||
      energy === undefined ||
      power === undefined
    ) {
      throw damaged(`${path}:${index + 2}: expected four numbers, ${header}, got '${line}'`);
    }
    return { dimension, low_frac, energy, power };
  });
}

function damaged(problem: string, cause?: Error): RunError {
  return new RunError('damaged', problem, 'remove that file; the run itself does not need it', { cause });
}

/** Removes the snapshots of later steps, which a run resumed after `step` will write again. */
export function removeSpectraAfter(folder: string, step: number, disk: FileSystem = nodeFileSystem): void {
  explained('removing later snapshots', folder, () => {
    for (const { name, step: found } of stepsOf(folder, disk)) {
      if (found > step) disk.remove(join(folder, name));
    }
  });
}
