/** The disk as the lab's server reads runs from it: files of a bounded size, never through a link, never waiting for a pipe. */

import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { type FileSystem, nodeFileSystem } from '../../runs/file-system.ts';
import { RunError } from '../../runs/index.ts';
import { explained } from '../../runs/run-error.ts';

/** Through no link, and without waiting for whoever writes to a pipe. */
export const readOnly = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** A metrics.csv of a million rows has about a tenth of it. */
const MOST_BYTES = 512e6;

/** What it reads are files that stand there themselves; nothing else of it is used by readers of runs. */
export const servedDisk: FileSystem = { ...nodeFileSystem, read: (path) => readBytes(path, MOST_BYTES) };

/**
 * The bytes of a file.
 * @param most how many at most
 * @throws RunError where it is no file, larger, or cannot be read
 */
export function readBytes(path: string, most: number): Uint8Array {
  const handle = explained('opening it', path, () => openFile(path));
  try {
    const stats = fstatSync(handle);
    if (!stats.isFile())
      throw new RunError('damaged', `${path} is no file`, 'put the one that was written there');
    if (stats.size > most) {
      throw new RunError('damaged', `${path} has ${stats.size} bytes, more than ${most}`, 'make it again');
    }
    return explained('reading it', path, () => readFileSync(handle));
  } finally {
    closeSync(handle);
  }
}

function openFile(path: string): number {
  try {
    return openSync(path, readOnly);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ELOOP')) throw error;
    throw new RunError('missing', `${path} is a link, which is not followed`, 'copy it here', {
      cause: error,
    });
  }
}

/** The text of a file, under the same terms. */
export function readText(path: string, most: number): string {
  return new TextDecoder().decode(readBytes(path, most));
}
