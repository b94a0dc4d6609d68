/**
 * A trial as its file states it before any run: a claim of the field, arms that differ in settings, paired seeds, what is
 * read off each run, and the rule that turns that into a verdict.
 */

import type { Experiment } from '../config/index.ts';

/** A claim on trial. */
export interface Trial {
  /** Of its file, without ending. */
  readonly name: string;
  readonly question: string;
  /** The claim as the field states it, in one sentence. */
  readonly claim: string;
  /** Who claims it: papers. */
  readonly source: string;
  /** What its runs cannot show, for the report. */
  readonly limits: readonly string[];
  /** Ascending. Runs of one seed form a pair over all arms: same split, same initial weights where shapes agree. */
  readonly seeds: readonly number[];
  readonly arms: readonly Arm[];
  readonly endpoints: Readonly<Record<string, Endpoint>>;
  readonly rule: Rule;
}

/** One way to train; everything but its settings is shared. */
export interface Arm {
  readonly name: string;
  /** In a few words, for the report. */
  readonly about: string;
  /** The resolved experiment of one seed. */
  readonly experiment: (seed: number) => Experiment;
}

/** Something that happens at a step, or not within the budget (then it is censored there). */
export type RunEvent =
  /** As `milestones` of the experiment define them. */
  | { readonly milestone: 'memorized' | 'grokked' | 'first_crossing' }
  /** The first evaluation at which the column reaches (or falls to) the value and stays for `patience` evaluations. */
  | {
      readonly column: string;
      readonly split: Split;
      readonly direction: 'reaches' | 'falls_to';
      readonly value: number;
      readonly patience: number;
    }
  /** The first evaluation at which the column has gone this share of its way from its first to its last value, and stays. */
  | {
      readonly column: string;
      readonly split: Split;
      readonly share: number;
      readonly patience: number;
    };

/** Whose rows of metrics.csv are read; without a validation set the held-out examples are `val`. */
export type Split = 'train' | 'val' | 'test';

/** When a column is read: a step's number means the evaluation at or last before it. */
export type Moment = 'first' | 'last' | 'memorized' | 'grokked' | number;

/** What is read off each run. */
export type Endpoint =
  /** Steps until the event, counted from `after` (default: step 0). */
  | { readonly kind: 'time'; readonly event: RunEvent; readonly after: RunEvent | null }
  /** By how many steps `event` comes before `over`, each counted as the budget where it does not happen; in steps. */
  | { readonly kind: 'lead'; readonly event: RunEvent; readonly over: RunEvent }
  /** A column at a moment; missing where that moment did not come. */
  | { readonly kind: 'value'; readonly column: string; readonly split: Split; readonly at: Moment }
  /** A column's difference between two moments. */
  | {
      readonly kind: 'change';
      readonly column: string;
      readonly split: Split;
      readonly from: Moment;
      readonly to: Moment;
    };

/** Fixed before the first run. */
export interface Rule {
  /** Bound on the chance of a false verdict over all comparisons together (Holm). */
  readonly level: number;
  /** Whether the claim needs all comparisons supported, or one. */
  readonly supportedWhen: 'all' | 'any';
  readonly comparisons: readonly Comparison[];
}

export const comparisonTests = ['restricted_mean', 'log_rank', 'wilcoxon', 'sign'] as const;
export type ComparisonTest = (typeof comparisonTests)[number];

/** One prediction of the claim, over pairs of runs with the same seed. */
export interface Comparison {
  readonly name: string;
  readonly arm: string;
  readonly endpoint: string;
  /** The other side: another arm's same endpoint, another endpoint of the same arm, or a number. */
  readonly against: { readonly arm: string } | { readonly endpoint: string } | { readonly number: number };
  /** What the claim predicts of `arm` relative to `against`. */
  readonly expect: 'smaller' | 'larger' | 'same';
  /**
   * The minimal interesting effect. Times: a ratio of restricted means (0.8: a fifth sooner; expecting `same`: within 0.8 and
   * 1/0.8). Everything else: a difference in the endpoint's unit, above 0.
   */
  readonly by: number;
  readonly test: ComparisonTest;
}
