import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fullDisk } from '../../test/disks/faulty-disk.ts';
import { temporaryFolder } from '../../test/disks/temporary-folder.ts';
import { nodeFileSystem } from './file-system.ts';
import { RunLock, thisProcess } from './run-lock.ts';

const here = thisProcess();

function folderLockedBy(holder: object): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'lock'), JSON.stringify(holder));
  return folder;
}

function deadProcess(): number {
  return spawnSync(process.execPath, ['-e', '']).pid;
}

test('a held lock is refused, with the process that holds it and the ways out, until it is given back', () => {
  const folder = temporaryFolder();
  const lock = RunLock.take(folder);
  expect(() => RunLock.take(folder)).toThrow(
    new RegExp(
      `being written by process ${process.pid} .*; wait for it or give another --run; .* remove that file`,
    ),
  );
  lock.release();
  RunLock.take(folder).release();
  expect(readdirSync(folder)).toEqual([]);
});

test('the lock of a process that died is taken over', () => {
  const folder = folderLockedBy({ ...here, pid: deadProcess() });
  RunLock.take(folder);
  expect(JSON.parse(readFileSync(join(folder, 'lock'), 'utf8'))).toEqual(here);
  expect(readdirSync(folder)).toEqual(['lock']);
});

test.skipIf(here.started === '')('so is one of a dead process whose number another has now', () => {
  RunLock.take(folderLockedBy({ ...here, started: '1' }));
});

test('so is one that was never written to its end', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'lock'), '{"pid": 1');
  RunLock.take(folder);
});

test('whether a process on another machine lives cannot be known', () => {
  const folder = folderLockedBy({ ...here, pid: deadProcess(), host: 'elsewhere' });
  expect(() => RunLock.take(folder)).toThrow(/process \d+ on elsewhere/);
});

test('a lock that changed hands while it was looked at is left alone', () => {
  const stale = JSON.stringify({ ...here, pid: deadProcess() });
  const folder = temporaryFolder();
  const path = join(folder, 'lock');
  writeFileSync(path, stale);
  const quicker = {
    ...nodeFileSystem,
    rename(from: string, to: string) {
      if (from === path) writeFileSync(path, JSON.stringify(here));
      nodeFileSystem.rename(from, to);
    },
  };
  expect(() => RunLock.take(folder, quicker)).toThrow(/being written by process/);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(here);
});

test('a disk with no room for a lock is left without one', () => {
  const folder = temporaryFolder();
  expect(() => RunLock.take(folder, fullDisk(5))).toThrow(/the disk is full/);
  expect(existsSync(join(folder, 'lock'))).toBe(false);
});
