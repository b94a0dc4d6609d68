/** meta.json: which computation a folder holds, and where, when and how it was made. Needs nothing of Node. */

import { canonicalJson } from '../config/canonical-json.ts';
import type { MachineDescription } from './machine-description.ts';
import { jsonText } from './recorded-summary.ts';

/** What the caller knows of a run that is to be written. */
export interface RunDescription {
  /** The canonical resolved configuration: equal for equal computations. */
  readonly config: object;
  /** The same for people, with comments: config.yaml. */
  readonly configText: string;
  /** The version of the engine's arithmetic; another one gives other bits. */
  readonly numericVersion: string;
  readonly command: readonly string[];
  /** Versions worth knowing by name, such as { grokscope: '0.1.0' }. */
  readonly versions: Readonly<Record<string, string>>;
  readonly seeds: Readonly<Record<string, number>>;
  readonly threads: number;
}

/** One process that wrote to the run. */
export interface RunSession {
  /** Training steps the run had done when the process began. */
  readonly from_step: number;
  /** ISO 8601, UTC. */
  readonly started: string;
  readonly command: readonly string[];
  readonly versions: Readonly<Record<string, string>>;
  readonly commit: string | null;
  readonly machine: MachineDescription;
  readonly threads: number;
}

/** The fields of the first session stand at the top level. */
export interface RunMeta extends RunSession {
  readonly run_id: string;
  readonly numeric_version: string;
  readonly seeds: Readonly<Record<string, number>>;
  readonly notices: readonly string[];
  readonly resumed: readonly RunSession[];
  /** The canonical configuration whose hash is in run_id. */
  readonly config: unknown;
}

export const metaName = 'meta.json';

/** Where a process runs, and from which commit of the package. */
export interface RunPlace {
  readonly commit: string | null;
  readonly machine: MachineDescription;
}

/** The entry of a process that begins to write at `fromStep`. */
export function sessionOf(
  { command, versions, threads }: RunDescription,
  { commit, machine }: RunPlace,
  fromStep: number,
  started: Date,
): RunSession {
  return { from_step: fromStep, started: started.toISOString(), command, versions, commit, machine, threads };
}

/** @param id of the computation: run-id.ts, or in a page the same by its own hash */
export function metaOf(description: RunDescription, id: string, place: RunPlace, started: Date): RunMeta {
  return {
    run_id: id,
    numeric_version: description.numericVersion,
    ...sessionOf(description, place, 0, started),
    seeds: description.seeds,
    notices: [],
    resumed: [],
    config: JSON.parse(canonicalJson(description.config)),
  };
}

export function metaText(meta: RunMeta): string {
  return jsonText(meta);
}

/** What stands in DONE, the last file of a run. */
export function doneText({ run_id }: Pick<RunMeta, 'run_id'>): string {
  return `${run_id}\n`;
}
