/**
 * The row space of a matrix by Householder reflections with column pivoting on its transpose (Businger and Golub 1965):
 * Aᵀ Π = Q R. It gives the rank to a stated tolerance without squaring the condition, the pseudo-inverse and the projections.
 */

/** A diagonal entry of R below this share of the first one counts as zero. */
export const RANK_TOLERANCE = 1e-10;

/** The row space of A [rows, columns], its kernel beside it: rank, pseudo-inverse and projection. */
export class RowSpace {
  readonly rows: number;
  readonly columns: number;
  /** Rows of the matrix that are independent, to the tolerance. */
  readonly rank: number;
  /** |R| of the diagonal, descending: near the singular values. */
  readonly diagonal: Float64Array;
  /** Column k is the reflection vector k from its k-th entry on, above it column k of R. Column-major, [columns, rows]. */
  private readonly qr: Float64Array;
  private readonly betas: Float64Array;
  private readonly order: Int32Array;

  /** @param matrix A [rows, columns] in row-major order, which is Aᵀ in column-major order */
  constructor(matrix: Float64Array, rows: number, columns: number, tolerance = RANK_TOLERANCE) {
    this.rows = rows;
    this.columns = columns;
    this.qr = Float64Array.from(matrix);
    this.order = Int32Array.from({ length: rows }, (_, i) => i);
    const most = Math.min(rows, columns);
    this.betas = new Float64Array(most);
    const diagonal = new Float64Array(most);
    let rank = 0;
    for (let k = 0; k < most; k++) {
      this.bringForward(k);
      diagonal[k] = this.reflect(k);
      if (!(diagonal[k] > tolerance * diagonal[0])) break;
      rank++;
    }
    this.rank = rank;
    this.diagonal = diagonal;
  }

  /** Exchanges column k with the one of which most is left. Norms are computed anew: downdating them cancels. */
  private bringForward(k: number): void {
    const { qr, columns, rows, order } = this;
    let best = k;
    let most = -1;
    for (let c = k; c < rows; c++) {
      let sum = 0;
      for (let i = k; i < columns; i++) sum += qr[c * columns + i] ** 2;
      if (sum > most) [best, most] = [c, sum];
    }
    if (best === k) return;
    for (let i = 0; i < columns; i++) {
      const a = k * columns + i;
      const b = best * columns + i;
      [qr[a], qr[b]] = [qr[b], qr[a]];
    }
    [order[k], order[best]] = [order[best], order[k]];
  }

  /** Makes zeros below the diagonal of column k and applies the reflection to those behind it. @returns |R_kk| */
  private reflect(k: number): number {
    const { qr, columns, rows, betas } = this;
    const head = k * columns;
    let sum = 0;
    for (let i = k; i < columns; i++) sum += qr[head + i] ** 2;
    const norm = Math.sqrt(sum);
    if (norm === 0) return 0;
    const first = qr[head + k];
    const pivot = first + (first >= 0 ? norm : -norm);
    // v = (1, x/pivot), H = I − β v vᵀ, β = 2/‖v‖² = |pivot|/norm.
    for (let i = k + 1; i < columns; i++) qr[head + i] /= pivot;
    betas[k] = Math.abs(pivot) / norm;
    qr[head + k] = first >= 0 ? -norm : norm;
    for (let c = k + 1; c < rows; c++) this.applyTo(qr, c * columns, k);
    return norm;
  }

  /** x ← H_k x for the x that begins at `offset`. */
  private applyTo(x: Float64Array, offset: number, k: number): void {
    const { qr, columns, betas } = this;
    const head = k * columns;
    let inner = x[offset + k];
    for (let i = k + 1; i < columns; i++) inner += qr[head + i] * x[offset + i];
    const by = betas[k] * inner;
    x[offset + k] -= by;
    for (let i = k + 1; i < columns; i++) x[offset + i] -= by * qr[head + i];
  }

  private timesTransposedQ(x: Float64Array): void {
    for (let k = 0; k < this.rank; k++) this.applyTo(x, 0, k);
  }

  private timesQ(x: Float64Array): void {
    for (let k = this.rank - 1; k >= 0; k--) this.applyTo(x, 0, k);
  }

  /**
   * A⁺b: the shortest x with Ax = b. Of rank-deficient matrices the `rank` leading rows are solved, which are all where b is
   * consistent.
   */
  pseudoInverse(b: Float64Array): Float64Array {
    const { qr, columns, rank, order } = this;
    const x = new Float64Array(columns);
    // (Aᵀ Π = Q R) ⇒ Rᵀ (Qᵀ x) = Πᵀ b.
    for (let k = 0; k < rank; k++) {
      let sum = b[order[k]];
      for (let j = 0; j < k; j++) sum -= qr[k * columns + j] * x[j];
      x[k] = sum / qr[k * columns + k];
    }
    this.timesQ(x);
    return x;
  }

  /** (Aᵀ)⁺v: the y with the least ‖Aᵀy − v‖, 0 on rows that depend on others. */
  transposedPseudoInverse(v: Float64Array): Float64Array {
    const { qr, columns, rank, order } = this;
    const x = Float64Array.from(v);
    this.timesTransposedQ(x);
    const y = new Float64Array(this.rows);
    for (let k = rank - 1; k >= 0; k--) {
      let sum = x[k];
      for (let j = k + 1; j < rank; j++) sum -= qr[j * columns + k] * y[order[j]];
      y[order[k]] = sum / qr[k * columns + k];
    }
    return y;
  }

  /** The part of v in ker A: (I − A⁺A) v. */
  kernelPart(v: Float64Array): Float64Array {
    const x = Float64Array.from(v);
    this.timesTransposedQ(x);
    x.fill(0, 0, this.rank);
    this.timesQ(x);
    return x;
  }
}
