import { expect, test } from 'vitest';
import { KeptCheckpoints, type TakenCheckpoint } from './kept-checkpoints.ts';

function taken(step: number, megabytes: number, isDue = true): TakenCheckpoint {
  const values = new Float32Array((megabytes * 1e6) / 4);
  const tensors = new Map([['weight', { dtype: 'f32' as const, shape: [values.length], values }]]);
  return { state: { step, tensors }, metricsRows: 2 * step, isDue };
}

const stepsOf = (kept: KeptCheckpoints) => kept.all.map(({ state }) => state.step);

test('all checkpoints of a small run are kept', () => {
  const kept = new KeptCheckpoints();
  for (let step = 10; step <= 50; step += 10) kept.add(taken(step, 0.001));
  expect(stepsOf(kept)).toEqual([10, 20, 30, 40, 50]);
  expect(kept.dropped).toBe(0);
});

test('of large ones every second, every fourth, … is kept, the latest always, and the others are counted', () => {
  const kept = new KeptCheckpoints();
  const values = taken(0, 16);
  for (let step = 1; step <= 10; step++) kept.add({ ...values, state: { ...values.state, step } });
  expect(stepsOf(kept)).toEqual([1, 5, 9, 10]);
  expect(kept.dropped).toBe(6);
});

test('one that was taken at a pause stays until the next', () => {
  const kept = new KeptCheckpoints();
  kept.add(taken(5, 0.001));
  kept.add(taken(7, 0.001, false));
  expect(stepsOf(kept)).toEqual([5, 7]);
  kept.add(taken(10, 0.001));
  expect(stepsOf(kept)).toEqual([5, 10]);
  expect(kept.dropped).toBe(0);
});
