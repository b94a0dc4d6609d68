import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, parse } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { root } from '../../scripts/run.mjs';
import { codeBlocks } from './code-blocks.ts';

// Every block ```ts test of the documents runs as it stands and prints what its comments `// → …` say, in order.
const folder = join(root, '.cache', 'examples');
const documents = ['README.md', ...readdirSync(join(root, 'docs')).map((name) => join('docs', name))].filter(
  (name) => name.endsWith('.md'),
);
const examples = documents.flatMap((document) =>
  codeBlocks(readFileSync(join(root, document), 'utf8'))
    .filter(({ language, info }) => language === 'ts' && info === 'test')
    .map(({ text, line }) => ({ document, line, text, file: `${parse(document).name}-${line}.ts` })),
);

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const { file, text } of examples) writeFileSync(join(folder, file), text);
});

afterEach(() => {
  vi.restoreAllMocks();
});

test('the README has an example that is run', () => {
  expect(examples.map(({ document }) => document)).toContain('README.md');
});

test.each(examples)('$document:$line runs and prints what it says', async ({ file, text }) => {
  const printed: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((...values: unknown[]) => {
    printed.push(values.map(String).join(' '));
  });
  await import(/* @vite-ignore */ pathToFileURL(join(folder, file)).href);
  const promised = [...text.matchAll(/\/\/ → (.+)$/gm)].map(([, words]) => words);
  expect(promised.length).toBeGreaterThan(0);
  expect(printed).toEqual(promised);
});
