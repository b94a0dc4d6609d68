/**
 * The permutation test of paired differences by their sum: were both sides of a pair exchangeable, every exchange would have
 * been as likely (R. Fisher, The design of experiments, 1935, §21). Flipping the signs of a subset F of pairs raises the sum
 * exactly where the sum over F is negative, so that the sums over subsets say all: the p-value at any effect, and the interval
 * that inverts the test, whose bounds are quantiles of the means over subsets (J. Hartigan, Using subsample values as typical
 * values, JASA 64, 1969).
 */

import type { Stream } from '../../engine/philox.ts';
import type { Interval } from '../analysis.ts';
import type { Tails } from './tails.ts';

const ALL_UP_TO = 12; // pairs whose subsets are all gone through
const RANDOM_SUBSETS = 3999; // p-values are then multiples of 1/4,000, and valid as such: the data themselves are one more

/** Subsets of pairs, the empty one not counted: `member[subset·pairs + pair]` is 1 where the pair is in it. */
export interface Subsets {
  readonly pairs: number;
  readonly count: number;
  readonly member: Uint8Array;
}

/** All subsets of few pairs, else random ones, each pair in or out by the toss of a coin. */
export function subsetsOf(pairs: number, stream: Stream): Subsets {
  const all = pairs <= ALL_UP_TO;
  const count = all ? 2 ** pairs - 1 : RANDOM_SUBSETS;
  const member = new Uint8Array(count * pairs);
  for (let subset = 0; subset < count; subset++) {
    let bits = all ? subset + 1 : 0;
    for (let pair = 0; pair < pairs; pair++) {
      if (!all && pair % 32 === 0) bits = stream.uint32();
      member[subset * pairs + pair] = (bits >>> (pair % 32)) & 1;
    }
  }
  return { pairs, count, member };
}

function subsetSums(values: ArrayLike<number>, { pairs, count, member }: Subsets): Float64Array {
  const sums = new Float64Array(count);
  for (let subset = 0; subset < count; subset++) {
    let sum = 0;
    for (let pair = 0; pair < pairs; pair++) sum += member[subset * pairs + pair] * values[pair];
    sums[subset] = sum;
  }
  return sums;
}

/** Tails of the test that the differences are symmetric about 0, by their sum. */
export function flipTails(differences: ArrayLike<number>, subsets: Subsets): Tails {
  let size = 0;
  for (let i = 0; i < differences.length; i++) size += Math.abs(differences[i]);
  const tie = 1e-12 * size; // sums that are equal on paper
  let [low, high] = [1, 1];
  for (const sum of subsetSums(differences, subsets)) {
    if (sum <= tie) low++;
    if (sum >= -tie) high++;
  }
  return { less: high / (subsets.count + 1), greater: low / (subsets.count + 1) };
}

/**
 * Effects e that the test of first − e·unit does not reject two-sided: with `unit` the other side, a ratio of means; with ones,
 * a mean. `least` and `greatest` are what the effect can be at all.
 */
export function flipInterval(
  first: ArrayLike<number>,
  unit: ArrayLike<number>,
  subsets: Subsets,
  level: number,
  { low: least, high: greatest }: Interval,
): Interval {
  const bottoms = subsetSums(unit, subsets);
  const quotients = subsetSums(first, subsets);
  let weightless = 0;
  for (let i = 0; i < quotients.length; i++) {
    if (bottoms[i] > 0) quotients[i] /= bottoms[i];
    else {
      quotients[i] = greatest;
      weightless++;
    }
  }
  quotients.sort();
  const beyond = Math.floor((level / 2) * (subsets.count + 1) + 1e-9) - 1;
  if (beyond < 0) return { low: least, high: greatest };
  // A subset without weight says nothing and counts against both bounds: sorted as the greatest, it is as well the least.
  const low = beyond < weightless ? least : quotients[beyond - weightless];
  return { low, high: quotients[subsets.count - 1 - beyond] };
}
