/**
 * The error function for analysis in double precision: erf x = 2/√π · e^(−x²) · Σ 2ⁿ x^(2n+1) / (2n+1)!!
 * (Abramowitz & Stegun 7.1.6). All terms have one sign, so nothing cancels: the error stays below 1e-14 everywhere.
 * Uses Math.exp, which differs between hosts in the last bit; training has its own kernel.
 */
export function erf(x: number): number {
  // From 6 on, 1 − erf x < 2.2e-17: below half the spacing of doubles at 1.
  if (!(Math.abs(x) < 6)) return Math.sign(x);
  let term = x;
  let sum = 0;
  for (let n = 1; sum + term !== sum; n++) {
    sum += term;
    term *= (2 * x * x) / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}
