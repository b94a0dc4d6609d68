import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../scripts/run.mjs';
import { parseTrial } from '../../src/trials/index.ts';
import { codeBlocks } from './code-blocks.ts';

const page = readFileSync(join(root, 'docs', 'trials.md'), 'utf8');

test('the trial that the page teaches has ten lines and can be run', () => {
  const [block] = codeBlocks(page).filter(({ language }) => language === 'yaml');
  expect(block.text.trim().split('\n')).toHaveLength(10);
  const trial = parseTrial(block.text, join(root, 'trials', 'my-trial.yaml'));
  expect(trial.seeds).toHaveLength(20);
  expect(trial.arms.map(({ experiment }) => experiment(3).train.weight_decay)).toEqual([1, 5]);
});
