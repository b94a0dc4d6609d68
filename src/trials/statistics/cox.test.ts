import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hazardRatio } from './cox.ts';
import type { CensoredTime } from './kaplan-meier.ts';

const observed = (values: number[]): CensoredTime[] => values.map((value) => ({ value, observed: true }));

/** Efron's partial log-likelihood with a weight for each run, straight from its definition. */
function logLikelihood(
  runs: { time: CensoredTime; covariate: number; weight: number }[],
  beta: number,
): number {
  let sum = 0;
  for (const at of new Set(runs.filter(({ time }) => time.observed).map(({ time }) => time.value))) {
    const dead = runs.filter(({ time }) => time.observed && time.value === at);
    const mass = (of: typeof runs) =>
      of.reduce((total, { covariate, weight }) => total + weight * Math.exp(beta * covariate), 0);
    const [all, gone] = [mass(runs.filter(({ time }) => time.value >= at)), mass(dead)];
    const meanWeight = dead.reduce((total, { weight }) => total + weight, 0) / dead.length;
    for (const { covariate, weight } of dead) sum += weight * beta * covariate;
    for (let j = 0; j < dead.length; j++) sum -= meanWeight * Math.log(all - (j / dead.length) * gone);
  }
  return sum;
}

function maximum(runs: { time: CensoredTime; covariate: number; weight: number }[]): number {
  let [low, high] = [-6, 6];
  for (let i = 0; i < 200; i++) {
    const [left, right] = [low + 0.382 * (high - low), low + 0.618 * (high - low)];
    if (logLikelihood(runs, left) < logLikelihood(runs, right)) low = left;
    else high = right;
  }
  return (low + high) / 2;
}

const first = [3, 5, 5, 8, 9, 9, 12].map((value, i) => ({ value, observed: i !== 4 }));
const second = [2, 3, 5, 5, 6, 9, 7].map((value, i) => ({ value, observed: i !== 2 }));
const runs = [first, second].flatMap((group, g) =>
  group.map((time) => ({ time, covariate: 1 - g, weight: 1 })),
);

test('the estimate maximises Efron’s likelihood', () => {
  expect(hazardRatio(first, second, 0.05)?.logRatio).toBeCloseTo(maximum(runs), 6);
});

test('the robust error is the root of squared shifts of the estimate as each pair counts a little more', () => {
  const step = 1e-2;
  const squares = first.map((_, pair) => {
    const shifted = (sign: number) =>
      maximum(runs.map((run, i) => (i % first.length === pair ? { ...run, weight: 1 + sign * step } : run)));
    return ((shifted(1) - shifted(-1)) / (2 * step)) ** 2;
  });
  const robust = Math.sqrt(squares.reduce((total, square) => total + square, 0));
  expect(Math.abs((hazardRatio(first, second, 0.05)?.robustError ?? 0) / robust - 1)).toBeLessThan(1e-3);
});

test('groups exchanged give the inverse ratio', () => {
  const ratio = hazardRatio(first, second, 0.05)?.ratio ?? Number.NaN;
  const inverse = hazardRatio(second, first, 0.05)?.ratio ?? Number.NaN;
  expect(ratio * inverse).toBeCloseTo(1, 10);
});

test('the estimate depends on the order of times only', () => {
  const grown = (group: CensoredTime[]) =>
    group.map(({ value, observed }) => ({ value: value ** 2, observed }));
  expect(hazardRatio(grown(first), grown(second), 0.05)?.logRatio).toBeCloseTo(
    hazardRatio(first, second, 0.05)?.logRatio ?? Number.NaN,
    12,
  );
});

test('there is no ratio without events in a group, nor where one is all before the other', () => {
  const never = [1, 2, 3].map((value) => ({ value, observed: false }));
  expect(hazardRatio(never, observed([1, 2, 3]), 0.05)).toBeNull();
  expect(hazardRatio(observed([1, 2, 3]), never, 0.05)).toBeNull();
  expect(hazardRatio(observed([1, 2, 3]), observed([4, 5, 6]), 0.05)).toBeNull();
  expect(hazardRatio(observed([4, 5, 6]), observed([1, 2, 3]), 0.05)).toBeNull();
  expect(hazardRatio(never, never, 0.05)).toBeNull();
});

test('whatever the times, a ratio that exists is finite and within its interval', () => {
  const time = fc.record({ value: fc.integer({ min: 1, max: 6 }), observed: fc.boolean() });
  fc.assert(
    fc.property(fc.array(fc.tuple(time, time), { minLength: 2, maxLength: 12 }), (pairs) => {
      const cox = hazardRatio(
        pairs.map(([one]) => one),
        pairs.map(([, other]) => other),
        0.05,
      );
      if (cox === null) return;
      expect(Number.isFinite(cox.ratio) && cox.ratio > 0).toBe(true);
      expect(cox.interval.low <= cox.ratio && cox.ratio <= cox.interval.high).toBe(true);
    }),
  );
});
