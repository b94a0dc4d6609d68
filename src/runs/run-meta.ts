/** meta.json on the disk of this machine. */

import { join } from 'node:path';
import { writeAtomically } from './atomic-file.ts';
import { type FileSystem, nodeFileSystem } from './file-system.ts';
import { describeMachine, packageCommit } from './machine.ts';
import {
  metaName,
  metaOf,
  metaText,
  type RunDescription,
  type RunMeta,
  type RunSession,
  sessionOf,
} from './meta-format.ts';
import { explained, RunError } from './run-error.ts';
import { runId } from './run-id.ts';

export { metaName, type RunDescription, type RunMeta, type RunSession } from './meta-format.ts';

const here = () => ({ commit: packageCommit(), machine: describeMachine() });

export function newSession(description: RunDescription, fromStep: number, started: Date): RunSession {
  return sessionOf(description, here(), fromStep, started);
}

export function newMeta(description: RunDescription, started: Date): RunMeta {
  return metaOf(description, runId(description.config, description.numericVersion), here(), started);
}

export function writeMeta(folder: string, meta: RunMeta, disk: FileSystem = nodeFileSystem): void {
  writeAtomically(join(folder, metaName), metaText(meta), disk);
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
