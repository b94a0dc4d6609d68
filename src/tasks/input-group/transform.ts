/**
 * The Fourier transform on an input group as expressions: along every factor the values are multiplied with its basis. The
 * product is one of the engine's own, so that it is exact to rounding, has a gradient, and runs on all threads.
 */

import {
  add,
  concat,
  constant,
  type Dtype,
  type Expr,
  einsum,
  gather,
  matmul,
  reshape,
  slice,
  sub,
} from '../../engine/index.ts';
import type { Axis } from './axis.ts';

/** A part of the basis of a factor as a matrix: some of its functions at some elements. */
function basisOf({ basis, order }: Axis, [from, to]: Range, [first, last]: Range, dtype: Dtype): Expr {
  const rows = Array.from({ length: to - from }, (_, i) =>
    basis.subarray((from + i) * order + first, (from + i) * order + last),
  );
  return constant(
    rows.flatMap((row) => [...row]),
    [to - from, last - first],
    dtype,
  );
}

type Range = readonly [from: number, to: number];

/** Below this order halves are not worth their copies. */
const FOLDED = 16;

/** @param values [before, order, after] */
function alongAxis(axis: Axis, values: Expr): Expr {
  const { order, cyclic } = axis;
  if (cyclic && order % 2 === 1 && order >= FOLDED) return alongOddCycle(axis, values);
  return product(basisOf(axis, [0, order], [0, order], values.dtype), values);
}

/** Σ_t matrix[k, t] · values[…, t, …] */
function product(matrix: Expr, values: Expr): Expr {
  const [before, t, after] = values.shape as readonly [number, number, number];
  if (before > 1) return einsum('kt,btr->bkr', matrix, values);
  return reshape(matmul(matrix, reshape(values, [t, after])), [1, matrix.shape[0] as number, after]);
}

/**
 * On a cycle cosines are even and sines odd: x_t + x_{n−t} and x_t − x_{n−t} are formed once, and half as many products.
 * @param values [before, n, after]
 */
function alongOddCycle(axis: Axis, values: Expr): Expr {
  const n = axis.order;
  const m = (n - 1) / 2;
  const [before, , after] = values.shape as readonly [number, number, number];
  const rows = reshape(values, [before * n, after]);
  const places = Array.from({ length: before }, (_, b) =>
    Array.from({ length: m }, (_, t) => b * n + n - 1 - t),
  ).flat();
  const back = reshape(gather(rows, constant(places, [places.length], 'i32')), [before, m, after]);
  const front = slice(values, 1, 1, m + 1);
  const even = concat([slice(values, 1, 0, 1), add(front, back)], 1);
  const cosines = product(basisOf(axis, [0, m + 1], [0, m + 1], values.dtype), even);
  const sines = product(basisOf(axis, [m + 1, n], [1, m + 1], values.dtype), sub(front, back));
  return concat([cosines, sines], 1);
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
    values = alongAxis(axis, reshape(values, [before, axis.order, after]));
    before *= axis.order;
  }
  return reshape(values, [size, d]);
}
