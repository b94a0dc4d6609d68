/** Two plain readings of how few carry a total: the inverse participation ratio and the share of the largest. */

/**
 * Inverse participation ratio Σ π² with π = w/Σw: 1/n for n equal shares, 1 where one has everything.
 *
 * @param weights none negative
 * @returns NaN where they sum to 0
 */
export function inverseParticipationRatio(weights: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < weights.length; i++) total += weights[i];
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += (weights[i] / total) * (weights[i] / total);
  return weights.length === 0 ? Number.NaN : sum;
}

/**
 * What the `count` largest weights hold of the total, 0 to 1; everything where there are no more than that.
 *
 * @param weights none negative
 * @returns NaN where they sum to 0
 */
export function shareOfLargest(weights: ArrayLike<number>, count: number): number {
  const ascending = Float64Array.from(weights).sort();
  let total = 0;
  let largest = 0;
  for (let i = 0; i < ascending.length; i++) {
    total += ascending[i];
    if (i >= ascending.length - count) largest += ascending[i];
  }
  return largest / total;
}
