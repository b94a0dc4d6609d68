/**
 * The Cholesky factorisation of a positive semidefinite matrix with diagonal pivoting (Higham 1990, “Analysis of the Cholesky
 * decomposition of a semi-definite matrix”): it stops where nothing is left, and so finds the rank and as many independent rows.
 * Of K = JJᵀ it is the QR factorisation of Jᵀ with column pivoting: the pivots are the squared diagonal of R. It squares the condition
 * of J, as pivoted-qr.ts does not, and in return works on [rows, rows] that the engine multiplies: for J of millions of entries.
 */

import { TheoryError } from '../refusal.ts';

/** K[order, order] ≈ L Lᵀ over the first `rank` rows. */
export interface PivotedCholesky {
  readonly rank: number;
  /** The rows of K in the order in which they were chosen; only the first `rank` are. */
  readonly order: Int32Array;
  /** The pivot of each step, descending up to a factor: the share of a row that the rows before it do not span, squared. */
  readonly pivots: Float64Array;
  /** Solves K[chosen, chosen] y = b, b and y [rank]. */
  solve(b: Float64Array): Float64Array;
}

/**
 * @param K [size, size], symmetric; only read
 * @param tolerance a pivot below this share of the largest counts as 0
 * @throws TheoryError when K holds what is no number, or is not semidefinite
 */
export function pivotedCholesky(K: Float64Array, size: number, tolerance: number): PivotedCholesky {
  const order = Int32Array.from({ length: size }, (_, i) => i);
  const left = Float64Array.from({ length: size }, (_, i) => K[i * size + i]);
  const pivots: number[] = [];
  // Row i belongs to order[i], so that inner products run along memory.
  const L = new Float64Array(size * size);
  let rank = 0;
  for (; rank < size; rank++) {
    const best = largestFrom(left, rank);
    const pivot = left[best];
    if (!Number.isFinite(pivot)) {
      throw new TheoryError(
        `pivoted Cholesky: needs finite numbers, got ${pivot} in row ${order[best]}; the network has diverged`,
      );
    }
    if (pivot <= tolerance * (pivots[0] ?? 0) || pivot <= 0) break;
    pivots.push(pivot);
    exchange(rank, best, size, order, left, L);
    const diagonal = Math.sqrt(pivot);
    const from = rank * size;
    L[from + rank] = diagonal;
    for (let i = rank + 1; i < size; i++) {
      const row = i * size;
      let rest = K[order[i] * size + order[rank]];
      for (let k = 0; k < rank; k++) rest -= L[row + k] * L[from + k];
      const entry = rest / diagonal;
      L[row + rank] = entry;
      left[i] -= entry * entry;
    }
  }
  return {
    rank,
    order,
    pivots: Float64Array.from(pivots),
    solve: (b) => solved(L, size, rank, b),
  };
}

function largestFrom(values: Float64Array, from: number): number {
  let best = from;
  for (let i = from + 1; i < values.length; i++) if (!(values[i] <= values[best])) best = i;
  return best;
}

function exchange(
  i: number,
  j: number,
  size: number,
  order: Int32Array,
  left: Float64Array,
  L: Float64Array,
): void {
  if (i === j) return;
  [order[i], order[j]] = [order[j], order[i]];
  [left[i], left[j]] = [left[j], left[i]];
  for (let k = 0; k < i; k++) {
    const kept = L[i * size + k];
    L[i * size + k] = L[j * size + k];
    L[j * size + k] = kept;
  }
}

/** Forward and back substitution. */
function solved(L: Float64Array, size: number, rank: number, b: Float64Array): Float64Array {
  const y = b.slice(0, rank);
  for (let i = 0; i < rank; i++) {
    for (let k = 0; k < i; k++) y[i] -= L[i * size + k] * y[k];
    y[i] /= L[i * size + i];
  }
  for (let i = rank - 1; i >= 0; i--) {
    y[i] /= L[i * size + i];
    for (let k = 0; k < i; k++) y[k] -= L[i * size + k] * y[i];
  }
  return y;
}
