/**
 * The sign test of paired differences and the median's interval that inverts it, exact (W. Dixon & A. Mood 1946; Hollander,
 * Wolfe & Chicken, Nonparametric statistical methods, 2014, §3.4–3.6). Differences of 0 are left out.
 */

import type { Interval } from '../analysis.ts';
import type { Tails } from './tails.ts';

/** P(X ≤ k) for X binomial of n and ½, for k = 0, …, n. */
function binomialBelow(n: number): Float64Array {
  let row = Float64Array.of(1);
  for (let size = 1; size <= n; size++) {
    const next = new Float64Array(size + 1);
    for (let k = 0; k <= size; k++) next[k] = ((k < size ? row[k] : 0) + (k > 0 ? row[k - 1] : 0)) / 2;
    row = next;
  }
  for (let k = 1; k <= n; k++) row[k] = Math.min(1, row[k] + row[k - 1]);
  return row;
}

/** Tails of the test that differences are as often above 0 as below. */
export function signTails(differences: ArrayLike<number>): Tails {
  let [above, below] = [0, 0];
  for (let i = 0; i < differences.length; i++) {
    if (differences[i] > 0) above++;
    else if (differences[i] < 0) below++;
  }
  const cumulative = binomialBelow(above + below);
  return { less: cumulative[above], greater: cumulative[below] };
}

/** The middle value; the mean of both for an even number of them. */
export function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** For the median of the differences, at least 1 − level; unbounded where there are too few differences for that. */
export function signInterval(differences: ArrayLike<number>, level: number): Interval {
  const sorted = Float64Array.from(differences).sort();
  return orderInterval(sorted, binomialBelow(sorted.length), level);
}

/**
 * From the k-th smallest to the k-th largest of the sorted values, k as large as the distribution allows:
 * cumulative[k − 1] ≤ level/2.
 */
export function orderInterval(sorted: Float64Array, cumulative: Float64Array, level: number): Interval {
  let k = 0;
  while (k < cumulative.length && cumulative[k] <= level / 2) k++;
  if (k === 0) return { low: -Infinity, high: Infinity };
  return { low: sorted[k - 1], high: sorted[sorted.length - k] };
}
