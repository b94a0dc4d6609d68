import { expect, test } from 'vitest';
import { simulatedReport } from '../../test/trials/simulated-trial.ts';
import { claimsLedger } from './claims.ts';

const { trial, results, analysis } = simulatedReport({ arms: { none: 900, 'decay 1': 120 }, seeds: 6 });
const judged = { trial, results, analysis, changes: [] };

test('the ledger does not depend on the order in which trials are found', () => {
  const other = { ...judged, trial: { ...trial, name: 'a-first' } };
  const names = ['a-first', 'weight-decay'];
  expect(claimsLedger([judged, other]).map((entry) => entry.trial)).toEqual(names);
  expect(claimsLedger([other, judged]).map((entry) => entry.trial)).toEqual(names);
});

test('an entry has the effects of the analysis, and JSON holds it without loss', () => {
  const [first, ...others] = analysis.comparisons;
  const endless = { ...first, effect: Number.NaN, interval: { low: 0.5, high: Number.POSITIVE_INFINITY } };
  const [entry] = claimsLedger([{ ...judged, analysis: { ...analysis, comparisons: [endless, ...others] } }]);
  expect(entry.comparisons[0]).toMatchObject({ effect: null, interval: [0.5, null] });
  expect(entry.comparisons[1].effect).toBe(others[0].effect);
  expect(JSON.parse(JSON.stringify(entry))).toEqual(entry);
});

test('a seed counts only where every arm has its run', () => {
  const runs = results.runs.filter(({ arm, seed }) => arm === 'none' || seed !== 2);
  expect(claimsLedger([judged])[0].seeds).toBe(6);
  expect(claimsLedger([{ ...judged, results: { ...results, runs } }])[0].seeds).toBe(5);
});
