/** The file `lock`: two processes never write the same run, and the lock of one that died is taken over. */

import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { removeQuietly } from './atomic-file.ts';
import { type FileSystem, nodeFileSystem, writeAll } from './file-system.ts';
import { explained, RunError } from './run-error.ts';

export const lockName = 'lock';

/** A process, told apart from a later one with the same number by when it started (Linux; '' elsewhere). */
export interface LockHolder {
  readonly pid: number;
  readonly host: string;
  readonly started: string;
}

/** The fields of /proc/<pid>/stat from the third on, see proc(5); none where there is no such file. */
function statOf(pid: number): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The second field, the command's name, may itself hold spaces and brackets.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}

/** Clock ticks from the machine's start to the process's: field 22. */
function startOf(pid: number): string {
  return statOf(pid)[19] ?? '';
}

function isAlive({ pid, started }: LockHolder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, but is someone else's.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  // A process that has ended keeps its number until its parent asks for it, which in a container may be never.
  if (statOf(pid)[0] === 'Z') return false;
  return started === '' || startOf(pid) === started;
}

export function thisProcess(): LockHolder {
  return { pid: process.pid, host: hostname(), started: startOf(process.pid) };
}

/** The holder a lock file names; undefined when its writer died before it was whole. */
function parseHolder(bytes: Uint8Array): LockHolder | undefined {
  try {
    const { pid, host, started } = JSON.parse(new TextDecoder().decode(bytes));
    const valid =
      Number.isSafeInteger(pid) && pid > 0 && typeof host === 'string' && typeof started === 'string';
    return valid ? { pid, host, started } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a living process, as far as can be seen from here, holds the lock of a folder. */
export function isLocked(folder: string, disk: FileSystem = nodeFileSystem): boolean {
  const path = join(folder, lockName);
  return explained('looking at the lock', path, () => {
    if (disk.kind(path) === 'missing') return false;
    const holder = parseHolder(disk.read(path));
    return holder !== undefined && (holder.host !== hostname() || isAlive(holder));
  });
}

function refusal(path: string, { pid, host }: LockHolder, here: string): RunError {
  const where = host === here ? '' : ` on ${host}`;
  return new RunError(
    'locked',
    `the run is being written by process ${pid}${where} (${path})`,
    'wait for it or give another --run; if that process is no longer there, remove that file',
  );
}

/** Milliseconds a lock may stay empty between being made and being written, before its writer counts as dead. */
const writingTime = 200;

function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

function removeStale(path: string, disk: FileSystem, here: LockHolder): void {
  let found = parseHolder(disk.read(path));
  if (found === undefined) {
    pause(writingTime);
    found = parseHolder(disk.read(path));
  }
  if (found !== undefined && (found.host !== here.host || isAlive(found))) {
    throw refusal(path, found, here.host);
  }
  // Moved away and looked at again, lest it be the new lock of a process that found the stale one a moment earlier.
  const aside = `${path}.stale-${here.pid}`;
  disk.rename(path, aside);
  const moved = parseHolder(disk.read(aside));
  if (moved !== undefined && JSON.stringify(moved) !== JSON.stringify(found)) {
    disk.rename(aside, path);
    throw refusal(path, moved, here.host);
  }
  disk.remove(aside);
}

function claim(path: string, disk: FileSystem, here: LockHolder): number {
  try {
    if (disk.kind(path) !== 'missing') removeStale(path, disk, here);
    return disk.open(path, 'claim');
  } catch (error) {
    // Between one look and the next the lock came or went.
    if (
      !(error instanceof Error && 'code' in error && (error.code === 'EEXIST' || error.code === 'ENOENT'))
    ) {
      throw error;
    }
    throw new RunError('locked', `another process is just opening the run (${path})`, 'try again');
  }
}

export class RunLock {
  readonly path: string;
  readonly #disk: FileSystem;

  private constructor(path: string, disk: FileSystem) {
    this.path = path;
    this.#disk = disk;
  }

  /**
   * Takes the lock of a run's folder.
   * @throws RunError when another process holds it, and what can be done if that is no longer so.
   */
  static take(
    folder: string,
    disk: FileSystem = nodeFileSystem,
    holder: LockHolder = thisProcess(),
  ): RunLock {
    const path = join(folder, lockName);
    return explained('locking the run', path, () => {
      const handle = claim(path, disk, holder);
      try {
        writeAll(disk, handle, new TextEncoder().encode(`${JSON.stringify(holder)}\n`), 0);
      } catch (error) {
        removeQuietly(path, disk);
        throw error;
      } finally {
        disk.close(handle);
      }
      return new RunLock(path, disk);
    });
  }

  release(): void {
    removeQuietly(this.path, this.#disk);
  }
}
