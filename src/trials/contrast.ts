/** A comparison's two sides put into numbers by its test: estimate, interval, and the p-values of any effect. */

import { Stream } from '../engine/philox.ts';
import type { Interval, TimeComparison } from './analysis.ts';
import { type Subsets, subsetsOf } from './statistics/sign-flips.ts';
import { type Resamples, resamplesOf } from './statistics/studentised-bootstrap.ts';
import type { Tails } from './statistics/tails.ts';

export interface Contrast {
  readonly effect: number;
  readonly scale: 'ratio' | 'difference';
  /** Of the effect, at 1 − level. */
  readonly interval: Interval;
  readonly tails: (effect: number) => Tails;
  /** Pairs at which the test would refute a bound that the estimate lies beyond, one-sided at `alpha`. */
  readonly pairsToRefute: (bound: number, alpha: number) => number;
  /** Pairs at which an estimate would probably lie on the estimate's side of the bound. */
  readonly pairsToLieBeyond: (bound: number) => number;
  readonly times: TimeComparison | null;
}

/** What chance decides in a comparison, fixed by its name: which pairs are exchanged, which drawn again. */
export interface Chance {
  readonly subsets: Subsets;
  readonly resamples: Resamples;
}

const SEED = 1908; // any, but always the same; the year of Student's t

let latest: { readonly key: string; readonly chance: Chance } | null = null;

/** The same for the same name and number of pairs, so the latest is kept for whoever judges many trials of one kind. */
export function chanceOf(comparison: string, pairs: number): Chance {
  const key = `${pairs} ${comparison}`;
  if (latest?.key !== key) {
    const chance = {
      subsets: subsetsOf(pairs, new Stream(SEED, comparison, 0)),
      resamples: resamplesOf(pairs, new Stream(SEED, comparison, 1)),
    };
    latest = { key, chance };
  }
  return latest.chance;
}

/** The smallest interval that holds both. */
export function hull(one: Interval, other: Interval): Interval {
  return { low: Math.min(one.low, other.low), high: Math.max(one.high, other.high) };
}

/** Share of numbers above 0, or below, among those that are neither. */
export function shareBeyond(differences: ArrayLike<number>, side: 'above' | 'below'): number {
  let [above, below] = [0, 0];
  for (let i = 0; i < differences.length; i++) {
    if (differences[i] > 0) above++;
    else if (differences[i] < 0) below++;
  }
  return above + below === 0 ? 0.5 : (side === 'above' ? above : below) / (above + below);
}

export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/** With n − 1. */
export function standardDeviation(values: ArrayLike<number>): number {
  const centre = mean(values);
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i] - centre) * (values[i] - centre);
  return values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1));
}
