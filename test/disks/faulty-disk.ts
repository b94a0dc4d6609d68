/** Disks that fill, refuse, or lose power at a chosen moment, over the real one. */

import { type FileSystem, nodeFileSystem } from '../../src/runs/file-system.ts';

export function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: injected`), { code });
}

/** Takes `room` bytes more, a last write only in part, as POSIX disks do; then every write fails with ENOSPC. */
export function fullDisk(room: number, base: FileSystem = nodeFileSystem): FileSystem {
  let left = room;
  return {
    ...base,
    write(handle, bytes, position) {
      if (left === 0 && bytes.length > 0) throw systemError('ENOSPC');
      const taken = base.write(handle, bytes.subarray(0, left), position);
      left -= taken;
      return taken;
    },
  };
}

/** Fails every change with one error code, such as EROFS. */
export function refusingDisk(code: string, base: FileSystem = nodeFileSystem): FileSystem {
  const refuse = () => {
    throw systemError(code);
  };
  return {
    ...base,
    open: refuse,
    write: refuse,
    truncate: refuse,
    rename: refuse,
    remove: refuse,
    makeFolder: refuse,
  };
}

/** The process is gone: nothing it does any more reaches the disk. */
export class PowerCut extends Error {}

/**
 * Lets `changes` changes through; the next one does not happen, or for a write only by half, and nothing does from
 * then on. `changes()` tells how many there were.
 */
export function dyingDisk(
  limit: number,
  base: FileSystem = nodeFileSystem,
): FileSystem & { changes(): number } {
  let count = 0;
  const change = (act: () => void, last: () => void = () => {}) => {
    if (count > limit) throw new PowerCut();
    count += 1;
    if (count > limit) {
      last();
      throw new PowerCut();
    }
    act();
  };
  return {
    ...base,
    changes: () => count,
    open(path, mode) {
      let handle = -1;
      change(() => {
        handle = base.open(path, mode);
      });
      return handle;
    },
    write(handle, bytes, position) {
      let taken = 0;
      const half = bytes.subarray(0, bytes.length >> 1);
      change(
        () => {
          taken = base.write(handle, bytes, position);
        },
        () => base.write(handle, half, position),
      );
      return taken;
    },
    truncate: (handle, length) => change(() => base.truncate(handle, length)),
    rename: (from, to) => change(() => base.rename(from, to)),
    remove: (path) => change(() => base.remove(path)),
    makeFolder: (path) => change(() => base.makeFolder(path)),
    removeFolder: (path) => change(() => base.removeFolder(path)),
  };
}
