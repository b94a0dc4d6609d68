import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import type { TrainingRun } from '../run/training-run.ts';
import { preparingWords } from './preparing.tsx';

function runOf(kind: 'loading' | 'paused' | 'running', rows: number) {
  const run = {
    settings: { preset: 'r1', overrides: ['dataset.N=3001'] },
    status: signal({ kind }),
    rows: signal(new Array(rows).fill({ step: 0, split: 'train', values: {} })),
  };
  return run as Pick<TrainingRun, 'status' | 'rows' | 'settings'>;
}

test('until the first evaluation is there it is said what is being done, and how large it is', () => {
  expect(preparingWords(runOf('loading', 0))).toMatch(/^Preparing 9,006,001 examples: /);
  expect(preparingWords(runOf('paused', 0))).toMatch(/answers 9,006,001 examples for the first time/);
  expect(preparingWords(runOf('running', 2))).toBeUndefined();
});
