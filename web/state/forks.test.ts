import { expect, test } from 'vitest';
import { changesOf } from './forks.ts';

test('what a fork changes is what is written otherwise, and what is taken back', () => {
  const before = { preset: 'r1', overrides: ['train.lr=0.1', 'seed=3'] };
  const after = { preset: 'r1', overrides: ['train.lr=0.2', 'train.weight_decay=0'] };
  expect(changesOf(before, after)).toEqual(['train.lr=0.2', 'train.weight_decay=0', 'seed as in the preset']);
  expect(changesOf(before, before)).toEqual([]);
});
