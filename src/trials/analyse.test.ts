import { expect, test } from 'vitest';
import { comparisonOf, resultsOf, trialOf } from '../../bench/trials/simulated-trial.mjs';
import { analyse } from './analyse.ts';
import type { EndpointValue } from './results.ts';
import type { Comparison, Trial } from './trial.ts';

const base = comparisonOf({
  kind: 'time',
  shape: '',
  censored: 0,
  correlation: 0,
  truth: 'none',
  test: 'restricted_mean',
  expect: 'smaller',
});
const BUDGET = 1000;

/** Spread over a third, the same for each pair and a little different in each arm. */
const spread = (pair: number, salt: number) =>
  1 + 0.1 * Math.sin(7 * pair) + 0.02 * Math.sin(5 * pair + salt);
const times = (centre: number, salt = 0): EndpointValue[] =>
  Array.from({ length: 20 }, (_, pair) => {
    const time = Math.round(centre * spread(pair, salt));
    return time <= BUDGET ? { value: time, observed: true } : { value: BUDGET, observed: false };
  });

function judged(
  kind: 'time' | 'value',
  comparison: Partial<Comparison>,
  arm: EndpointValue[],
  other: EndpointValue[],
) {
  const trial = trialOf(kind, [{ ...base, ...comparison }]);
  return analyse(trial, resultsOf({ arm, other }, BUDGET)).comparisons[0];
}

test('half the time is supported where a fifth less is asked, contradicted where a third of it is', () => {
  for (const test of ['restricted_mean', 'log_rank', 'wilcoxon', 'sign'] as const) {
    const supported = judged('time', { test, by: 0.8 }, times(300), times(600, 1));
    expect([supported.verdict, supported.seedsNeeded], test).toEqual(['supported', null]);
    expect(supported.effect).toBeCloseTo(0.5, 1);
    const smaller = judged('time', { test, by: 0.3 }, times(300), times(600, 1));
    expect([smaller.verdict, smaller.reason]).toEqual([
      'contradicted',
      'the effect is there but smaller than the rule asks',
    ]);
    const opposite = judged('time', { test, by: 0.8 }, times(600), times(300, 1));
    expect([opposite.verdict, opposite.reason]).toEqual([
      'contradicted',
      'the effect is in the opposite direction',
    ]);
    const larger = judged('time', { test, by: 1.5, expect: 'larger' }, times(600), times(300, 1));
    expect(larger.verdict).toBe('supported');
  }
});

test('arms that do not differ contradict a claim of an effect and support one of none', () => {
  const [arm, other] = [times(500), times(500, 2)];
  expect(judged('time', {}, arm, other)).toMatchObject({
    verdict: 'contradicted',
    reason: 'an effect as large as the rule asks is refuted',
  });
  expect(judged('time', { expect: 'same' }, arm, other).verdict).toBe('supported');
  expect(judged('time', { expect: 'same' }, times(250), other).verdict).toBe('contradicted');
});

test('runs that never get there within the budget leave everything open', () => {
  const never = times(5 * BUDGET);
  const result = judged('time', {}, never, never);
  expect(result).toMatchObject({ verdict: 'undecided', reason: 'it happened in no run within the budget' });
  expect(result.times).toMatchObject({ hazardRatio: null, hazardInterval: null, logRankP: 1 });
  expect(judged('time', { expect: 'same' }, never, never).verdict).toBe('undecided');
});

test('pairs censored on both sides are no evidence against an effect', () => {
  const rarely = (salt: number) =>
    times(5 * BUDGET).map((time, pair) => (pair === salt ? { value: 900, observed: true } : time));
  for (const test of ['restricted_mean', 'log_rank', 'wilcoxon', 'sign'] as const)
    expect(judged('time', { test }, rarely(1), rarely(2)).verdict, test).toBe('undecided');
});

test('values are compared by their differences, of another arm, another endpoint or a number', () => {
  const values = (centre: number): EndpointValue[] =>
    Array.from({ length: 20 }, (_, pair) => ({ value: centre + spread(pair, 0), observed: true }));
  for (const test of ['restricted_mean', 'wilcoxon', 'sign'] as const) {
    const comparison = { test, by: 0.5, expect: 'larger' } as const;
    const result = judged('value', comparison, values(2), values(1));
    expect(result).toMatchObject({ verdict: 'supported', scale: 'difference', times: null });
    expect(result.effect).toBeCloseTo(1, 12);
    const number = judged('value', { ...comparison, against: { number: 1 } }, values(2), values(9));
    expect(number.effect).toBeCloseTo(2, 0);
  }
  const trial: Trial = {
    ...trialOf('value', [{ ...base, test: 'sign', by: 0.5, expect: 'larger', against: { endpoint: 'f' } }]),
  };
  const results = resultsOf({ arm: values(2) }, BUDGET);
  const runs = results.runs.map((run) => ({
    ...run,
    endpoints: { ...run.endpoints, f: { value: 1, observed: true } },
  }));
  expect(analyse(trial, { ...results, runs }).comparisons[0].verdict).toBe('supported');
});

test('a seed without a value on one side is left out and named; without any pair nothing is judged', () => {
  const missing = times(300).map((time, pair) => (pair === 4 ? { value: null, observed: false } : time));
  expect(judged('time', {}, missing, times(600, 1))).toMatchObject({
    pairs: 19,
    missing: [4],
    verdict: 'supported',
  });
  expect(judged('time', {}, times(300).slice(0, 18), times(600, 1)).missing).toEqual([18, 19]);
  expect(judged('time', {}, [], times(600, 1))).toMatchObject({
    pairs: 0,
    effect: Number.NaN,
    p: 1,
    pMinimalHolm: 1,
    verdict: 'undecided',
    reason: 'no seed has a value on both sides',
  });
});

test('an undecided comparison says how many seeds would do, more than there are; none where the estimate is on the boundary', () => {
  const noisy = (shift: number, salt: number): EndpointValue[] =>
    Array.from({ length: 20 }, (_, pair) => ({ value: shift + Math.sin(9 * pair + salt), observed: true }));
  const between = judged('value', { test: 'restricted_mean', by: 0.4 }, noisy(-0.2, 0), noisy(0, 1));
  expect(between.verdict).toBe('undecided');
  expect(between.seedsNeeded).toBeGreaterThan(20);
  const flat = Array.from({ length: 20 }, (_, pair) => ({
    value: pair % 2 === 0 ? 1 : -1.8,
    observed: true,
  }));
  const zero = flat.map(() => ({ value: 0, observed: true }));
  const edge = judged('value', { test: 'restricted_mean', by: 0.4 }, flat, zero);
  expect(edge.effect).toBeCloseTo(-0.4, 12);
  expect([edge.verdict, edge.seedsNeeded]).toEqual(['undecided', null]);
});

test('a trial needs all its comparisons, or any of them', () => {
  const arms = { fast: times(300), alike: times(590, 2), other: times(600, 1) };
  const rule = (arm: string): Comparison => ({ ...base, name: arm, arm });
  const verdict = (supportedWhen: 'all' | 'any', ...of: string[]) => {
    const trial = trialOf('time', of.map(rule));
    return analyse({ ...trial, rule: { ...trial.rule, supportedWhen } }, resultsOf(arms, BUDGET)).verdict;
  };
  expect(verdict('all', 'fast')).toBe('supported');
  expect(verdict('all', 'fast', 'alike')).toBe('contradicted');
  expect(verdict('any', 'fast', 'alike')).toBe('supported');
  expect(verdict('any', 'alike')).toBe('contradicted');
});

test('arms have curves, medians and restricted means up to the budget', () => {
  const trial = trialOf('time', [base]);
  const half = times(500).map((time, pair) => (pair < 10 ? { value: BUDGET, observed: false } : time));
  const { arms, survival } = analyse(trial, resultsOf({ arm: half, other: times(600, 1) }, BUDGET));
  expect(survival[0]).toMatchObject({ endpoint: 'e', arm: 'arm', budget: BUDGET });
  expect(survival[0].censored).toEqual(Array(10).fill(BUDGET));
  expect(survival[0].steps[survival[0].steps.length - 1].survival).toBeCloseTo(0.5, 12);
  const plain = half.reduce((sum, { value }) => sum + (value ?? 0), 0) / 20;
  expect(arms[0]).toMatchObject({ runs: 20, observed: 10, mean: expect.closeTo(plain, 9) });
  expect(arms[0].quartiles?.high).toBe(Infinity);
});

test('the same results give the same numbers, whatever was analysed between', () => {
  const once = () => judged('time', {}, times(560, 3), times(600, 1));
  const before = once();
  judged('time', { name: 'another' }, times(300), times(600, 1));
  expect(once()).toEqual(before);
});

test('a log-rank test of what is not a time is refused in one sentence', () => {
  expect(() => judged('value', { test: 'log_rank' }, times(300), times(600))).toThrow(
    'analyse: the log-rank test compares times, but the endpoint of ‘arm against other’, ‘e’, is none; ' +
      'choose wilcoxon, sign or restricted_mean',
  );
});
