import { expect, test } from 'vitest';
import { experimentFromObject } from '../../config/index.ts';
import { predictMemory } from '../memory.ts';
import { sharesOf } from './sharing.ts';

const { experiment: small } = experimentFromObject({
  dataset: { N: 7 },
  model: { type: 'mlp', hidden_dim: 16 },
});
const { experiment: large } = experimentFromObject({ dataset: { N: 113 } });
const bytes = 64e9;

test('runs side by side come before threads, and together they are no more than the cores', () => {
  expect(sharesOf([small], 40, { cores: 8, bytes })).toEqual({ jobs: 8, threads: 1 });
  expect(sharesOf([small, large], 40, { cores: 8, bytes })).toEqual({ jobs: 8, threads: 1 });
  expect(sharesOf([large], 2, { cores: 8, bytes })).toEqual({ jobs: 2, threads: 4 });
  expect(sharesOf([small], 2, { cores: 8, bytes })).toEqual({ jobs: 2, threads: 1 });
  expect(sharesOf([large], 40, { cores: 8, bytes }, { threads: 3 })).toEqual({ jobs: 2, threads: 3 });
  expect(sharesOf([large], 40, { cores: 8, bytes }, { jobs: 2 })).toEqual({ jobs: 2, threads: 4 });
});

test('the runs at hand fit into the memory together; the largest arm counts', () => {
  const { totalBytes } = predictMemory(large, 1);
  const shares = (room: number, asked?: { jobs: number }) =>
    sharesOf([small, large], 40, { cores: 8, bytes: room * totalBytes }, asked);
  expect(shares(3.5).jobs).toBe(3);
  expect(() => shares(3.5, { jobs: 4 })).toThrow(/^4 runs at a time need about .*; give --jobs 3$/);
  expect(() => shares(0.9)).toThrow(/^the experiment needs about /);
});
