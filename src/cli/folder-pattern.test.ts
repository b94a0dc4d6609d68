import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expandPattern } from './folder-pattern.ts';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'grokscope-pattern-'));
  for (const folder of ['runs/r1', 'runs/r1-2', 'runs/r10', 'runs/deep/r1', 'runs/.hidden', 'other/a+b']) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  writeFileSync(join(root, 'runs', 'r1.txt'), '');
});
afterAll(() => rmSync(root, { recursive: true }));

const found = (pattern: string) =>
  expandPattern(join(root, pattern)).map((path) => path.slice(root.length + 1));

test('a path without a pattern is itself, there or not', () => {
  expect(expandPattern('runs/none')).toEqual(['runs/none']);
});

test('* and ? stand within a name, for folders that are not hidden', () => {
  expect(found('runs/*')).toEqual(['runs/deep', 'runs/r1', 'runs/r1-2', 'runs/r10']);
  expect(found('runs/r1*')).toEqual(['runs/r1', 'runs/r1-2', 'runs/r10']);
  expect(found('runs/r1?')).toEqual(['runs/r10']);
  expect(found('*/r1')).toEqual(['runs/r1']);
  expect(found('other/a+*')).toEqual(['other/a+b']);
});

test('** stands for any folders, none included', () => {
  expect(found('**/r1')).toEqual(['runs/deep/r1', 'runs/r1']);
  expect(found('runs/**/r1')).toEqual(['runs/deep/r1', 'runs/r1']);
});

test('what is not there matches nothing', () => {
  expect(found('none/*')).toEqual([]);
  expect(found('runs/r1.*')).toEqual([]);
});

test('relative patterns give relative paths', () => {
  const before = process.cwd();
  process.chdir(root);
  try {
    expect(expandPattern('runs/r1*')).toEqual([
      join('runs', 'r1'),
      join('runs', 'r1-2'),
      join('runs', 'r10'),
    ]);
    expect(expandPattern('*')).toEqual(['other', 'runs']);
  } finally {
    process.chdir(before);
  }
});
