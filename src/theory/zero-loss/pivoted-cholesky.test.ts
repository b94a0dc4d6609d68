import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Stream } from '../../engine/index.ts';
import { pivotedCholesky } from './pivoted-cholesky.ts';

/** A [rows, columns] of uniform numbers in [−1, 1]. */
function uniform(seed: number, rows: number, columns: number): Float64Array {
  const stream = new Stream(seed, 'matrix');
  return Float64Array.from({ length: rows * columns }, () => 2 * stream.uniform() - 1);
}

/** A Aᵀ, [rows, rows]. */
function gram(A: Float64Array, rows: number, columns: number): Float64Array {
  return Float64Array.from({ length: rows * rows }, (_, at) => {
    const [i, j] = [Math.floor(at / rows), at % rows];
    let sum = 0;
    for (let k = 0; k < columns; k++) sum += A[i * columns + k] * A[j * columns + k];
    return sum;
  });
}

test('the rank of A Aᵀ is the number of columns of a tall random A, and the chosen rows are solved', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 0, max: 12 }),
      fc.nat(1000),
      (columns, more, seed) => {
        const rows = columns + more;
        const K = gram(uniform(seed, rows, columns), rows, columns);
        const { rank, order, solve, pivots } = pivotedCholesky(K, rows, 1e-10);
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: rows }, (_, i) => i));
        expect(rank).toBe(columns);
        const wanted = uniform(seed + 1, rank, 1);
        const b = wanted.map((_, i) =>
          wanted.reduce((sum, y, j) => sum + K[order[i] * rows + order[j]] * y, 0),
        );
        const condition = pivots[0] / pivots[rank - 1];
        for (const [i, y] of solve(b).entries())
          expect(Math.abs(y - wanted[i])).toBeLessThan(1e-13 * condition * rows);
      },
    ),
    { numRuns: 50 },
  );
});

test('a matrix of zeros has rank 0', () => {
  const { rank, solve } = pivotedCholesky(new Float64Array(9), 3, 1e-10);
  expect(rank).toBe(0);
  expect(solve(new Float64Array(0))).toEqual(new Float64Array(0));
});

test('a row twice as long as another counts once', () => {
  // Rows (1, 0), (2, 0), (0, 3).
  const { rank, order, pivots } = pivotedCholesky(Float64Array.of(1, 2, 0, 2, 4, 0, 0, 0, 9), 3, 1e-10);
  expect(rank).toBe(2);
  expect([...order.subarray(0, 2)]).toEqual([2, 1]);
  expect([...pivots]).toEqual([9, 4]);
});

test('what is no number is refused with its row', () => {
  const K = Float64Array.of(1, 0, 0, Number.NaN);
  expect(() => pivotedCholesky(K, 2, 1e-10)).toThrow(/needs finite numbers, got NaN in row 1/);
});
