/** The folder of runs that the lab shows: which runs are in it, and the paths of their files, never one outside. */

import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { dataFileParts, listRuns, RunError, RunReader } from '../../runs/index.ts';
import { outlineOf, stateOf } from './run-outline.ts';
import type { RunOutline, RunsListed } from './served-runs.ts';

/** More would make a list that nobody reads, and a request that takes seconds. */
const most = 1000;

/** One folder of runs, read anew at each question. */
export class RunsFolder {
  readonly folder: string;
  readonly #outlines = new Map<string, { key: string; outline: RunOutline }>();

  constructor(folder: string) {
    this.folder = folder;
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
      return { folder: this.folder, runs: [], notices: [sentenceOf(error)] };
    }
  }

  /** @throws RunError when there is no run of that name, or it cannot be read */
  run(name: string): RunReader {
    const parts = partsOf(name);
    const folder = this.#inside(parts, name);
    this.#inside([...parts, 'meta.json'], `${name}/meta.json`);
    return new RunReader(folder);
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
    return this.#inside([...partsOf(run), ...parts], `${run}/${name}`);
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

  /**
   * Every part of the path is a real file or folder: a link, to wherever it leads, makes the true path another one.
   * @throws RunError when nothing stands there, or a link is on the way
   */
  #inside(parts: readonly string[], name: string): string {
    const root = realPath(this.folder);
    const wanted = root === undefined ? undefined : join(root, ...parts);
    const found = wanted === undefined ? undefined : realPath(wanted);
    if (wanted === undefined || found === undefined) {
      throw new RunError(
        'missing',
        `${quote(name)} is not in ${this.folder}`,
        'look at the list of runs again',
      );
    }
    if (found !== wanted) {
      throw new RunError('missing', `${quote(name)} is behind a link, which is not followed`, 'copy it here');
    }
    return wanted;
  }

  /** Rows are counted anew only when there are more of them, or it is another run. */
  #outline(name: string): RunOutline {
    const run = this.run(name);
    const known = this.#outlines.get(name);
    const key = `${run.meta.run_id} ${stateOf(run)} ${endOfMetrics(run)}`;
    if (known?.key === key) return known.outline;
    const outline = outlineOf(name, run);
    this.#outlines.set(name, { key, outline });
    return outline;
  }
}

function endOfMetrics(run: RunReader): number {
  try {
    return run.done ? 0 : run.metricsAfter().end;
  } catch {
    return -1;
  }
}

/**
 * The parts of a run's name. What could be read as something else by some system is no name: `..`, a drive, a backslash.
 * @throws RunError
 */
function partsOf(name: string): string[] {
  const parts = name.split('/');
  const isForbidden = (character: string) => character < ' ' || character === '\\' || character === ':';
  if (parts.some((part) => part === '' || part.startsWith('.') || [...part].some(isForbidden))) {
    throw new RunError(
      'missing',
      `${quote(name)} cannot be the name of a run`,
      'look at the list of runs again',
    );
  }
  return parts;
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function quote(name: string): string {
  return JSON.stringify(name.length > 100 ? `${name.slice(0, 100)}…` : name);
}

export function sentenceOf(error: unknown): string {
  if (error instanceof RunError) return error.message;
  return `the folder could not be read: ${error instanceof Error ? error.message : String(error)}`;
}
