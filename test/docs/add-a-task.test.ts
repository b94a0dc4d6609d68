import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { root } from '../../scripts/run.mjs';
import type * as Library from '../../src/index.ts';
import { type CodeBlock, codeBlocks } from './code-blocks.ts';

// The page's instructions, followed to the letter in a copy of the sources.
const house = join(root, '.cache', 'add-a-task');
const blocks = codeBlocks(readFileSync(join(root, 'docs', 'add-a-task.md'), 'utf8'));
rmSync(house, { recursive: true, force: true });
cpSync(join(root, 'src'), join(house, 'src'), {
  recursive: true,
  filter: (path) => !path.endsWith('.test.ts') && !/[\\/]cli([\\/]|$)/.test(path),
});
for (const block of blocks) {
  if (block.language === 'ts' && block.info.startsWith('src/'))
    writeFileSync(join(house, block.info), block.text);
  if (block.language === 'diff') change(block);
}

/** Applies a diff without line numbers: its old lines must stand in the file, once. */
function change({ info, text }: CodeBlock): void {
  const lines = text.split('\n').slice(0, -1);
  const side = (sign: string) =>
    lines
      .filter((line) => line.startsWith(' ') || line.startsWith(sign))
      .map((line) => `${line.slice(1)}\n`)
      .join('');
  const path = join(house, info);
  const parts = readFileSync(path, 'utf8').split(side('-'));
  expect(parts.length - 1, `how often ${info} holds the lines the page changes`).toBe(1);
  writeFileSync(path, parts.join(side('+')));
}

const load = (path: string) => import(/* @vite-ignore */ pathToFileURL(join(house, path)).href);
const library: typeof Library = await load('src/index.ts');

describe('the unit test that the page prints', async () => {
  await load('src/tasks/distance.test.ts');
});

const experiments = blocks.filter(({ language }) => language === 'yaml');

test('the page trains a new task and a new optimiser', () => {
  expect(experiments.map(({ info }) => info)).toEqual(['distance.yaml', 'lion.yaml']);
});

test.each(experiments)('$info gives the milestones that the page prints', async ({ info, text }) => {
  const { experiment, notices } = library.parseExperiment(text, { file: info });
  expect(notices).toEqual([]);
  const printed = blocks.find(({ language, info: name }) => language === 'json' && name === info)?.text ?? '';
  let seen: object = {};
  for await (const { milestones } of library.train(experiment)) seen = milestones;
  expect(seen).toMatchObject(JSON.parse(printed));
});

test('a misspelt name of the new task gets a suggestion', () => {
  expect(() => library.parseExperiment('task: distnace')).toThrow(/did you mean distance\?/);
});
