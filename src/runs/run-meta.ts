/** meta.json: which computation a folder holds, and where, when and how it was made. */

import { join } from 'node:path';
import { writeAtomically } from './atomic-file.ts';
import { type FileSystem, nodeFileSystem } from './file-system.ts';
import { describeMachine, type MachineDescription, packageCommit } from './machine.ts';
import { explained, RunError } from './run-error.ts';
import { canonicalJson, runId } from './run-id.ts';

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

export function newSession(description: RunDescription, fromStep: number, started: Date): RunSession {
  return {
    from_step: fromStep,
    started: started.toISOString(),
    command: description.command,
    versions: description.versions,
    commit: packageCommit(),
    machine: describeMachine(),
    threads: description.threads,
  };
}

export function newMeta(description: RunDescription, started: Date): RunMeta {
  return {
    run_id: runId(description.config, description.numericVersion),
    numeric_version: description.numericVersion,
    ...newSession(description, 0, started),
    seeds: description.seeds,
    notices: [],
    resumed: [],
    config: JSON.parse(canonicalJson(description.config)),
  };
}

export function writeMeta(folder: string, meta: RunMeta, disk: FileSystem = nodeFileSystem): void {
  writeAtomically(join(folder, metaName), `${JSON.stringify(meta, null, 2)}\n`, disk);
}

/** @throws RunError when the file is missing or none that a run wrote. */
export function readMeta(folder: string, disk: FileSystem = nodeFileSystem): RunMeta {
  const path = join(folder, metaName);
  const bytes = explained('reading it', path, () => disk.read(path));
  try {
    const meta = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof meta.run_id === 'string' && typeof meta.numeric_version === 'string') {
      return { ...meta, notices: meta.notices ?? [], resumed: meta.resumed ?? [] };
    }
  } catch {
    // Not JSON, or not an object: the same sentence as for JSON without a run id.
  }
  throw new RunError(
    'damaged',
    `${path} does not describe a run`,
    'give another --run, or remove the folder',
  );
}
