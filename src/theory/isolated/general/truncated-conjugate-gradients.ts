/**
 * Conjugate gradients for Hx = b that end where H curves downward (Steihaug 1983): steps of Newton, whose H may be indefinite.
 * The engine's `conjugateGradients` refuses such a matrix, and renews its residual for an exactness that a Newton step has no use for.
 */

import { innerProduct } from '../../vectors.ts';

export interface ConjugateResult {
  readonly solution: Float64Array;
  /** ‖b − Hx‖/‖b‖ at the end. */
  readonly residual: number;
  readonly iterations: number;
  /** Whether a direction with vᵀHv ≤ 0 ended it; the solution is then the best before, or b itself. */
  readonly indefinite: boolean;
}

/**
 * @param product writes Hv into its second argument
 * @param tolerance of the residual, relative to ‖b‖
 */
export function truncatedConjugateGradients(
  product: (v: Float64Array, out: Float64Array) => void,
  b: Float64Array,
  tolerance: number,
  mostIterations: number,
): ConjugateResult {
  const n = b.length;
  const x = new Float64Array(n);
  const r = b.slice();
  const d = b.slice();
  const Hd = new Float64Array(n);
  const size = Math.sqrt(innerProduct(b, b));
  let squares = innerProduct(r, r);
  let iterations = 0;
  for (; iterations < mostIterations && Math.sqrt(squares) > tolerance * size; iterations++) {
    product(d, Hd);
    const curvature = innerProduct(d, Hd);
    if (!(curvature > 0)) {
      const solution = iterations === 0 ? b.slice() : x;
      return { solution, residual: Math.sqrt(squares) / size, iterations, indefinite: true };
    }
    const along = squares / curvature;
    for (let i = 0; i < n; i++) {
      x[i] += along * d[i];
      r[i] -= along * Hd[i];
    }
    const next = innerProduct(r, r);
    const turn = next / squares;
    for (let i = 0; i < n; i++) d[i] = r[i] + turn * d[i];
    squares = next;
  }
  return { solution: x, residual: size > 0 ? Math.sqrt(squares) / size : 0, iterations, indefinite: false };
}
