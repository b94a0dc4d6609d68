/**
 * Distance irrelevance (Zhong et al. 2023, arXiv:2306.17844): whether the right answer's logit depends on a − b. A "clock"
 * multiplies and does not care (near 1); a "pizza" averages (a + b)/2 and is weak where the operands lie opposite (low).
 */

import { requireShape } from './expected-shape.ts';

/**
 * Mean over d of the standard deviation of the correct logit at fixed a − b ≡ d, over its standard deviation at all inputs.
 *
 * @param logits [p, p, classes], inputs a, b
 * @param labels [p, p], 0 … classes − 1, without label noise
 * @returns 0 to 1: 0 where a − b decides, about √(1 − 1/p) for noise; NaN where the correct logit is always the same
 * @throws {RangeError} for arrays of another size
 */
export function distanceIrrelevance(
  logits: ArrayLike<number>,
  labels: ArrayLike<number>,
  p: number,
  classes: number,
): number {
  requireShape('distanceIrrelevance', 'the logits', logits, [p, p, classes]);
  requireShape('distanceIrrelevance', 'the labels', labels, [p, p]);
  const byDistance = new Float64Array(p * p); // [a − b, b]
  for (let a = 0; a < p; a++) {
    for (let b = 0; b < p; b++) {
      const input = a * p + b;
      byDistance[((a - b + p) % p) * p + b] = logits[input * classes + labels[input]];
    }
  }
  let sum = 0;
  for (let d = 0; d < p; d++) sum += standardDeviation(byDistance.subarray(d * p, (d + 1) * p));
  return sum / p / standardDeviation(byDistance);
}

function standardDeviation(values: Float64Array): number {
  let mean = 0;
  for (const value of values) mean += value - values[0]; // exactly 0 for equal values
  mean = values[0] + mean / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) * (value - mean);
  return Math.sqrt(squares / values.length);
}
