/** The folder of runs that the lab shows: which runs are in it, and the paths of their files, never one outside. */

import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { dataFileParts, listRuns, RunError, RunReader } from '../../runs/index.ts';
import { partsOf, pathInside, quote } from './path-inside.ts';
import { outlineOf, stateOf } from './run-outline.ts';
import { servedDisk } from './served-disk.ts';
import type { RunOutline, RunsListed } from './served-runs.ts';

/** More would make a list that nobody reads, and a request that takes seconds. */
const most = 1000;

/** One folder of runs, read anew at each question. */
export class RunsFolder {
  readonly folder: string;
  readonly #isAwaited: boolean;
  readonly #outlines = new Map<string, { key: string; outline: RunOutline }>();

  /** @param isAwaited whether it need not be there yet, because nobody named it: it is as good as empty then */
  constructor(folder: string, { isAwaited = false }: { isAwaited?: boolean } = {}) {
    this.folder = folder;
    this.#isAwaited = isAwaited;
  }

  /** The runs; a folder that cannot be read gives none, and the reason. */
  list(): RunsListed {
    const notices: string[] = [];
    try {
      const { names, cut } = listRuns(this.folder, most);
      if (cut) notices.push(`only the first ${most} runs of ${this.folder} are shown`);
      const runs = names.flatMap((name) => {
        try {
          return [this.#outline(name)];
        } catch (error) {
          notices.push(sentenceOf(error));
          return [];
        }
      });
      return { folder: this.folder, runs, notices };
    } catch (error) {
      const isToCome = this.#isAwaited && error instanceof RunError && error.code === 'missing';
      return { folder: this.folder, runs: [], notices: isToCome ? [] : [sentenceOf(error)] };
    }
  }

  /** @throws RunError when there is no run of that name, or it cannot be read */
  run(name: string): RunReader {
    const parts = partsOf(name, 'run');
    const folder = pathInside(this.folder, parts, 'run');
    pathInside(this.folder, [...parts, 'meta.json'], 'run');
    return new RunReader(folder, servedDisk);
  }

  /** Whether there is a run of that name. */
  has(name: string): boolean {
    try {
      pathInside(this.folder, [...partsOf(name, 'run'), 'meta.json'], 'run');
      return true;
    } catch {
      return false;
    }
  }

  /**
   * The path of a file of a run that holds its data.
   * @throws RunError when no run has files of that name, or it is not there, or a link stands in the way
   */
  file(run: string, name: string): string {
    const parts = dataFileParts(name);
    if (parts === undefined) {
      throw new RunError(
        'missing',
        `a run has no data in a file ${quote(name)}`,
        'name one that a run writes',
      );
    }
    return pathInside(this.folder, [...partsOf(run, 'run'), ...parts], 'file');
  }

  /** Why a file of a run is not there, in a sentence; undefined where it is. */
  absence(run: string, name: string): string | undefined {
    try {
      this.file(run, name);
      return undefined;
    } catch (error) {
      return sentenceOf(error);
    }
  }

  /** Rows are counted anew only when their file changed, or it is another run. */
  #outline(name: string): RunOutline {
    const run = this.run(name);
    const known = this.#outlines.get(name);
    const key = `${run.meta.run_id} ${stateOf(run)} ${standOfMetrics(run)}`;
    if (known?.key === key) return known.outline;
    const outline = outlineOf(name, run);
    this.#outlines.set(name, { key, outline });
    return outline;
  }
}

/** Looked at, not read: there may be a thousand, and each is asked for again every few seconds. */
function standOfMetrics({ path, done }: RunReader): string {
  const stats = done ? undefined : lstatSync(join(path, 'metrics.csv'), { throwIfNoEntry: false });
  return stats === undefined ? '' : `${stats.size} ${stats.mtimeMs}`;
}

export function sentenceOf(error: unknown): string {
  if (error instanceof RunError) return error.message;
  return `the folder could not be read: ${error instanceof Error ? error.message : String(error)}`;
}
