/** The few operations a run needs of a disk, as an interface, so that tests can fill, break or stop one. */

import * as fs from 'node:fs';

/** edit: read and write, created when missing · replace: emptied first · claim: must not exist yet. */
export type OpenMode = 'edit' | 'replace' | 'claim';
export type EntryKind = 'file' | 'folder' | 'other' | 'missing';

/** Errors are those of node:fs, with a `code` such as ENOSPC. All operations are synchronous. */
export interface FileSystem {
  open(path: string, mode: OpenMode): number;
  /** Writes at a byte position and returns how many bytes were taken: fewer than asked when the disk fills. */
  write(handle: number, bytes: Uint8Array, position: number): number;
  truncate(handle: number, length: number): void;
  /** Returns once the bytes of the file are on the disk. */
  sync(handle: number): void;
  close(handle: number): void;
  read(path: string): Uint8Array;
  rename(from: string, to: string): void;
  remove(path: string): void;
  makeFolder(path: string): void;
  /** Removes a folder, which must be empty. */
  removeFolder(path: string): void;
  /** Returns once the names in a folder are on the disk, where the system can do that. */
  syncFolder(path: string): void;
  list(path: string): { name: string; kind: EntryKind }[];
  /** What stands at the path; links are followed. */
  kind(path: string): EntryKind;
}

const openFlags = {
  edit: fs.constants.O_RDWR | fs.constants.O_CREAT,
  replace: 'w',
  claim: 'wx',
} as const;

function kindOf(entry: fs.Dirent | fs.Stats): EntryKind {
  return entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : 'other';
}

/** The disk, through node:fs. */
export const nodeFileSystem: FileSystem = {
  open: (path, mode) => fs.openSync(path, openFlags[mode]),
  write: (handle, bytes, position) => fs.writeSync(handle, bytes, 0, bytes.length, position),
  truncate: (handle, length) => fs.ftruncateSync(handle, length),
  sync: (handle) => fs.fsyncSync(handle),
  close: (handle) => fs.closeSync(handle),
  read: (path) => fs.readFileSync(path),
  rename: (from, to) => fs.renameSync(from, to),
  remove: (path) => fs.unlinkSync(path),
  makeFolder: (path) => {
    fs.mkdirSync(path, { recursive: true });
  },
  removeFolder: (path) => fs.rmdirSync(path),
  syncFolder: (path) => {
    // Windows has no such operation; there a rename is as durable as the system makes it.
    if (process.platform === 'win32') return;
    const handle = fs.openSync(path, 'r');
    try {
      fs.fsyncSync(handle);
    } finally {
      fs.closeSync(handle);
    }
  },
  list: (path) =>
    fs.readdirSync(path, { withFileTypes: true }).map((entry) => ({ name: entry.name, kind: kindOf(entry) })),
  kind: (path) => {
    const stats = fs.statSync(path, { throwIfNoEntry: false });
    return stats === undefined ? 'missing' : kindOf(stats);
  },
};

/** Writes all bytes from `position` on, in one write unless the disk takes fewer at a time. */
export function writeAll(disk: FileSystem, handle: number, bytes: Uint8Array, position: number): void {
  let done = 0;
  while (done < bytes.length) {
    const taken = disk.write(handle, bytes.subarray(done), position + done);
    if (taken === 0) throw Object.assign(new Error('the disk takes no more bytes'), { code: 'ENOSPC' });
    done += taken;
  }
}
