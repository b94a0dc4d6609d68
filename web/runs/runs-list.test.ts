import { expect, test } from 'vitest';
import type { RunOutline } from '../../src/cli/lab/served-runs.ts';
import { filtered, outlineWords } from './runs-list.ts';

const run: RunOutline = {
  name: 'decay/arm-a/seed-001',
  run_id: 'f00',
  state: 'being-written',
  started: '2026-01-01T00:00:00.000Z',
  last_step: 900,
  memorized_step: 200,
  first_crossing_step: null,
  grokked_step: null,
};

test('a run is told with its state, its step, and what it came to', () => {
  expect(outlineWords(run)).toBe('being trained at step 900, memorised at 200');
  expect(outlineWords({ ...run, state: 'finished', grokked_step: 700 })).toBe(
    'finished at step 900, memorised at 200, grokked at 700',
  );
  expect(outlineWords({ ...run, state: 'stopped', last_step: null, memorized_step: null })).toBe('stopped');
  expect(outlineWords({ ...run, problem: 'metrics.csv:3: torn' })).toBe('metrics.csv:3: torn');
});

test('a filter takes the runs that hold all its words', () => {
  const runs = [run, { ...run, name: 'r1' }, { ...run, name: 'decay/arm-b/seed-001' }];
  const names = (text: string) => filtered(runs, text).map(({ name }) => name);
  expect(names('')).toHaveLength(3);
  expect(names(' DECAY 001 ')).toEqual(['decay/arm-a/seed-001', 'decay/arm-b/seed-001']);
  expect(names('arm-b 1')).toEqual(['decay/arm-b/seed-001']);
  expect(names('none')).toEqual([]);
});
