/**
 * A symmetric matrix made tridiagonal by Householder reflections (Golub and Van Loan, Matrix Computations, §8.3): A = QTQᵀ.
 * Only the lower triangle is read and updated; all loops run along rows.
 */

/** T by its diagonal and what stands beside it, and Qᵀ where it was asked for. */
export interface Tridiagonal {
  /** [n]. */
  readonly diagonal: Float64Array;
  /** [n]: element i stands between i and i + 1; the last is 0. */
  readonly beside: Float64Array;
  /** Qᵀ [n, n], row-major. */
  readonly rows: Float64Array | undefined;
}

/** @param a symmetric [n, n], row-major; overwritten below and on the diagonal, with the reflections in its rows */
export function tridiagonalize(a: Float64Array, n: number, vectors: boolean): Tridiagonal {
  const diagonal = new Float64Array(n);
  const beside = new Float64Array(n);
  const halves = new Float64Array(n);
  const p = new Float64Array(n);
  for (let i = n - 1; i > 0; i--) {
    const v = a.subarray(i * n, i * n + i);
    diagonal[i] = a[i * n + i] as number;
    const [half, reflected] = reflector(v);
    halves[i] = half;
    beside[i - 1] = reflected;
    if (half !== 0) reflectBothSides(a, n, i, v, half, p);
  }
  if (n > 0) diagonal[0] = a[0] as number;
  return { diagonal, beside, rows: vectors ? accumulated(a, n, halves) : undefined };
}

/**
 * Turns x into the v of the reflection I − vvᵀ/h that maps x to a multiple of the last unit vector.
 * @returns h (0 where nothing is to be reflected) and the multiple
 */
function reflector(x: Float64Array): [number, number] {
  const last = x.length - 1;
  const end = x[last] as number;
  let others = 0;
  for (let k = 0; k < last; k++) others += (x[k] as number) * (x[k] as number);
  if (others === 0) return [0, end];
  const squared = others + end * end;
  const reflected = end > 0 ? -Math.sqrt(squared) : Math.sqrt(squared);
  x[last] = end - reflected;
  return [squared - end * reflected, reflected];
}

/** The leading i rows and columns of a, reflected from both sides: A − vqᵀ − qvᵀ with q = Av/h − (vᵀAv/2h²)v. */
function reflectBothSides(
  a: Float64Array,
  n: number,
  i: number,
  v: Float64Array,
  half: number,
  p: Float64Array,
): void {
  p.fill(0, 0, i);
  for (let r = 0; r < i; r++) {
    const row = r * n;
    const weight = v[r] as number;
    let sum = (a[row + r] as number) * weight;
    for (let c = 0; c < r; c++) {
      const x = a[row + c] as number;
      sum += x * (v[c] as number);
      p[c] = (p[c] as number) + x * weight;
    }
    p[r] = (p[r] as number) + sum;
  }
  let inner = 0;
  for (let r = 0; r < i; r++) {
    p[r] = (p[r] as number) / half;
    inner += (p[r] as number) * (v[r] as number);
  }
  const share = inner / (2 * half);
  for (let r = 0; r < i; r++) p[r] = (p[r] as number) - share * (v[r] as number);
  for (let r = 0; r < i; r++) {
    const row = r * n;
    const [x, y] = [v[r] as number, p[r] as number];
    for (let c = 0; c <= r; c++)
      a[row + c] = (a[row + c] as number) - x * (p[c] as number) - y * (v[c] as number);
  }
}

/** Qᵀ = H₁H₂ … from the reflections in the rows of a: that of row i meets the leading i rows and columns only. */
function accumulated(a: Float64Array, n: number, halves: Float64Array): Float64Array {
  const rows = new Float64Array(n * n);
  for (let i = 0; i < n; i++) rows[i * n + i] = 1;
  for (let i = 1; i < n; i++) {
    const half = halves[i] as number;
    if (half === 0) continue;
    const v = a.subarray(i * n, i * n + i);
    for (let r = 0; r < i; r++) {
      const row = r * n;
      let sum = 0;
      for (let c = 0; c < i; c++) sum += (rows[row + c] as number) * (v[c] as number);
      const share = sum / half;
      for (let c = 0; c < i; c++) rows[row + c] = (rows[row + c] as number) - share * (v[c] as number);
    }
  }
  return rows;
}
