/** The folder checkpoints/: step-000500.safetensors and so on, and which of them a run can go on from. */

import { basename, dirname, join } from 'node:path';
import { removeQuietly, writeAtomically } from './atomic-file.ts';
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from './checkpoint.ts';
import { checkpointFileName, checkpointStep } from './checkpoint-format.ts';
import { type FileSystem, nodeFileSystem } from './file-system.ts';
import { explained, RunError } from './run-error.ts';
import { SafetensorsError } from './safetensors.ts';

/** A checkpoint by its file. */
export interface CheckpointFile {
  readonly step: number;
  readonly path: string;
}

export function checkpointPath(folder: string, step: number): string {
  return join(folder, checkpointFileName(step));
}

/** The checkpoints in a folder by ascending step, intact or not; none when there is no folder. */
export function listCheckpoints(folder: string, disk: FileSystem = nodeFileSystem): CheckpointFile[] {
  return explained('listing it', folder, () => {
    if (disk.kind(folder) === 'missing') return [];
    return disk
      .list(folder)
      .flatMap(({ name }) => {
        const step = checkpointStep(name);
        return step === undefined ? [] : [{ step, path: join(folder, name) }];
      })
      .sort((a, b) => a.step - b.step);
  });
}

/**
 * Writes the checkpoint of a step, whole or not at all, then removes the oldest beyond `keep` (default: none).
 * @returns its path
 * @throws RunError; the checkpoints written before stay as they are.
 */
export function writeCheckpoint(
  folder: string,
  checkpoint: Checkpoint,
  keep: number = Number.POSITIVE_INFINITY,
  disk: FileSystem = nodeFileSystem,
): string {
  const path = checkpointPath(folder, checkpoint.step);
  explained('making the folder', folder, () => disk.makeFolder(folder));
  writeAtomically(path, encodeCheckpoint(checkpoint), disk);
  if (Number.isFinite(keep)) {
    const older = listCheckpoints(folder, disk).filter(({ step }) => step < checkpoint.step);
    for (const { path: old } of older.slice(0, Math.max(0, older.length + 1 - keep))) {
      removeQuietly(old, disk);
    }
  }
  return path;
}

/** What is wrong with a checkpoint file, or its contents. */
function examine({ step, path }: CheckpointFile, disk: FileSystem): Checkpoint | string {
  const bytes = explained('reading it', path, () => disk.read(path));
  try {
    const checkpoint = decodeCheckpoint(bytes);
    return checkpoint.step === step ? checkpoint : `it holds step ${checkpoint.step}`;
  } catch (error) {
    if (error instanceof SafetensorsError) return error.message;
    throw error;
  }
}

/**
 * Reads and verifies one checkpoint.
 * @throws RunError naming the file, what is wrong with it, and the checkpoint before it as the way out.
 */
export function readCheckpoint(path: string, disk: FileSystem = nodeFileSystem): Checkpoint {
  const step = checkpointStep(basename(path));
  if (step === undefined) {
    throw new RunError('damaged', `${path} is not named as a checkpoint`, 'expected step-000500.safetensors');
  }
  const result = examine({ step, path }, disk);
  if (typeof result !== 'string') return result;
  const before = listCheckpoints(dirname(path), disk).filter((other) => other.step < step);
  const previous = before.at(-1);
  throw new RunError(
    'damaged',
    `${path} is damaged: ${result}`,
    previous === undefined
      ? 'there is no checkpoint before it, so train again with --overwrite'
      : `use the one before it, ${basename(previous.path)} (--resume does so by itself)`,
  );
}

/** The newest checkpoint that is intact, and what had to be passed over. */
export interface LatestCheckpoint {
  /** The newest intact one; undefined when the run has not written any. */
  readonly checkpoint: Checkpoint | undefined;
  /** One sentence for each newer one that could not be used. */
  readonly notices: readonly string[];
}

/**
 * The newest checkpoint that is intact and, if `runId` is given, belongs to that run.
 * @throws RunError when there are checkpoints but none can be used.
 */
export function latestCheckpoint(
  folder: string,
  runId?: string,
  disk: FileSystem = nodeFileSystem,
): LatestCheckpoint {
  const files = listCheckpoints(folder, disk).reverse();
  const reasons: string[] = [];
  for (const file of files) {
    const result = examine(file, disk);
    if (typeof result !== 'string' && (runId === undefined || result.runId === runId)) {
      const instead = `${basename(file.path)} is used instead`;
      return { checkpoint: result, notices: reasons.map((reason) => `${reason}; ${instead}`) };
    }
    const reason = typeof result === 'string' ? `is damaged: ${result}` : 'belongs to another run';
    reasons.push(`${file.path} ${reason}`);
  }
  if (reasons.length > 0) {
    const others = reasons.length > 1 ? `, and none of the ${reasons.length - 1} before it can be used` : '';
    throw new RunError('damaged', reasons[0] + others, 'train again with --overwrite, or with another --run');
  }
  return { checkpoint: undefined, notices: [] };
}
