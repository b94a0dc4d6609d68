/** syrk, Cholesky and triangular solves against closed forms, sums written out, and one another. */

import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import * as g from '../index.ts';
import { Machine } from '../machine.ts';
import { Stream } from '../philox.ts';

type Float = 'f32' | 'f64';

let machine: Machine;
beforeAll(async () => {
  machine = await Machine.open();
});

let names = 0;
/** A parameter with these values. */
function matrix(
  values: ArrayLike<number>,
  shape: readonly number[],
  dtype: Float = 'f64',
  on = machine,
): g.Expr {
  const node = g.parameter(`m${names++}`, shape, dtype);
  on.setParameter(node, values);
  return node;
}

function computed(node: g.Expr, on = machine): g.Values {
  const program = on.compile({ outputs: { node } });
  program.run();
  return program.value('node');
}

function random(seed: number, length: number): Float64Array {
  const stream = new Stream(seed, 'matrix');
  return Float64Array.from({ length }, () => stream.normal());
}

function transposed(a: ArrayLike<number>, rows: number, columns: number): Float64Array {
  return Float64Array.from(
    { length: rows * columns },
    (_, at) => a[(at % rows) * columns + Math.floor(at / rows)] as number,
  );
}

/** a [m, k] · b [k, n]. */
function product(a: ArrayLike<number>, b: ArrayLike<number>, m: number, k: number, n: number): Float64Array {
  const result = new Float64Array(m * n);
  for (let i = 0; i < m; i++)
    for (let l = 0; l < k; l++)
      for (let j = 0; j < n; j++) {
        const at = i * n + j;
        result[at] = (result[at] as number) + (a[i * k + l] as number) * (b[l * n + j] as number);
      }
  return result;
}

function norm(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] as number) ** 2;
  return Math.sqrt(sum);
}

function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return norm(Float64Array.from(a, (x, i) => x - (b[i] as number))) / norm(b);
}

/** A random symmetric matrix with eigenvalues 1 … 1/condition, geometrically spaced: QΛQᵀ, Q of random reflections. */
function withCondition(n: number, condition: number, seed: number): Float64Array {
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; i++) a[i * n + i] = condition ** (-i / Math.max(1, n - 1));
  for (let turn = 0; turn < 3; turn++) {
    const v = random(seed + turn, n);
    const scale = 2 / norm(v) ** 2;
    for (const byRows of [true, false]) {
      const at = (i: number, j: number): number => (byRows ? i * n + j : j * n + i);
      for (let i = 0; i < n; i++) {
        let inner = 0;
        for (let j = 0; j < n; j++) inner += (a[at(i, j)] as number) * (v[j] as number);
        for (let j = 0; j < n; j++) a[at(i, j)] = (a[at(i, j)] as number) - scale * inner * (v[j] as number);
      }
    }
  }
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) a[i * n + j] = a[j * n + i] as number;
  return a;
}

const sizes = [1, 2, 7, 8, 9, 16, 23, 40, 67, 130];

describe('syrk', () => {
  test.each(['f32', 'f64'] as const)('of %s is A·Aᵀ, symmetric to the bit', (dtype) => {
    for (const n of sizes) {
      for (const k of [1, 5, 128, 150]) {
        const values = random(n, n * k);
        const found = computed(g.syrk(matrix(values, [n, k], dtype)));
        expect(difference(found, product(values, transposed(values, n, k), n, k, n))).toBeLessThan(
          dtype === 'f64' ? 1e-14 : 1e-5,
        );
        expect(found).toEqual(found.map((_, at) => found[(at % n) * n + Math.floor(at / n)] as number));
      }
    }
  });

  test('adds in ascending order of columns, as products do', () => {
    const a = matrix(random(3, 29 * 50), [29, 50]);
    expect(computed(g.syrk(a))).toEqual(
      computed(
        g.matmul(a, g.einsum('ij,jk->ik', g.permute(a, [1, 0]), g.constant(unit(29), [29, 29], 'f64'))),
      ),
    );
  });
});

function unit(n: number): number[] {
  return Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? 1 : 0));
}

describe('cholesky', () => {
  test('of min(i, j) is the triangle of ones', () => {
    for (const n of sizes) {
      const a = Float64Array.from({ length: n * n }, (_, at) => 1 + Math.min(Math.floor(at / n), at % n));
      const ones = Float64Array.from({ length: n * n }, (_, at) => (Math.floor(at / n) >= at % n ? 1 : 0));
      expect(computed(g.cholesky(matrix(a, [n, n])))).toEqual(ones);
    }
  });

  test.each(['f32', 'f64'] as const)('of %s gives LLᵀ = A + ρI', (dtype) => {
    for (const n of sizes) {
      const values = random(n, n * (n + 3));
      const a = g.syrk(matrix(values, [n, n + 3], dtype));
      const lower = computed(g.cholesky(a, 0.5));
      const back = product(lower, transposed(lower, n, n), n, n, n);
      const wanted = product(values, transposed(values, n, n + 3), n, n + 3, n).map(
        (x, at) => x + (at % (n + 1) === 0 ? 0.5 : 0),
      );
      expect(difference(back, wanted)).toBeLessThan(dtype === 'f64' ? 1e-14 : 1e-5);
      expect(lower.every((x, at) => x === 0 || Math.floor(at / n) >= at % n)).toBe(true);
    }
  });

  test('reads the upper triangle only', () => {
    const a = withCondition(20, 10, 1);
    const marred = a.map((x, at) => (Math.floor(at / 20) > at % 20 ? Number.NaN : x));
    expect(computed(g.cholesky(matrix(marred, [20, 20])))).toEqual(computed(g.cholesky(matrix(a, [20, 20]))));
  });
});

describe('choleskySolve', () => {
  test('leaves a small residual up to a condition of 1e12', () => {
    for (const condition of [1, 1e4, 1e8, 1e12]) {
      for (const [n, columns] of [
        [9, 1],
        [50, 3],
        [133, 37],
      ] as const) {
        const a = withCondition(n, condition, n);
        const b = random(n + 1, n * columns);
        const x = computed(g.choleskySolve(matrix(a, [n, n]), matrix(b, [n, columns])));
        const back = product(a, x, n, n, columns);
        const residual = norm(back.map((value, i) => value - (b[i] as number)));
        // Backward stability bounds the residual by ‖A‖·‖X‖, and ‖A‖ is 1.
        expect(residual / norm(x)).toBeLessThan(1e-14);
        if (condition < 1e6) expect(residual / norm(b)).toBeLessThan(1e-10);
      }
    }
  });
});

describe('triangularSolve', () => {
  test('undoes a product with the triangle, and with its transpose', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 70 }),
        fc.integer({ min: 1, max: 45 }),
        fc.boolean(),
        (n, columns, transpose) => {
          const lower = random(n, n * n).map((x, at) => {
            const [i, j] = [Math.floor(at / n), at % n];
            return i === j ? 2 + Math.abs(x) : i > j ? x / n : 7;
          });
          const clean = lower.map((x, at) => (Math.floor(at / n) >= at % n ? x : 0));
          const x = random(n + 1, n * columns);
          const b = product(transpose ? transposed(clean, n, n) : clean, x, n, n, columns);
          const found = computed(
            g.triangularSolve(matrix(lower, [n, n]), matrix(b, [n, columns]), { transposed: transpose }),
          );
          expect(difference(found, x)).toBeLessThan(1e-13);
        },
      ),
      { numRuns: 40 },
    );
  });
});
