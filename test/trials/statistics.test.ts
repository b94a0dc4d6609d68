// Statistics of censored times and of paired differences against lifelines and SciPy
// (test/fixtures/survival/make_statistics.py), and against published worked examples.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Stream } from '../../src/engine/philox.ts';
import { hazardRatio } from '../../src/trials/statistics/cox.ts';
import {
  type CensoredTime,
  kaplanMeier,
  survivalQuantile,
} from '../../src/trials/statistics/kaplan-meier.ts';
import { logRank, pairedLogRankTails } from '../../src/trials/statistics/log-rank.ts';
import { restrictedMean } from '../../src/trials/statistics/restricted-mean.ts';
import { flipTails, subsetsOf } from '../../src/trials/statistics/sign-flips.ts';
import { signTails } from '../../src/trials/statistics/sign-test.ts';
import {
  hodgesLehmann,
  signedRankInterval,
  signedRankTails,
} from '../../src/trials/statistics/signed-rank.ts';
import { studentQuantile } from '../../src/trials/statistics/student-quantile.ts';
import { twoSided } from '../../src/trials/statistics/tails.ts';

type Written = [number, boolean][];

interface SurvivalCase {
  first: Written;
  second: Written;
  budget: number;
  /** time, survival, lower and upper bound at 0.95. */
  curve: [number, number, number, number][];
  restricted_mean: number;
  log_rank_chi_squared: number;
  cox_log_ratio: number;
  cox_error: number;
  cox_robust_error: number | null;
}

interface DifferencesCase {
  differences: number[];
  sign: [number, number];
  signed_rank: [number, number];
  flips: [number, number];
}

const fixture: {
  survival: Record<string, SurvivalCase>;
  differences: Record<string, DifferencesCase>;
  student: [number, number, number][];
} = JSON.parse(readFileSync(new URL('../fixtures/survival/statistics.json', import.meta.url), 'utf8'));

const times = (written: Written): CensoredTime[] => written.map(([value, observed]) => ({ value, observed }));

describe.each(Object.entries(fixture.survival))('censored times with %s', (_, known) => {
  const first = times(known.first);
  const second = times(known.second);

  test('have the Kaplan–Meier curve and its intervals of lifelines', () => {
    const steps = kaplanMeier(first, 0.05);
    const curve = steps.slice(1).filter(({ survival }) => survival > 0);
    expect(curve.map(({ time }) => time)).toEqual(known.curve.map(([time]) => time));
    curve.forEach(({ survival, interval }, step) => {
      const [, expected, low, high] = known.curve[step];
      expect(survival).toBeCloseTo(expected, 12);
      expect(interval.low).toBeCloseTo(low, 10);
      expect(interval.high).toBeCloseTo(high, 10);
    });
  });

  test('have the restricted mean of lifelines', () => {
    expect(restrictedMean(first, known.budget)).toBeCloseTo(known.restricted_mean, 10);
  });

  test('have the log-rank χ² of lifelines', () => {
    expect(logRank([[first, second]]).chiSquared).toBeCloseTo(known.log_rank_chi_squared, 8);
  });

  test('have the Cox estimate of lifelines, ties by Efron, and its errors', () => {
    const cox = hazardRatio(first, second, 0.05);
    expect(cox?.logRatio).toBeCloseTo(known.cox_log_ratio, 6);
    expect(cox?.naiveError).toBeCloseTo(known.cox_error, 6);
    if (known.cox_robust_error !== null) expect(cox?.robustError).toBeCloseTo(known.cox_robust_error, 6);
  });
});

describe.each(Object.entries(fixture.differences))('differences with %s', (_, known) => {
  const tails = ({ less, greater }: { less: number; greater: number }) => [less, greater];

  test('have the exact p-values of SciPy', () => {
    const subsets = subsetsOf(known.differences.length, new Stream(0, 'test'));
    const computed = {
      sign: tails(signTails(known.differences)),
      signed_rank: tails(signedRankTails(known.differences)),
      flips: tails(flipTails(known.differences, subsets)),
    };
    for (const name of ['sign', 'signed_rank', 'flips'] as const)
      computed[name].forEach((p, side) => {
        expect(p, name).toBeCloseTo(known[name][side], 12);
      });
  });
});

test('Student’s quantiles are those of SciPy', () => {
  for (const [p, freedom, expected] of fixture.student)
    expect(Math.abs(studentQuantile(p, freedom) / expected - 1)).toBeLessThan(2e-3);
});

describe('remission of leukaemia (Freireich et al., Blood 21, 1963; Klein & Moeschberger 2003, table 1.1)', () => {
  // Pairs of weeks with placebo and with 6-mercaptopurine; negative: still in remission.
  const pairs = [
    [1, 10],
    [22, 7],
    [3, -32],
    [12, 23],
    [8, 22],
    [17, 6],
    [2, 16],
    [11, -34],
    [8, -32],
    [12, -25],
    [2, -11],
    [5, -20],
    [4, -19],
    [15, 6],
    [8, -17],
    [23, -35],
    [5, 6],
    [11, 13],
    [4, -9],
    [1, -6],
    [8, -10],
  ];
  const [placebo, treated] = [0, 1].map((side) =>
    pairs.map((pair) => ({ value: Math.abs(pair[side]), observed: pair[side] > 0 })),
  );

  test('has the curve of 6-mercaptopurine in Kleinbaum & Klein (Survival analysis, 2012, table 2.1)', () => {
    const steps = kaplanMeier(treated, 0.05);
    expect(steps.map(({ time, survival }) => [time, Number(survival.toFixed(4))])).toEqual([
      [0, 1],
      [6, 0.8571],
      [7, 0.8067],
      [10, 0.7529],
      [13, 0.6902],
      [16, 0.6275],
      [22, 0.5378],
      [23, 0.4482],
    ]);
    expect(survivalQuantile(steps, 0.5)).toBe(23);
    expect(survivalQuantile(kaplanMeier(placebo, 0.05), 0.5)).toBe(8);
  });

  test('has χ² 16.79 by the log-rank test, and 10.71 stratified by pair (Klein & Moeschberger, example 7.8)', () => {
    expect(logRank([[placebo, treated]]).chiSquared).toBeCloseTo(16.793, 3);
    const strata = placebo.map((time, pair) => [[time], [treated[pair]]] as const);
    expect(logRank(strata).chiSquared).toBeCloseTo((18 - 3) ** 2 / 21, 12);
    expect(twoSided(pairedLogRankTails(placebo, treated))).toBeCloseTo(
      (2 * (1 + 21 + 210 + 1330)) / 2 ** 21,
      12,
    );
  });

  test('has the hazard ratio 4.82 by Efron’s ties (Therneau & Grambsch, Modeling survival data, 2000)', () => {
    const cox = hazardRatio(placebo, treated, 0.05);
    expect(cox?.logRatio).toBeCloseTo(1.5721, 4);
    expect(cox?.naiveError).toBeCloseTo(0.4124, 4);
  });
});

test('Hamilton’s depression scores have the signed ranks of Hollander & Wolfe (example 3.1)', () => {
  const before = [1.83, 0.5, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.3];
  const after = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];
  const differences = after.map((value, patient) => value - before[patient]);
  expect(signedRankTails(differences).less).toBeCloseTo(10 / 512, 12); // printed as 0.0195
  expect(hodgesLehmann(differences)).toBeCloseTo(-0.46, 12);
  const { low, high } = signedRankInterval(differences, 0.04); // printed at 0.961
  expect([low, high]).toEqual([expect.closeTo(-0.786, 12), expect.closeTo(-0.01, 12)]);
});

test('Darwin’s maize has the permutation p of Fisher (The design of experiments, 1935, §21)', () => {
  // Eighths of an inch by which crossed plants were taller than self-fertilised ones.
  const differences = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];
  const p = twoSided(flipTails(differences, subsetsOf(15, new Stream(0, 'maize'))));
  expect(Math.abs(p - 1726 / 32768)).toBeLessThan(0.015); // three standard errors of 3,999 random exchanges
});
