import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseExperiment } from '../../config/index.ts';
import { trainingSentence } from './training-sentence.ts';

const configs = new URL('../../../configs/', import.meta.url);

function sentenceOf(file: string): string {
  return trainingSentence(parseExperiment(readFileSync(new URL(file, configs), 'utf8')).experiment);
}

test('a preset is told in one sentence', () => {
  expect(sentenceOf('p53.yaml')).toBe(
    'A transformer (1 layer, width 128, 4 heads) learns a + b mod 53 from 50% of the pairs, with AdamW ' +
      '(learning rate 0.001, weight decay 1) on cross-entropy for at most 3,000 steps, seed 0.',
  );
  expect(sentenceOf('r2.yaml')).toContain(
    'A two-layer network (500 hidden units, quadratic) learns a + b mod 97 from 50% of the pairs, 35% of their labels random',
  );
});

test('every preset has a sentence without gaps', () => {
  for (const file of readdirSync(configs).filter((name) => name.endsWith('.yaml'))) {
    expect(sentenceOf(file), file).toMatch(/^A .*[^ ] learns [^{}]* seed \d+\.$/);
    expect(sentenceOf(file), file).not.toMatch(/undefined|null|NaN|\[object/);
  }
});
