/** Writing a file whole or not at all: beside it, onto the disk, then renamed over it. */

import { dirname } from 'node:path';
import { type FileSystem, nodeFileSystem, writeAll } from './file-system.ts';
import { explained } from './run-error.ts';

/** What a file is called until it is whole; a crash may leave one behind, which nothing ever reads. */
export const partialSuffix = '.partial';

/**
 * Puts `content` at `path`: a reader, or the next process after a crash at any moment, finds the old file or the
 * new one. The folder must exist. On failure the old file stays, the unfinished one is removed.
 * @throws RunError when the disk is full, not writable, or the path is a folder.
 */
export function writeAtomically(
  path: string,
  content: string | Uint8Array,
  disk: FileSystem = nodeFileSystem,
): void {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const partial = path + partialSuffix;
  explained(`writing ${bytes.length} bytes`, path, () => {
    try {
      const handle = disk.open(partial, 'replace');
      try {
        writeAll(disk, handle, bytes, 0);
        disk.sync(handle);
      } finally {
        disk.close(handle);
      }
      disk.rename(partial, path);
      disk.syncFolder(dirname(path));
    } catch (error) {
      removeQuietly(partial, disk);
      throw error;
    }
  });
}

/** Removes a file where that is possible, for cleaning up after another error that is the one to report. */
export function removeQuietly(path: string, disk: FileSystem): void {
  try {
    disk.remove(path);
  } catch {
    // Nothing was there, or the disk that failed a moment ago still fails.
  }
}
