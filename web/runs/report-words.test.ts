import { expect, test } from 'vitest';
import type { ReportOutline, RunOutline } from '../../src/cli/lab/served-runs.ts';
import { reportWords, runsOfTrial } from './report-words.ts';

const report: ReportOutline = {
  folder: 'results',
  name: 'decay',
  trial: 'decay',
  question: 'Does it?',
  reason: 'It does.',
  verdict: 'supported',
  isPilot: false,
  arms: ['none', 'decay 1'],
  seeds: 1,
  runs: 2,
};

test('a report is told with its arms, seeds and runs, or with what is wrong with it', () => {
  expect(reportWords(report)).toBe('2 arms (none, decay 1), 1 seed, 2 runs.');
  expect(reportWords({ ...report, verdict: null })).toMatch(/2 runs\. Its page has no verdict/);
  expect(reportWords({ ...report, problem: 'results.json is not JSON' })).toBe('results.json is not JSON');
});

test('the runs of a trial are those below a folder of its name', () => {
  const runs = ['decay', 'decay/a/seed-001', 'trials/decay/b/seed-001', 'decays/a/seed-001'].map(
    (name) => ({ name }) as RunOutline,
  );
  expect(runsOfTrial(runs, 'decay').map(({ name }) => name)).toEqual([
    'decay/a/seed-001',
    'trials/decay/b/seed-001',
  ]);
});
