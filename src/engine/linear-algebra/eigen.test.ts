/** Eigenvalues against closed forms, and A = VᵀΛV to backward stability. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Stream } from '../philox.ts';
import { symmetricEigen, symmetricEigenvalues } from './eigen.ts';

function symmetric(n: number, element: (i: number, j: number) => number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    return element(Math.min(i, j), Math.max(i, j));
  });
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, x, i) => sum + x * (b[i] as number), 0);
}

/** ‖VA − ΛV‖ and ‖VVᵀ − I‖, largest element, in units of the largest eigenvalue. */
function errorsOf(a: Float64Array, n: number): [number, number] {
  const { values, vectors } = symmetricEigen(a, n);
  const row = (m: Float64Array, i: number): Float64Array => m.subarray(i * n, (i + 1) * n);
  const size = Math.max(Math.abs(values[0] as number), Math.abs(values[n - 1] as number), 1e-300);
  let residual = 0;
  let skew = 0;
  for (let i = 0; i < n; i++) {
    const v = row(vectors, i);
    for (let j = 0; j < n; j++) {
      residual = Math.max(
        residual,
        Math.abs(dot(row(a, j), v) - (values[i] as number) * (v[j] as number)) / size,
      );
      skew = Math.max(skew, Math.abs(dot(v, row(vectors, j)) - (i === j ? 1 : 0)));
    }
  }
  return [residual, skew];
}

test('of the second difference are 2 − 2 cos(πk/(n + 1))', () => {
  for (const n of [1, 2, 3, 10, 64]) {
    const found = symmetricEigenvalues(
      symmetric(n, (i, j) => (i === j ? 2 : j === i + 1 ? -1 : 0)),
      n,
    );
    for (let k = 1; k <= n; k++)
      expect(found[k - 1]).toBeCloseTo(2 - 2 * Math.cos((Math.PI * k) / (n + 1)), 13);
  }
});

test('of a projection and of multiples of the unit matrix are exact where they coincide', () => {
  const n = 12;
  const found = symmetricEigenvalues(
    symmetric(n, () => 1),
    n,
  );
  expect(found[n - 1]).toBeCloseTo(n, 12);
  for (const x of found.subarray(0, n - 1)) expect(Math.abs(x)).toBeLessThan(1e-14);
  expect([
    ...symmetricEigenvalues(
      symmetric(5, (i, j) => (i === j ? 3 : 0)),
      5,
    ),
  ]).toEqual([3, 3, 3, 3, 3]);
});

test('are those of any symmetric matrix, with orthonormal vectors, at every scale', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 30 }),
      fc.nat(),
      fc.constantFrom(1e-200, 1e-3, 1, 1e150),
      (n, seed, scale) => {
        const stream = new Stream(seed, 'eigen');
        const numbers = Float64Array.from({ length: n * n }, () => scale * stream.normal());
        const a = symmetric(n, (i, j) => numbers[i * n + j] as number);
        const [residual, skew] = errorsOf(a, n);
        expect(residual).toBeLessThan(1e-13);
        expect(skew).toBeLessThan(1e-13);
        const values = symmetricEigenvalues(a, n);
        expect([...values]).toEqual([...values].sort((x, y) => x - y));
      },
    ),
    { numRuns: 60 },
  );
});

test('stay accurate over twelve orders of magnitude, and for a few hundred rows', () => {
  const n = 200;
  const stream = new Stream(1, 'large');
  const numbers = Float64Array.from({ length: n * n }, () => stream.normal());
  const graded = symmetric(n, (i, j) => (numbers[i * n + j] as number) * 1e-6 ** ((i + j) / n));
  for (const error of errorsOf(graded, n)) expect(error).toBeLessThan(1e-13);
});

test('need finite numbers and a square matrix', () => {
  expect(() => symmetricEigen([1, 2, 3], 2)).toThrow('a matrix of 2 rows has 4 numbers, got 3');
  expect(() => symmetricEigen([1, 0, Number.NaN, 1], 2)).toThrow(
    'needs finite numbers, got NaN in row 2, column 1',
  );
});
