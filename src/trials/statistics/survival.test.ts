import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CensoredTime, kaplanMeier, survivalQuantile } from './kaplan-meier.ts';
import { logRank, pairedLogRankTails } from './log-rank.ts';
import { commonHorizon, restrictedMean, restrictedTimes } from './restricted-mean.ts';
import { pairsForMean, pairsForSign, pairsForSignedRank, seedsFrom } from './seeds-needed.ts';
import { twoSided } from './tails.ts';

const time = fc.record({ value: fc.integer({ min: 1, max: 9 }), observed: fc.boolean() });
const times = fc.array(time, { minLength: 1, maxLength: 12 });
const until =
  (budget: number) =>
  (value: number): CensoredTime => ({
    value: Math.min(value, budget),
    observed: value <= budget,
  });

test('without censoring before the horizon, survival is the share of runs still without the event', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 12 }), (values) => {
      for (const step of kaplanMeier(values.map(until(6)), 0.05))
        expect(step.survival).toBeCloseTo(
          values.filter((value) => value > step.time).length / values.length,
          12,
        );
    }),
  );
});

test('survival falls from 1, each step within its interval and no interval beyond 0 and 1', () => {
  fc.assert(
    fc.property(times, (runs) => {
      const steps = kaplanMeier(runs, 0.05);
      expect(steps[0]).toEqual({ time: 0, survival: 1, interval: { low: 1, high: 1 }, atRisk: runs.length });
      steps.slice(1).forEach(({ survival, interval: { low, high } }, before) => {
        expect(survival).toBeLessThan(steps[before].survival);
        expect(0 <= low && low <= survival && survival <= high && high <= 1).toBe(true);
      });
    }),
  );
});

test('a median that is reached by exactly half counts, whatever the rounding', () => {
  const twenty = Array.from({ length: 20 }, (_, i) => ({ value: i + 1, observed: true }));
  expect(survivalQuantile(kaplanMeier(twenty, 0.05), 0.5)).toBe(10);
  expect(survivalQuantile(kaplanMeier(twenty, 0.05), 0.25)).toBe(15);
  const never = twenty.map(({ value }) => ({ value, observed: false }));
  expect(survivalQuantile(kaplanMeier(never, 0.05), 0.5)).toBeNull();
});

test('runs watched up to the horizon have their time within it as restricted time; others pseudo-observations', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 10 }), (values) => {
      const runs = values.map(until(6));
      const n = runs.length;
      restrictedTimes(runs, 6).forEach((restricted, i) => {
        const others = runs.filter((_, j) => j !== i);
        const pseudo = n * restrictedMean(runs, 6) - (n - 1) * restrictedMean(others, 6);
        expect(restricted).toBeCloseTo(pseudo, 10);
      });
    }),
  );
  const early = [
    { value: 2, observed: false },
    { value: 4, observed: true },
    { value: 6, observed: false },
  ];
  // Survival ½ from 4 on: mean 5. Without the first the same; without the second 6, without the third 4.
  expect([...restrictedTimes(early, 6)]).toEqual([5, 3, 7]);
});

test('the horizon is the budget, or the last time a group without an end was watched', () => {
  const ended = [{ value: 3, observed: true }];
  const left = [
    { value: 2, observed: true },
    { value: 5, observed: false },
  ];
  expect(commonHorizon([ended, ended], 9)).toBe(9);
  expect(commonHorizon([ended, left], 9)).toBe(5);
});

test('stratified by pair, the log-rank χ² counts who came first, and its p is that of McNemar', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(time, time), { minLength: 1, maxLength: 10 }), (pairs) => {
      const before = (one: CensoredTime, other: CensoredTime) =>
        one.observed && (one.value < other.value || (one.value === other.value && !other.observed));
      const wins = pairs.filter(([one, other]) => before(one, other)).length;
      const losses = pairs.filter(([one, other]) => before(other, one)).length;
      const { chiSquared } = logRank(pairs.map(([one, other]) => [[one], [other]]));
      expect(chiSquared).toBeCloseTo(wins + losses === 0 ? 0 : (wins - losses) ** 2 / (wins + losses), 10);
      const p = twoSided(
        pairedLogRankTails(
          pairs.map(([one]) => one),
          pairs.map(([, other]) => other),
        ),
      );
      if (wins === 0 || losses === 0) expect(p).toBeCloseTo(Math.min(1, 2 / 2 ** (wins + losses)), 12);
    }),
  );
});

test('half a deviation at 0.05 two-sided needs 32 pairs by the mean, 5 % more by ranks (Noether’s 3/π)', () => {
  expect(Math.ceil(pairsForMean(0.5, 1, 0.025))).toBe(32);
  // A shift of 0.1 deviations: P(d > 0) = 0.5398, P(d + d′ > 0) = 0.5562.
  expect(pairsForSignedRank(0.5562, 0.025) / pairsForMean(0.1, 1, 0.025)).toBeCloseTo(Math.PI / 3, 1);
  expect(pairsForSign(0.5398, 1, 0.025) / pairsForMean(0.1, 1, 0.025)).toBeCloseTo(Math.PI / 2, 1);
});

test('more seeds than there are, or none where no number would do', () => {
  expect(seedsFrom(20, 3)).toBe(21);
  expect(seedsFrom(20, 31.4)).toBe(32);
  expect(seedsFrom(20, Infinity)).toBeNull();
});
