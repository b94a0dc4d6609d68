/**
 * Wilcoxon's signed-rank test of paired differences (F. Wilcoxon 1945), exact given the ranks at every number of pairs: tied
 * sizes share their mean rank, and zeros are ranked with the others and then left out (J. Pratt, Remarks on zeros and ties in
 * the Wilcoxon signed rank procedures, JASA 54, 1959). Estimate and interval by J. Hodges & E. Lehmann (1963) and J. Tukey
 * (1949): Hollander, Wolfe & Chicken, Nonparametric statistical methods, 2014, §3.2–3.3.
 */

import type { Interval } from '../analysis.ts';
import { median, orderInterval } from './sign-test.ts';
import type { Tails } from './tails.ts';

/** Twice the mean ranks of |d|, 0 for a difference of 0: whole numbers. */
function doubledRanks(differences: ArrayLike<number>): number[] {
  const sizes = Array.from(differences, Math.abs);
  return sizes.map((size) => {
    if (size === 0) return 0;
    let [smaller, equal] = [0, 0];
    for (const other of sizes) {
      if (other < size) smaller++;
      else if (other === size) equal++;
    }
    return 2 * smaller + equal + 1;
  });
}

/** P(S ≤ s) for s = 0, 1, …, S the sum of a random subset of whole numbers, each in it with probability ½. */
function subsetSumsBelow(numbers: readonly number[]): Float64Array {
  const total = numbers.reduce((sum, number) => sum + number, 0);
  const cumulative = new Float64Array(total + 1);
  cumulative[0] = 1;
  let reach = 0;
  for (const number of numbers) {
    reach += number;
    for (let s = reach; s >= 0; s--)
      cumulative[s] = (cumulative[s] + (s >= number ? cumulative[s - number] : 0)) / 2;
  }
  for (let s = 1; s <= total; s++) cumulative[s] = Math.min(1, cumulative[s] + cumulative[s - 1]);
  return cumulative;
}

/** Tails of the test that differences are symmetric about 0. */
export function signedRankTails(differences: ArrayLike<number>): Tails {
  const ranks = doubledRanks(differences);
  let [above, below] = [0, 0];
  for (let i = 0; i < ranks.length; i++) {
    if (differences[i] > 0) above += ranks[i];
    else if (differences[i] < 0) below += ranks[i];
  }
  const cumulative = subsetSumsBelow(ranks);
  return { less: cumulative[above], greater: cumulative[below] };
}

/** Means of all pairs of differences, each with itself too, ascending: n(n + 1)/2. */
export function walshAverages(differences: ArrayLike<number>): Float64Array {
  const n = differences.length;
  const averages = new Float64Array((n * (n + 1)) / 2);
  let next = 0;
  for (let i = 0; i < n; i++)
    for (let j = i; j < n; j++) averages[next++] = (differences[i] + differences[j]) / 2;
  return averages.sort();
}

/** Hodges and Lehmann's estimate of the centre: the median of the Walsh averages. */
export function hodgesLehmann(differences: ArrayLike<number>): number {
  return median(walshAverages(differences));
}

/** For that centre, at least 1 − level; unbounded where there are too few differences for that. */
export function signedRankInterval(differences: ArrayLike<number>, level: number): Interval {
  const ranks = Array.from(differences, (_, i) => i + 1);
  return orderInterval(walshAverages(differences), subsetSumsBelow(ranks), level);
}
