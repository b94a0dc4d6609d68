import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../test/disks/temporary-folder.ts';
import { openOutputFolder } from './output-folder.ts';

const listOf = (folder: string) => JSON.parse(readFileSync(join(folder, 'theory.json'), 'utf8')).files;

test('a folder that is not there is made, and lists each file with its command', () => {
  const folder = join(temporaryFolder(), 'a', 'b');
  const output = openOutputFolder(folder, ['x.svg', 'x.csv'], 'grokscope theory toys');
  expect(output.write('x.svg', '<svg/>')).toBe(join(folder, 'x.svg'));
  expect(readFileSync(join(folder, 'x.svg'), 'utf8')).toBe('<svg/>');
  expect(Object.keys(listOf(folder))).toEqual(['x.csv', 'x.svg']);
  expect(listOf(folder)['x.csv'].command).toBe('grokscope theory toys');
});

test('a later command replaces files of an earlier one and leaves those it does not write', () => {
  const folder = temporaryFolder();
  const first = openOutputFolder(folder, ['x.svg', 'y.svg'], 'first');
  first.write('x.svg', 'old');
  first.write('y.svg', 'kept');
  openOutputFolder(folder, ['x.svg'], 'second').write('x.svg', 'new');
  expect(readdirSync(folder).sort()).toEqual(['theory.json', 'x.svg', 'y.svg']);
  expect(readFileSync(join(folder, 'x.svg'), 'utf8')).toBe('new');
  expect(listOf(folder)).toMatchObject({ 'x.svg': { command: 'second' }, 'y.svg': { command: 'first' } });
});

test('a file that no theory command wrote is not replaced, and nothing is written beside it', () => {
  const folder = temporaryFolder();
  openOutputFolder(folder, ['x.svg'], 'first');
  const before = readFileSync(join(folder, 'theory.json'), 'utf8');
  writeFileSync(join(folder, 'mine.csv'), 'by hand');
  expect(() => openOutputFolder(folder, ['new.svg', 'mine.csv'], 'second')).toThrow(
    `${join(folder, 'mine.csv')} was not written by a theory command; give another folder with --out`,
  );
  expect(readFileSync(join(folder, 'theory.json'), 'utf8')).toBe(before);
});

test('a folder of something else, and a file, are refused with what they hold', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'meta.json'), '{}');
  mkdirSync(join(folder, 'checkpoints'));
  expect(() => openOutputFolder(folder, ['x.svg'], 'c')).toThrow(
    `${folder} is not a folder of theory (no theory.json, but checkpoints, meta.json); give another folder with --out`,
  );
  const file = join(folder, 'meta.json');
  expect(() => openOutputFolder(file, ['x.svg'], 'c')).toThrow('is a file where a folder was expected');
  expect(existsSync(join(folder, 'theory.json'))).toBe(false);
});

test('a list that cannot be read is damaged, not overwritten', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'theory.json'), '{"files": ');
  expect(() => openOutputFolder(folder, ['x.svg'], 'c')).toThrow(/theory\.json is damaged/);
});
