import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ConfigError } from './error.ts';
import { loadExperiment } from './load.ts';

const folder = mkdtempSync(join(tmpdir(), 'grokscope-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

const written = (name: string, content: string | Uint8Array) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

test('a file is read with its overrides and named after itself', () => {
  const file = written('mine.yaml', 'dataset: {N: 97}\n');
  const { experiment } = loadExperiment(file, ['seed=3']);
  expect(experiment).toMatchObject({ name: 'mine', seed: 3, dataset: { N: 97, seed: 3 } });
});

test('a file that is missing is named, with one of a similar name', () => {
  written('grok.yaml', 'seed: 1');
  const missing = join(folder, 'gork.yaml');
  expect(() => loadExperiment(missing)).toThrow(ConfigError);
  expect(() => loadExperiment(missing)).toThrow(
    `${missing}: there is no such file\n  did you mean ${join(folder, 'grok.yaml')}?`,
  );
});

test('a folder is refused, with what it holds', () => {
  written('config.yaml', 'seed: 1');
  expect(() => loadExperiment(folder)).toThrow(
    /: this is a folder, but a configuration file was expected\n {2}it holds config\.yaml/,
  );
});

test('a file that is not text is refused', () => {
  const file = written('binary.yaml', Uint8Array.of(0x50, 0xff, 0xfe));
  expect(() => loadExperiment(file)).toThrow(`${file}: the file is not UTF-8 text`);
});
