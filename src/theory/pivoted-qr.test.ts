import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Stream } from '../engine/index.ts';
import { RowSpace } from './pivoted-qr.ts';

function random(seed: number, rows: number, columns: number): Float64Array {
  const stream = new Stream(seed, 'test');
  return Float64Array.from({ length: rows * columns }, () => stream.normal());
}

function times(A: Float64Array, rows: number, columns: number, x: Float64Array): number[] {
  return Array.from({ length: rows }, (_, i) => x.reduce((sum, v, j) => sum + A[i * columns + j] * v, 0));
}

/** A of the given rank: a product of two thin matrices. */
function ofRank(seed: number, rows: number, columns: number, rank: number): Float64Array {
  const L = random(seed, rows, rank);
  const R = random(seed + 1, rank, columns);
  return Float64Array.from({ length: rows * columns }, (_, e) => {
    const [i, j] = [Math.floor(e / columns), e % columns];
    let sum = 0;
    for (let k = 0; k < rank; k++) sum += L[i * rank + k] * R[k * columns + j];
    return sum;
  });
}

const shapes = fc
  .record({
    rows: fc.integer({ min: 1, max: 12 }),
    columns: fc.integer({ min: 1, max: 15 }),
    seed: fc.nat(999),
  })
  .chain((s) =>
    fc.record({ ...asConstants(s), rank: fc.integer({ min: 1, max: Math.min(s.rows, s.columns) }) }),
  );

function asConstants(s: { rows: number; columns: number; seed: number }) {
  return { rows: fc.constant(s.rows), columns: fc.constant(s.columns), seed: fc.constant(s.seed) };
}

test('the rank is found, and the pseudo-inverse solves what can be solved by the shortest vector', () => {
  fc.assert(
    fc.property(shapes, ({ rows, columns, rank, seed }) => {
      const A = ofRank(seed, rows, columns, rank);
      const space = new RowSpace(A, rows, columns);
      expect(space.rank).toBe(rank);
      const b = Float64Array.from(times(A, rows, columns, random(seed + 2, columns, 1)));
      const x = space.pseudoInverse(b);
      const size = Math.max(1, ...b.map(Math.abs));
      for (const [i, value] of times(A, rows, columns, x).entries()) {
        expect(Math.abs(value - b[i])).toBeLessThan(1e-9 * size * space.diagonal[0]);
      }
      // Shortest: nothing of it lies in the kernel.
      const largest = Math.max(...x.map(Math.abs));
      for (const value of space.kernelPart(x))
        expect(Math.abs(value)).toBeLessThan(1e-9 * Math.max(1, largest));
    }),
    { numRuns: 100 },
  );
});

test('the kernel part is mapped to zero, is its own kernel part, and stands upright on the rest', () => {
  fc.assert(
    fc.property(shapes, ({ rows, columns, rank, seed }) => {
      const A = ofRank(seed, rows, columns, rank);
      const space = new RowSpace(A, rows, columns);
      const v = random(seed + 3, columns, 1);
      const tangent = space.kernelPart(v);
      for (const value of times(A, rows, columns, tangent)) {
        expect(Math.abs(value)).toBeLessThan(1e-10 * Math.max(1, space.diagonal[0]));
      }
      const again = space.kernelPart(tangent);
      let inner = 0;
      for (const [i, value] of tangent.entries()) {
        expect(again[i]).toBeCloseTo(value, 10);
        inner += value * (v[i] - value);
      }
      expect(inner).toBeCloseTo(0, 9);
    }),
    { numRuns: 100 },
  );
});

test('a row that is almost another one counts where it differs by more than the tolerance', () => {
  const A = Float64Array.of(1, 0, 0, 1, 1e-8, 0);
  expect(new RowSpace(A, 2, 3).rank).toBe(2);
  expect(new RowSpace(A, 2, 3, 1e-6).rank).toBe(1);
  expect(new RowSpace(new Float64Array(6), 2, 3).rank).toBe(0);
});

test('the transposed pseudo-inverse solves the normal equations A Aᵀ y = A v', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 0, max: 6 }),
      fc.nat(999),
      (rows, more, seed) => {
        const columns = rows + more;
        const A = random(seed, rows, columns);
        const v = random(seed + 1, columns, 1);
        const space = new RowSpace(A, rows, columns);
        fc.pre(space.diagonal[rows - 1] > 1e-3 * space.diagonal[0]);
        const y = space.transposedPseudoInverse(v);
        const back = Float64Array.from({ length: columns }, (_, j) =>
          y.reduce((sum, value, i) => sum + A[i * columns + j] * value, 0),
        );
        const [left, right] = [times(A, rows, columns, back), times(A, rows, columns, v)];
        for (const [i, value] of left.entries()) expect(value).toBeCloseTo(right[i], 6);
      },
    ),
    { numRuns: 50 },
  );
});
