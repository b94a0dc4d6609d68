/** results.json on the disk: read with every doubt said in one sentence, written whole or not at all, a run a line. */

import { dirname, join } from 'node:path';
import { type FileSystem, nodeFileSystem, RunError, writeAtomically } from '../runs/index.ts';
import { explained } from '../runs/run-error.ts';
import type { TrialResults } from './results.ts';

export function resultsPath(folder: string): string {
  return join(folder, 'results.json');
}

/**
 * The results in a folder; undefined where there are none.
 * @throws RunError for a file that is damaged or of another version
 */
export function readResults(folder: string, disk: FileSystem = nodeFileSystem): TrialResults | undefined {
  const path = resultsPath(folder);
  const kind = explained('looking at it', path, () => disk.kind(path));
  if (kind === 'missing') return undefined;
  const bytes = explained('reading it', path, () => disk.read(path));
  return parseResults(new TextDecoder().decode(bytes), path);
}

/**
 * The results that a text holds.
 * @throws RunError that names the file
 */
export function parseResults(text: string, path: string): TrialResults {
  const remedy = 'name another folder with --out, or remove the file and run the trial again';
  let found: Partial<TrialResults> | null;
  try {
    found = JSON.parse(text);
  } catch {
    throw new RunError('damaged', `${path} is not JSON`, remedy);
  }
  if (typeof found !== 'object' || found === null || !('format' in found))
    throw new RunError('damaged', `${path} does not hold the results of a trial`, remedy);
  if (found.format !== 1)
    throw new RunError(
      'damaged',
      `${path} has format ${JSON.stringify(found.format)}, and this version reads format 1`,
      remedy,
    );
  const { trial, registered, runs, machines } = found;
  const isWhole =
    typeof trial === 'string' &&
    typeof registered?.hash === 'string' &&
    typeof registered.plan === 'object' &&
    Array.isArray(runs) &&
    Array.isArray(machines);
  if (!isWhole) throw new RunError('damaged', `${path} lacks part of the results of a trial`, remedy);
  return found as TrialResults;
}

/**
 * Writes the results, making their folder.
 * @throws RunError; the file that was there stays whole
 */
export function writeResults(folder: string, results: TrialResults, disk: FileSystem = nodeFileSystem): void {
  explained('making the folder', folder, () => disk.makeFolder(folder));
  writeAtomically(resultsPath(folder), resultsText(results), disk);
}

/** A run a line, so that a difference between two versions of the file shows runs. */
export function resultsText({ runs, ...head }: TrialResults): string {
  const lines = runs.map((run) => `    ${JSON.stringify(run)}`).join(',\n');
  const list = runs.length === 0 ? '[]' : `[\n${lines}\n  ]`;
  return `${JSON.stringify(head, null, 2).replace(/\n}$/, '')},\n  "runs": ${list}\n}\n`;
}

/** Where the results of a trial are committed: beside its file. */
export function resultsFolder(file: string, name: string): string {
  return join(dirname(file), 'results', name);
}
