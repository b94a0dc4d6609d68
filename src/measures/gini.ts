/** Gini coefficient (Gini 1912): how unequally a total is shared. 0 where all shares are equal, 1 − 1/n where one has everything. */

/**
 * G = Σ_i (2i − n − 1) x₍ᵢ₎ / (n Σx), x₍₁₎ ≤ … ≤ x₍ₙ₎ the values in ascending order.
 *
 * @param values at least one, none negative
 * @returns NaN where the values sum to 0 or one is not finite: there is nothing to share
 * @throws {RangeError} for no values or a negative one
 */
export function gini(values: ArrayLike<number>): number {
  const ascending = Float64Array.from(values).sort();
  const n = ascending.length;
  if (n === 0 || ascending[0] < 0) {
    const got = n === 0 ? 'none' : ascending[0];
    throw new RangeError(`gini: expected values of at least 0, got ${got}; give powers or sizes`);
  }
  let total = 0;
  let weighted = 0;
  for (let i = 0; i < n; i++) {
    total += ascending[i];
    weighted += (2 * i + 1 - n) * ascending[i];
  }
  return weighted / (n * total);
}
