/** Clipping of the gradient by its global norm, as PyTorch's clip_grad_norm_ (Pascanu et al. 1211.5063). */

import type { Expr } from '../engine/index.ts';
import { add, constant, div, minimum, mul, sqrt, square, sum } from '../engine/index.ts';
import { flush } from './optimizers/flush.ts';

/** Of clip_grad_norm_: keeps the quotient finite at a zero gradient. */
const NORM_EPSILON = 1e-6;

/** √Σ‖g‖² over all gradients, shape []. */
export function globalNorm(gradients: readonly Expr[]): Expr {
  return sqrt(
    gradients.map((g) => sum(square(flush(g, 'gradient')))).reduce((total, part) => add(total, part)),
  );
}

/** The gradients times min(1, maxNorm/(norm + 1e-6)). */
export function clipGlobalNorm(gradients: readonly Expr[], norm: Expr, maxNorm: number): Expr[] {
  const quotient = div(constant(maxNorm, [], norm.dtype), add(norm, NORM_EPSILON));
  const coefficient = minimum(quotient, 1);
  return gradients.map((g) => mul(g, coefficient));
}
