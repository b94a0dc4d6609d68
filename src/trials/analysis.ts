/** What the statistics of a trial say: pure numbers, for the report and the ledger. */

import type { Comparison } from './trial.ts';

/** What a trial or a comparison says of its claim, by the rule of src/trials/verdict.ts. */
export type Verdict = 'supported' | 'contradicted' | 'undecided';

/** Everything `analyse` says of a trial. */
export interface Analysis {
  readonly verdict: Verdict;
  readonly comparisons: readonly ComparisonResult[];
  /** For each endpoint that is a time, a survival curve for each arm. */
  readonly survival: readonly ArmSurvival[];
  /** One row for each arm and endpoint. */
  readonly arms: readonly ArmSummary[];
}

/** Of an estimate, both bounds in its unit. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** One comparison, judged. */
export interface ComparisonResult {
  readonly comparison: Comparison;
  readonly pairs: number;
  /** Seeds left out because one side has no value, each named. */
  readonly missing: readonly number[];
  /**
   * Times: ratio of restricted means, whatever the test. Otherwise a difference in the endpoint's unit: of means, or with
   * `wilcoxon` the Hodges–Lehmann centre, with `sign` the median of the differences within pairs. NaN without pairs.
   */
  readonly effect: number;
  readonly scale: 'ratio' | 'difference';
  /** Of the effect, at 1 − level, unadjusted; a bound may be infinite. */
  readonly interval: Interval;
  /** What speaks for the claim: two-sided, of no effect (expecting `same`: of one outside the margin, the larger of two tails). */
  readonly p: number;
  /** Adjusted over both questions of all comparisons, as `pMinimalHolm` is. */
  readonly pHolm: number;
  /**
   * What speaks against it: one-sided, of an effect at least as large as the minimal interesting one (expecting `same`:
   * two-sided, of one within the margin).
   */
  readonly pMinimal: number;
  readonly pMinimalHolm: number;
  readonly verdict: Verdict;
  /** Why, in a few words: `the effect is there but smaller than the rule asks`. */
  readonly reason: string;
  /**
   * For an undecided comparison: seeds that would probably decide it, at power 0.8, were the effect as estimated; null where no
   * number of them would, as with an estimate on the boundary.
   */
  readonly seedsNeeded: number | null;
  /** Times only. */
  readonly times: TimeComparison | null;
}

/** All the ways to compare censored times of two arms, whichever of them the rule uses. */
export interface TimeComparison {
  /** Difference of restricted means in steps, bootstrap interval over pairs. */
  readonly restrictedMeanDifference: number;
  readonly restrictedMeanInterval: Interval;
  /** Stratified by pair; p two-sided over all exchanges within pairs, which is exact. */
  readonly logRankChiSquared: number;
  readonly logRankP: number;
  /** Cox, ties by Efron, robust to pairs; null where it does not exist (no events in an arm). */
  readonly hazardRatio: number | null;
  readonly hazardInterval: Interval | null;
}

/** When the runs of an arm got there, as a curve. */
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

/** The middle of an endpoint in an arm. */
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
  /** Of times: null where even the lower is not reached, the upper infinite where it is not. */
  readonly quartiles: Interval | null;
}
