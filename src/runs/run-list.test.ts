import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../test/disks/temporary-folder.ts';
import { nodeFileSystem } from './file-system.ts';
import { listRuns } from './run-list.ts';

function withRuns(...names: string[]): string {
  const folder = temporaryFolder();
  for (const name of names) {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, 'meta.json'), '{}');
  }
  return folder;
}

test('runs are found down to the depth of a trial, counted as people count', () => {
  const folder = withRuns(
    'r10',
    'r9',
    'trials/decay/arm-a/seed-001',
    'too/deep/by/one/folder',
    '.hidden',
    'r9/inner',
  );
  mkdirSync(join(folder, 'empty'));
  expect(listRuns(folder, 100)).toEqual({ names: ['r9', 'r10', 'trials/decay/arm-a/seed-001'], cut: false });
});

test('more runs than asked for are cut and said to be', () => {
  const folder = withRuns('a', 'b', 'c');
  expect(listRuns(folder, 2)).toEqual({ names: ['a', 'b'], cut: true });
  expect(listRuns(folder, 3)).toEqual({ names: ['a', 'b', 'c'], cut: false });
});

test('links are not followed, in a circle or elsewhere', () => {
  const elsewhere = withRuns('secret');
  const folder = withRuns('a');
  symlinkSync(folder, join(folder, 'circle'), 'junction');
  symlinkSync(join(elsewhere, 'secret'), join(folder, 'out'), 'junction');
  expect(listRuns(folder, 100).names).toEqual(['a']);
});

test('a folder that is missing or a file is refused in a sentence', () => {
  const folder = withRuns('a');
  expect(() => listRuns(join(folder, 'b'), 1)).toThrow(/b: there is no such file or folder; check the path/);
  expect(() => listRuns(join(folder, 'a', 'meta.json'), 1)).toThrow(
    /a file stands where a folder was expected/,
  );
});

test('a folder inside that may not be read counts as empty', () => {
  const folder = withRuns('a', 'closed/b');
  const list = (path: string) => {
    if (path === join(folder, 'closed')) throw Object.assign(new Error('permission'), { code: 'EACCES' });
    return nodeFileSystem.list(path);
  };
  expect(listRuns(folder, 100, { ...nodeFileSystem, list }).names).toEqual(['a']);
});
