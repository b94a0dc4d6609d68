/**
 * The folder analytic/: what the isolated dynamics of a run's task shows. metrics.csv and frequencies.csv hold the simulation,
 * verdict.json the four statements it is judged by, the SVGs its pictures.
 */

import { join } from 'node:path';
import { type AnalyticTable, analyticCsv } from './analytic-table.ts';
import { writeAtomically } from './atomic-file.ts';
import { type FileSystem, nodeFileSystem } from './file-system.ts';
import { explained } from './run-error.ts';

/** All that is written of an analytic test. */
export interface AnalyticResult {
  readonly metrics: AnalyticTable;
  /** Where tokens have frequencies. */
  readonly frequencies?: AnalyticTable;
  /** SVG by file name without its ending. */
  readonly figures: ReadonlyMap<string, string>;
  /** What verdict.json says. */
  readonly verdict: object;
}

const names = /^(?:(?:metrics|frequencies)\.csv|verdict\.json|(?:simulation|circles)\.svg)$/;

/** Whether a file of this folder is one that a run writes. */
export function isAnalyticFile(name: string): boolean {
  return names.test(name);
}

/**
 * Writes all of it, the verdict last: where it is there, so is the rest.
 * @param folder analytic/ of a run, made where it is missing
 * @throws RunError when the disk refuses
 */
export function writeAnalytic(
  folder: string,
  { metrics, frequencies, figures, verdict }: AnalyticResult,
  disk: FileSystem = nodeFileSystem,
): void {
  explained('making the folder', folder, () => disk.makeFolder(folder));
  const write = (name: string, content: string) => writeAtomically(join(folder, name), content, disk);
  write('metrics.csv', analyticCsv(metrics));
  if (frequencies !== undefined) write('frequencies.csv', analyticCsv(frequencies));
  for (const [name, svg] of figures) write(`${name}.svg`, svg);
  write('verdict.json', `${JSON.stringify(verdict, null, 2)}\n`);
}
