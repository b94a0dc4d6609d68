// A quick form of bench/trials/simulate.mjs: 200 trials of known truth a setting. Bounds are the stated levels and three
// binomial standard errors; the seeds are fixed, so a failure is a change of the rule.
import { expect, test } from 'vitest';
import { anyFalseVerdict, falseVerdicts, ratesOf } from '../../bench/trials/rates.mjs';
import { LEVEL, type Setting } from '../../bench/trials/settings.mjs';
import { Stream } from '../../src/engine/philox.ts';
import { analyse } from '../../src/trials/analyse.ts';

const TRIALS = 200;
const slack = 3 * Math.sqrt((LEVEL * (1 - LEVEL)) / TRIALS);
const judge = { analyse, Stream };
const times = { kind: 'time', correlation: 0.7, test: 'restricted_mean', expect: 'smaller' } as const;
const values = { kind: 'value', censored: 0, correlation: 0.5, expect: 'smaller' } as const;

const settings: Setting[] = [
  { ...times, shape: 'Weibull 1', censored: 0.3, truth: 'none' },
  { ...times, shape: 'Weibull 1', censored: 0.3, truth: 'minimal' },
  { ...times, shape: 'Weibull 0.7', censored: 0.7, truth: 'none' },
  { ...times, shape: 'Weibull 0.7', censored: 0.7, truth: 'minimal' },
  { ...values, shape: 'skewed', test: 'wilcoxon', truth: 'none' },
  { ...values, shape: 'skewed', test: 'wilcoxon', truth: 'minimal' },
  { ...values, shape: 'skewed', test: 'sign', truth: 'minimal', alone: true },
  { ...values, shape: 'normal', test: 'wilcoxon', truth: 'minimal', expect: 'same' },
];

test.each(settings)(
  '$test on $kind, $shape, censored $censored, effect $truth: level and coverage hold',
  (setting) => {
    const rates = ratesOf(setting, TRIALS, judge);
    expect(falseVerdicts(setting, rates)).toBeLessThanOrEqual(LEVEL + slack);
    const covered = [rates.effect_covered, rates.difference_covered, rates.hazard_ratio_covered];
    for (const share of covered) expect(share ?? 1).toBeGreaterThanOrEqual(1 - LEVEL - slack);
  },
);

test('a large effect is found most of the time', () => {
  const large = { ...times, shape: 'Weibull 1', censored: 0.3, truth: 'large' } as const;
  expect(ratesOf(large, TRIALS, judge).supported).toBeGreaterThan(0.8);
});

test('over several comparisons any false verdict stays within the level', () => {
  expect(anyFalseVerdict(4, TRIALS, judge)).toBeLessThanOrEqual(LEVEL + slack);
});
