/** Shannon entropy of a distribution given by weights, in nats: 0 where one has everything, ln n where all are equal. */

import { logarithm } from '../engine/logarithm.ts';

/**
 * −Σ π ln π with π = w/Σw; a weight of 0 adds nothing. exp(entropy) is the number of equal shares it corresponds to.
 *
 * @param weights none negative
 * @returns NaN where the weights sum to 0 or one is not finite
 * @throws {RangeError} for a negative weight
 */
export function entropy(weights: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] < 0) {
      throw new RangeError(
        `entropy: expected weights of at least 0, got ${weights[i]}; give powers or sizes`,
      );
    }
    total += weights[i];
  }
  if (!(total > 0 && total < Infinity)) return Number.NaN;
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    const share = weights[i] / total;
    if (share > 0) sum += share * logarithm(share);
  }
  return sum === 0 ? 0 : -sum; // never −0
}
