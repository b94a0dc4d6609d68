/**
 * Cholesky's factorisation and the solution of its equations in plain double precision, in the order of the textbook: what the
 * engine's kernels are tested against, and what solves for far fewer hidden units than train examples.
 */

import { TheoryError } from '../refusal.ts';

/**
 * Replaces the lower triangle of a symmetric positive definite matrix by L with LLᵀ = K; the upper triangle is not read.
 * @param matrix [n, n] row-major
 * @throws TheoryError naming the pivot that is not positive
 */
export function choleskyInPlace(matrix: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) {
    const row = i * n;
    let diagonal = matrix[row + i];
    const size = diagonal;
    for (let j = 0; j < i; j++) {
      const other = j * n;
      let sum = matrix[row + j];
      for (let k = 0; k < j; k++) sum -= matrix[row + k] * matrix[other + k];
      const value = sum / matrix[other + j];
      matrix[row + j] = value;
      diagonal -= value * value;
    }
    // Rounding alone leaves about n·ε of what was subtracted.
    if (!(diagonal > 4 * n * Number.EPSILON * size)) {
      throw new TheoryError(
        `pivot ${i + 1} of ${n} of HHᵀ + λI is ${diagonal.toExponential(1)} where ${size.toExponential(1)} stood: the hidden rows of the ` +
          `train examples are linearly dependent; widen the layer, or give a ridge λ of at least ${(n * 1e-13 * size).toExponential(0)}`,
      );
    }
    matrix[row + i] = Math.sqrt(diagonal);
  }
}

/**
 * Replaces the columns of a right-hand side by the solutions of LLᵀx = b.
 * @param factor [n, n], L in its lower triangle
 * @param right [n, columns] row-major
 */
export function solveWithCholesky(
  factor: Float64Array,
  n: number,
  right: Float64Array,
  columns: number,
): void {
  for (let i = 0; i < n; i++) {
    const at = i * columns;
    for (let j = 0; j < i; j++) subtractRow(right, at, j * columns, factor[i * n + j], columns);
    const inverse = 1 / factor[i * n + i];
    for (let c = at; c < at + columns; c++) right[c] *= inverse;
  }
  for (let i = n - 1; i >= 0; i--) {
    const at = i * columns;
    const inverse = 1 / factor[i * n + i];
    for (let c = at; c < at + columns; c++) right[c] *= inverse;
    for (let j = 0; j < i; j++) subtractRow(right, j * columns, at, factor[i * n + j], columns);
  }
}

/** Row at `to` minus `scale` times row at `from`. */
function subtractRow(values: Float64Array, to: number, from: number, scale: number, columns: number): void {
  for (let c = 0; c < columns; c++) values[to + c] -= scale * values[from + c];
}
