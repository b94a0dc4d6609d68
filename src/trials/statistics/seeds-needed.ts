/**
 * How many pairs would decide, were the effect exactly as estimated: the normal approximation for means, and G. Noether, Sample
 * size determination for some common nonparametric tests, JASA 82, 1987, for the sign test and the signed ranks.
 */

import { normalQuantile } from '../../engine/normal-quantile.ts';

const POWER = 0.8;
const LARGEST = 1_000_000;

/** One-sided level `alpha`, a mean at `distance` from the null, `deviation` of one pair. */
export function pairsForMean(distance: number, deviation: number, alpha: number): number {
  return quotient(deviation, distance, alpha);
}

/** `share` of informative pairs lie on the right side; `informative` is their share among all. */
export function pairsForSign(share: number, informative: number, alpha: number): number {
  return quotient(0.5, share - 0.5, alpha) / informative;
}

/** `share` of the Walsh averages lie on the right side. */
export function pairsForSignedRank(share: number, alpha: number): number {
  return quotient(1 / Math.sqrt(3), share - 0.5, alpha);
}

/** Pairs for an estimate to lie on the right side of a bound at `distance`, without a test. */
export function pairsForSide(distance: number, deviation: number): number {
  return quotient(deviation, distance, 0.5);
}

function quotient(deviation: number, distance: number, alpha: number): number {
  if (!(distance > 0)) return Infinity;
  const ratio = ((normalQuantile(1 - alpha) + normalQuantile(POWER)) * deviation) / distance;
  return ratio * ratio;
}

/** A whole number above the pairs there are, or null where no number of them would do. */
export function seedsFrom(pairs: number, needed: number): number | null {
  if (!(needed <= LARGEST)) return null;
  return Math.max(pairs + 1, Math.ceil(needed));
}
