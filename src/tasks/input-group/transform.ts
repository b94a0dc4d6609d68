/**
 * The Fourier transform on an input group as expressions: along every factor the values are multiplied with its basis. The
 * product is one of the engine's own, so that it is exact to rounding, has a gradient, and runs on all threads.
 */

import { constant, type Dtype, type Expr, einsum, reshape } from '../../engine/index.ts';
import type { Axis } from './axis.ts';

/** The basis of a factor as a matrix [order, order]. */
function basisOf({ basis, order }: Axis, dtype: Dtype): Expr {
  return constant(Array.from(basis), [order, order], dtype);
}

/**
 * Coefficients of functions on a product of groups, in the product of the bases of its factors; orthonormal, so that sums of
 * squares are kept (Parseval).
 *
 * @param table [elements, d]: values of d functions at every element, in row-major order of the factors
 * @returns [elements, d]: row (i, j, …) belongs to basis function i of the first factor times j of the second and so on
 */
export function characterTransform(table: Expr, axes: readonly Axis[]): Expr {
  const [size, d] = table.shape as readonly [number, number];
  let before = 1;
  let values = table;
  for (const axis of axes) {
    const after = (size / (before * axis.order)) * d;
    const basis = basisOf(axis, table.dtype);
    values =
      before === 1
        ? einsum('kt,tr->kr', basis, reshape(values, [axis.order, after]))
        : einsum('kt,btr->bkr', basis, reshape(values, [before, axis.order, after]));
    before *= axis.order;
  }
  return reshape(values, [size, d]);
}
