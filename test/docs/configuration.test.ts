import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configurationPage } from '../../scripts/configuration-page.mjs';
import { root } from '../../scripts/run.mjs';
import { jsonSchema, schemaPaths } from '../../src/config/json-schema.ts';
import { expectedText } from '../../src/config/words.ts';
import { parseExperiment } from '../../src/index.ts';

const page = readFileSync(join(root, 'docs', 'configuration.md'), 'utf8');

test('docs/configuration.md is what the schema says (node scripts/docs-configuration.mjs writes it anew)', () => {
  expect(page).toBe(configurationPage(jsonSchema(), expectedText));
});

test('every key of the schema stands on the page', () => {
  const leaves = schemaPaths().map((path) => path.slice(path.length > 1 ? 1 : 0).join('.'));
  const missing = leaves.filter(
    (key) => !page.includes(`\`${key}`) && !page.includes(`${key}.`) && key !== 'type',
  );
  expect(missing).toEqual([]);
});

test('every key has a description and every optional one a default or a sentence that begins with Default', () => {
  const lines = page.split('\n').filter((line) => /^\| `/.test(line));
  expect(lines.filter((line) => /\|\s+\|$/.test(line))).toEqual([]);
  expect(lines.filter((line) => line.includes('| see right |') && !line.includes('Default'))).toEqual([]);
});

test('the example of the page is a valid experiment', () => {
  const [, yaml] = /```yaml\n([\s\S]*?)```/.exec(page) as RegExpExecArray;
  const { experiment, notices } = parseExperiment(yaml, { file: 'example.yaml' });
  expect(experiment.dataset).toMatchObject({ N: 97 });
  expect(notices).toEqual([]);
});
