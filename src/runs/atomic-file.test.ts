import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dyingDisk, fullDisk, PowerCut, refusingDisk } from '../../test/disks/faulty-disk.ts';
import { temporaryFolder } from '../../test/disks/temporary-folder.ts';
import { writeAtomically } from './atomic-file.ts';

test('the process may die at any moment: the file is the old one or the new one', () => {
  const path = join(temporaryFolder(), 'file');
  const seen = new Set<string>();
  for (let limit = 0; limit < 10; limit++) {
    writeFileSync(path, 'old');
    const disk = dyingDisk(limit);
    try {
      writeAtomically(path, 'new content', disk);
    } catch (error) {
      expect(error).toBeInstanceOf(PowerCut);
    }
    const found = readFileSync(path, 'utf8');
    expect(['old', 'new content']).toContain(found);
    seen.add(found);
  }
  expect(seen).toEqual(new Set(['old', 'new content']));
});

test('on a full disk the old file stays and nothing is left beside it', () => {
  const folder = temporaryFolder();
  const path = join(folder, 'file');
  writeFileSync(path, 'old');
  for (let room = 0; room < 3; room++) {
    expect(() => writeAtomically(path, 'new', fullDisk(room))).toThrow(`${path}: the disk is full`);
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['file']);
  }
});

test.each([
  ['EACCES', 'not-writable'],
  ['EROFS', 'not-writable'],
  ['EDQUOT', 'disk-full'],
  ['EIO', 'io'],
])('%s is one sentence with what to do', (errno, code) => {
  const path = join(temporaryFolder(), 'file');
  const attempt = () => writeAtomically(path, 'new', refusingDisk(errno));
  expect(attempt).toThrow(expect.objectContaining({ name: 'RunError', code }));
  expect(attempt).toThrow(/^[^\n;]+; [^\n;]+$/);
});

test('a folder in the place of the file is not harmed', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'file'));
  expect(() => writeAtomically(join(folder, 'file'), 'new')).toThrow(
    /a folder stands where a file was expected/,
  );
  expect(readdirSync(folder)).toEqual(['file']);
});
