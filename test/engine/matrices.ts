/** Matrices for tests of the linear algebra: random ones, products written out, parameters that hold them. */

import type { Machine } from '../../src/engine/index.ts';
import * as g from '../../src/engine/index.ts';
import { Stream } from '../../src/engine/philox.ts';

export type Float = 'f32' | 'f64';

let names = 0;
/** A parameter with these values. */
export function matrixOn(
  on: Machine,
  values: ArrayLike<number>,
  shape: readonly number[],
  dtype: Float = 'f64',
): g.Expr {
  const node = g.parameter(`m${names++}`, shape, dtype);
  on.setParameter(node, values);
  return node;
}

export function computedOn(on: Machine, node: g.Expr): g.Values {
  const program = on.compile({ outputs: { node } });
  program.run();
  return program.value('node');
}

export function random(seed: number, length: number): Float64Array {
  const stream = new Stream(seed, 'matrix');
  return Float64Array.from({ length }, () => stream.normal());
}

export function transposed(a: ArrayLike<number>, rows: number, columns: number): Float64Array {
  return Float64Array.from(
    { length: rows * columns },
    (_, at) => a[(at % rows) * columns + Math.floor(at / rows)],
  );
}

/** a [m, k] · b [k, n]. */
export function product(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  m: number,
  k: number,
  n: number,
): Float64Array {
  const result = new Float64Array(m * n);
  for (let i = 0; i < m; i++)
    for (let l = 0; l < k; l++)
      for (let j = 0; j < n; j++) {
        const at = i * n + j;
        result[at] = result[at] + a[i * k + l] * b[l * n + j];
      }
  return result;
}

export function norm(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] ** 2;
  return Math.sqrt(sum);
}

export function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return norm(Float64Array.from(a, (x, i) => x - b[i])) / norm(b);
}

/** A random symmetric matrix with eigenvalues 1 … 1/condition, geometrically spaced: QΛQᵀ, Q of random reflections. */
export function withCondition(n: number, condition: number, seed: number): Float64Array {
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; i++) a[i * n + i] = condition ** (-i / Math.max(1, n - 1));
  for (let turn = 0; turn < 3; turn++) {
    const v = random(seed + turn, n);
    const scale = 2 / norm(v) ** 2;
    for (const byRows of [true, false]) {
      const at = (i: number, j: number): number => (byRows ? i * n + j : j * n + i);
      for (let i = 0; i < n; i++) {
        let inner = 0;
        for (let j = 0; j < n; j++) inner += a[at(i, j)] * v[j];
        for (let j = 0; j < n; j++) a[at(i, j)] = a[at(i, j)] - scale * inner * v[j];
      }
    }
  }
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) a[i * n + j] = a[j * n + i];
  return a;
}
