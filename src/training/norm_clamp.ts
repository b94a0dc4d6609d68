/**
 * The norm clamp: after each step all weights are rescaled to a fixed ‖θ‖, so that what weight decay does to the norm is taken
 * out of a training, and only the direction of θ learns.
 */

import { add, cast, constant, div, type Expr, maximum, mul, sqrt, square, sum } from '../engine/index.ts';
import { flush } from './optimizers/flush.ts';

/** Weights that are all zero have no direction: they stay. */
const LEAST_NORM = 7.888609052210118e-31; // 2⁻¹⁰⁰

/**
 * The next values of all parameters times norm/‖θ‖; ‖θ‖ = √Σw² over all of them, as it is logged, in f64.
 *
 * @param next one for each parameter of the model
 */
export function clampNorm(next: readonly Expr[], norm: number): Expr[] {
  const squares = next.map((w) => sum(square(cast(w, 'f64'))));
  const length = sqrt(squares.reduce((total, part) => add(total, part)));
  const factor = div(constant(norm, [], 'f64'), maximum(length, LEAST_NORM));
  return next.map((w) => flush(mul(w, cast(factor, w.dtype)), 'value'));
}
