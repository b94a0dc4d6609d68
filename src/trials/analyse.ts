/** Judges a trial by its own rule from the results of its runs: pure, and the same bits on every machine. */

import { refuse } from '../engine/errors.ts';
import type { Analysis, ComparisonResult } from './analysis.ts';
import { armSummaries, armSurvival } from './arm-summaries.ts';
import { type Contrast, chanceOf } from './contrast.ts';
import { contrastOfTimes } from './contrast-of-times.ts';
import { contrastOfValues } from './contrast-of-values.ts';
import { type Pairs, pairValues } from './paired-values.ts';
import type { TrialResults } from './results.ts';
import { holm } from './statistics/holm.ts';
import type { Comparison, Trial } from './trial.ts';
import { judge, questions, verdictOf } from './verdict.ts';

/**
 * Verdict, comparisons in the order of the rule, survival curves and summaries of the arms. Runs of the results that are not of
 * the trial's arms and seeds are passed over; a seed without a value on one side of a comparison is named there.
 * Throws where a rule asks for a log-rank test of something that is not a time.
 */
export function analyse(trial: Trial, results: TrialResults): Analysis {
  const { rule } = trial;
  const prepared = rule.comparisons.map((comparison) => prepare(trial, results, comparison));
  const asked = prepared.map(({ comparison, contrast }) =>
    contrast === null ? { p: 1, pMinimal: 1 } : questions(comparison, contrast),
  );
  const adjusted = holm(asked.map(({ p, pMinimal }) => [p, pMinimal]));
  const comparisons = prepared.map((one, index): ComparisonResult => {
    const [pHolm, pMinimalHolm] = adjusted[index];
    const { comparison, contrast, pairs, isTime } = one;
    const numbers = { ...asked[index], pHolm, pMinimalHolm };
    return {
      comparison,
      pairs: pairs.first.length,
      missing: pairs.missing,
      effect: contrast?.effect ?? Number.NaN,
      scale: isTime ? 'ratio' : 'difference',
      interval: contrast?.interval ?? { low: isTime ? 0 : -Infinity, high: Infinity },
      ...numbers,
      times: contrast?.times ?? null,
      ...(one.obstacle === null && contrast !== null
        ? judge(comparison, contrast, numbers, rule, pairs.first.length)
        : { verdict: 'undecided', reason: one.obstacle ?? '', seedsNeeded: null }),
    };
  });
  return {
    verdict: verdictOf(
      comparisons.map(({ verdict }) => verdict),
      rule.supportedWhen,
    ),
    comparisons,
    survival: armSurvival(trial, results),
    arms: armSummaries(trial, results),
  };
}

interface Prepared {
  readonly comparison: Comparison;
  readonly pairs: Pairs;
  readonly isTime: boolean;
  readonly contrast: Contrast | null;
  /** Why nothing can be judged, whatever the numbers. */
  readonly obstacle: string | null;
}

function prepare(trial: Trial, results: TrialResults, comparison: Comparison): Prepared {
  const isTime = trial.endpoints[comparison.endpoint]?.kind === 'time';
  const pairs = pairValues(trial, results, comparison);
  const { first, second, budget } = pairs;
  const { test } = comparison;
  if (first.length === 0) {
    return { comparison, pairs, isTime, contrast: null, obstacle: 'no seed has a value on both sides' };
  }
  const chance = chanceOf(comparison.name, first.length);
  if (isTime) {
    const contrast = contrastOfTimes(first, second, test, trial.rule.level, chance, budget);
    const happened = first.some(({ observed }) => observed);
    const otherHappened = second.some(({ observed }) => observed) && !('number' in comparison.against);
    const obstacle = happened || otherHappened ? null : 'it happened in no run within the budget';
    return { comparison, pairs, isTime, contrast, obstacle };
  }
  if (test === 'log_rank') {
    return refuse(
      'analyse',
      `the log-rank test compares times, but the endpoint of ‘${comparison.name}’, ‘${comparison.endpoint}’, is none; ` +
        'choose wilcoxon, sign or restricted_mean',
    );
  }
  const values = [first, second].map((side) => Float64Array.from(side, ({ value }) => value));
  const contrast = contrastOfValues(values[0], values[1], test, trial.rule.level, chance);
  return { comparison, pairs, isTime, contrast, obstacle: null };
}
