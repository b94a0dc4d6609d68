/**
 * The cosine of an angle counted in turns, from + − × only, so that its bits are the same on every machine
 * (Math.cos is not: the language leaves its last bits open).
 */

/** Taylor series of cos about 0 in x², highest order first; for |x| ≤ π/4 the next term is below 2⁻⁵⁸. */
const COS = [20922789888000, -87178291200, 479001600, -3628800, 40320, -720, 24, -2, 1].map((n) => 1 / n);

/** Taylor series of sin(x)/x about 0 in x², highest order first, to the same accuracy. */
const SIN = [-1307674368000, 6227020800, -39916800, 362880, -5040, 120, -6, 1].map((n) => 1 / n);

const horner = (coefficients: readonly number[], x: number): number =>
  coefficients.reduce((value, coefficient) => value * x + coefficient, 0);

/**
 * cos(2π·turns), within 3e-16 of the exact value for the number given. Whole turns are taken off exactly, so
 * `turns = m / p` for whole m and p stays accurate however large m is made before; reduce m mod p first.
 */
export function cosineOfTurns(turns: number): number {
  const fraction = Math.abs(turns - Math.round(turns)); // cos is even; 0 … ½, exact
  const folded = fraction > 0.25 ? 0.5 - fraction : fraction; // cos(π − x) = −cos x; exact
  const sign = fraction > 0.25 ? -1 : 1;
  if (folded <= 0.125) {
    const x = 2 * Math.PI * folded;
    return sign * horner(COS, x * x);
  }
  const x = 2 * Math.PI * (0.25 - folded); // cos x = sin(π/2 − x); exact
  return sign * x * horner(SIN, x * x);
}
