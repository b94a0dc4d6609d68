// Tails of the normal distribution and of χ² with one degree of freedom, in + − × ÷ and square root alone so that a report
// has the same bits everywhere: Abramowitz & Stegun, Handbook of mathematical functions (1964), 26.2.11 and 26.2.14.

import { exponential } from '../../engine/exponential.ts';

const SERIES_BELOW = 3; // above it the continued fraction converges fast and the series would cancel

/** P(Z > x) for a standard normal Z; relative error below 1e-12. */
export function normalTail(x: number): number {
  if (x < 0) return 1 - normalTail(-x);
  const density = exponential((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  if (x < SERIES_BELOW) {
    let term = x;
    let sum = 0;
    for (let odd = 3; sum + term !== sum; odd += 2) {
      sum += term;
      term *= (x * x) / odd;
    }
    return 0.5 - density * sum;
  }
  let fraction = x;
  for (let k = 120; k >= 1; k--) fraction = x + k / fraction;
  return density / fraction;
}

/** P(X > x) for X of χ² with one degree of freedom, x ≥ 0. */
export function chiSquaredTail(x: number): number {
  return 2 * normalTail(Math.sqrt(x));
}
