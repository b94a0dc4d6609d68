/** The ledger of claims: what the field says, the trial that tested it, and what came out. */

import type { ConfigDifference } from '../runs/run-id.ts';
import type { Analysis, Interval, Verdict } from './analysis.ts';
import { isJudgedBy } from './judged-by.ts';
import type { TrialResults } from './results.ts';
import type { Trial } from './trial.ts';

/** A trial with the results it is judged by. */
export interface JudgedTrial {
  readonly trial: Trial;
  readonly results: TrialResults;
  readonly analysis: Analysis;
  /** What its file states otherwise than before its first run. */
  readonly changes: readonly ConfigDifference[];
}

/** One claim and what is known of it; plain JSON. */
export interface ClaimEntry {
  readonly claim: string;
  readonly source: string;
  readonly trial: string;
  readonly question: string;
  readonly verdict: Verdict;
  /** Seeds for which every arm has its run. */
  readonly seeds: number;
  /** Day of its first run, ISO. */
  readonly date: string;
  /** How many things its file states otherwise than before its first run. */
  readonly changed_after_first_run: number;
  /** Whether all of these are words by which nothing is judged, or there are none. */
  readonly judged_as_registered: boolean;
  readonly comparisons: readonly ClaimComparison[];
}

/** A prediction of the claim in the ledger: what was seen, and what it says. */
export interface ClaimComparison {
  readonly name: string;
  readonly verdict: Verdict;
  /** null where nothing can be compared. */
  readonly effect: number | null;
  /** A ratio of restricted mean times, or a difference in the endpoint's unit. */
  readonly scale: 'ratio' | 'difference';
  /** Of the effect; null for a bound that is infinite. */
  readonly interval: readonly [low: number | null, high: number | null];
  readonly p_holm: number;
  readonly seeds: number;
  readonly seeds_needed: number | null;
}

/** An entry for each trial, by the trial's name, whatever the order they were found in. */
export function claimsLedger(judged: readonly JudgedTrial[]): ClaimEntry[] {
  return judged.map(entryOf).sort((a, b) => (a.trial < b.trial ? -1 : a.trial > b.trial ? 1 : 0));
}

function entryOf({ trial, results, analysis, changes }: JudgedTrial): ClaimEntry {
  return {
    claim: trial.claim,
    source: trial.source,
    trial: trial.name,
    question: trial.question,
    verdict: analysis.verdict,
    seeds: wholeSeeds(trial, results),
    date: results.registered.date.slice(0, 10),
    changed_after_first_run: changes.length,
    judged_as_registered: !changes.some(isJudgedBy),
    comparisons: analysis.comparisons.map((result) => ({
      name: result.comparison.name,
      verdict: result.verdict,
      effect: finite(result.effect),
      scale: result.scale,
      interval: bounds(result.interval),
      p_holm: result.pHolm,
      seeds: result.pairs,
      seeds_needed: result.seedsNeeded,
    })),
  };
}

function wholeSeeds({ seeds, arms }: Trial, { runs }: TrialResults): number {
  return seeds.filter((seed) =>
    arms.every(({ name }) => runs.some((run) => run.arm === name && run.seed === seed)),
  ).length;
}

function bounds({ low, high }: Interval): [number | null, number | null] {
  return [finite(low), finite(high)];
}

/** JSON knows no infinity. */
function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
