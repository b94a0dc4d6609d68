/** What the statistics of a trial say: pure numbers, for the report and the ledger. */

import type { Comparison } from './trial.ts';

export type Verdict = 'supported' | 'contradicted' | 'undecided';

export interface Analysis {
  readonly verdict: Verdict;
  readonly comparisons: readonly ComparisonResult[];
  /** For each endpoint that is a time, a survival curve for each arm. */
  readonly survival: readonly ArmSurvival[];
  /** One row for each arm and endpoint. */
  readonly arms: readonly ArmSummary[];
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface ComparisonResult {
  readonly comparison: Comparison;
  readonly pairs: number;
  /** Seeds left out because one side has no value, each named. */
  readonly missing: readonly number[];
  /** Ratio of restricted means for times, otherwise a difference in the endpoint's unit. */
  readonly effect: number;
  readonly scale: 'ratio' | 'difference';
  /** Of the effect, at 1 − level, unadjusted; a bound may be infinite. */
  readonly interval: Interval;
  /** Two-sided, of no effect, by the comparison's test. */
  readonly p: number;
  readonly pHolm: number;
  /** One-sided, of an effect at least as large as the minimal interesting one (expecting `same`: of one within the margin). */
  readonly pMinimal: number;
  readonly pMinimalHolm: number;
  readonly verdict: Verdict;
  /** Why, in a few words: `the effect is there but smaller than the rule asks`. */
  readonly reason: string;
  /** For an undecided comparison: seeds that would probably decide it, at power 0.8, were the effect as estimated. */
  readonly seedsNeeded: number | null;
  /** Times only. */
  readonly times: TimeComparison | null;
}

/** All the ways to compare censored times of two arms, whichever of them the rule uses. */
export interface TimeComparison {
  /** Difference of restricted means in steps, bootstrap interval over pairs. */
  readonly restrictedMeanDifference: number;
  readonly restrictedMeanInterval: Interval;
  /** Stratified by pair. */
  readonly logRankChiSquared: number;
  readonly logRankP: number;
  /** Cox, ties by Efron, robust to pairs; null where it does not exist (no events in an arm). */
  readonly hazardRatio: number | null;
  readonly hazardInterval: Interval | null;
}

export interface ArmSurvival {
  readonly endpoint: string;
  readonly arm: string;
  readonly budget: number;
  /** Steps of the Kaplan–Meier estimate: after `time` the share `survival` has not had the event. Starts at time 0 with 1. */
  readonly steps: readonly {
    readonly time: number;
    readonly survival: number;
    readonly interval: Interval;
    readonly atRisk: number;
  }[];
  /** Times at which a run left without the event. */
  readonly censored: readonly number[];
}

export interface ArmSummary {
  readonly endpoint: string;
  readonly arm: string;
  readonly runs: number;
  /** Runs in which it was observed. */
  readonly observed: number;
  /** Times: Kaplan–Meier median, null if not reached; others: plain median of the values there are. */
  readonly median: number | null;
  /** Times: restricted mean up to the budget; others: plain mean. */
  readonly mean: number | null;
  readonly quartiles: Interval | null;
}
