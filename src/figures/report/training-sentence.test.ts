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
    'A transformer (1 layer, width 128, 4 heads) learns a + b mod 53 from 1,405 of 2,809 pairs, with AdamW ' +
      '(learning rate 0.001, weight decay 1) on cross-entropy for at most 3,000 steps, seed 0.',
  );
  expect(sentenceOf('r2.yaml')).toContain(
    'A two-layer network (500 hidden units, quadratic) learns a + b mod 97 from 4,705 of 9,409 pairs, 35% of their labels random',
  );
});

test.each([
  ['task: parity', 'learns parity of 3 of 40 bits from 1,000 of 2,000 strings, with'],
  ['task: copy', 'learns copying 4 of 8 tokens from 2,048 of 4,096 sequences, with'],
  ['dataset: {N: 5, pairs: unordered, op: sub}', 'learns a − b mod 5 from 8 of 15 unordered pairs, with'],
  ['task: copy\ntrain: {objective: reinforce}', 'on rewards (REINFORCE) for at most'],
])('%s is told too', (text, words) => {
  expect(trainingSentence(parseExperiment(text).experiment)).toContain(words);
});

test('every preset has a sentence without gaps', () => {
  for (const file of readdirSync(configs).filter((name) => name.endsWith('.yaml'))) {
    expect(sentenceOf(file), file).toMatch(/^A .*[^ ] learns [^{}]* seed \d+\.$/);
    expect(sentenceOf(file), file).not.toMatch(/undefined|null|NaN|\[object/);
  }
});
