import { expect, test } from 'vitest';
import type { PlannedRun } from '../../trials/planned-runs.ts';
import { TrialPace } from './trial-pace.ts';

const runs = [0, 1, 2, 3].map(
  (seed) => ({ seed, experiment: { train: { total_steps: 100 } } }) as PlannedRun,
);

test('the time left is that of the steps left, at the pace of those done since the start', () => {
  const pace = new TrialPace(runs, runs.slice(1), 1000);
  expect([pace.done, pace.total, pace.secondsLeft(1000)]).toEqual([1, 4, Number.NaN]);
  pace.step(runs[1], 0);
  pace.step(runs[1], 50);
  expect(pace.secondsLeft(1005)).toBe(25);
  pace.end(runs[1]);
  expect([pace.done, pace.secondsLeft(1010)]).toEqual([2, 20]);
});

test('steps that a run had done before do not count as pace, and an early end saves its steps', () => {
  const pace = new TrialPace(runs, runs.slice(2), 0);
  pace.step(runs[2], 60);
  pace.step(runs[2], 70);
  expect(pace.secondsLeft(10)).toBe(130);
  pace.end(runs[2]);
  pace.step(runs[3], 0);
  expect(pace.secondsLeft(10)).toBe(25);
  pace.end(runs[3]);
  expect([pace.done, pace.secondsLeft(11)]).toEqual([4, 0]);
});
