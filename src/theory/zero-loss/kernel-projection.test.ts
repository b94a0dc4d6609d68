import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Stream } from '../../engine/index.ts';
import { addScaled, innerProduct, norm } from '../vectors.ts';
import type { LinearMap } from './differentiated.ts';
import { exactProjection, iterativeProjection } from './kernel-projection.ts';

function uniform(seed: number, length: number): Float64Array {
  const stream = new Stream(seed, 'vector');
  return Float64Array.from({ length }, () => 2 * stream.uniform() - 1);
}

/** `rank` orthonormal vectors of a length, by Gram–Schmidt, twice. */
function orthonormal(seed: number, length: number, rank: number): Float64Array[] {
  const basis: Float64Array[] = [];
  for (let i = 0; i < rank; i++) {
    const v = uniform(seed + i, length);
    for (const known of [...basis, ...basis]) addScaled(v, -innerProduct(known, v), known);
    basis.push(v.map((x) => x / norm(v)));
  }
  return basis;
}

interface Known {
  readonly map: LinearMap;
  readonly gram: Float64Array;
  /** v without its components in the row space. */
  readonly projected: (v: Float64Array) => Float64Array;
}

/** J = Σ σᵢ uᵢ vᵢᵀ, known by its singular vectors. */
function known(seed: number, rows: number, columns: number, singular: readonly number[]): Known {
  const left = orthonormal(seed, rows, singular.length);
  const right = orthonormal(seed + 100, columns, singular.length);
  const combined = (length: number, to: Float64Array[], from: Float64Array[], v: Float64Array) => {
    const result = new Float64Array(length);
    for (const [i, s] of singular.entries()) addScaled(result, s * innerProduct(from[i], v), to[i]);
    return result;
  };
  const gram = new Float64Array(rows * rows);
  for (const [k, s] of singular.entries())
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < rows; j++) gram[i * rows + j] += s * s * left[k][i] * left[k][j];
  return {
    map: {
      rows,
      columns,
      times: (v) => combined(rows, left, right, v),
      transposeTimes: (u) => combined(columns, right, left, u),
    },
    gram,
    projected: (v) => {
      const rest = v.slice();
      for (const direction of right) addScaled(rest, -innerProduct(direction, v), direction);
      return rest;
    },
  };
}

function distance(a: Float64Array, b: Float64Array): number {
  const difference = a.slice();
  addScaled(difference, -1, b);
  return norm(difference);
}

test('both methods take the row space out of a vector, of full rank and below', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 10 }),
      fc.integer({ min: 0, max: 10 }),
      fc.integer({ min: 1, max: 10 }),
      fc.nat(1000),
      (rows, more, wantedRank, seed) => {
        const columns = rows + more;
        const rank = Math.min(rows, wantedRank);
        // From 1 down to 0.03: JJᵀ has condition 1e3, as the reference network's.
        const singular = Array.from({ length: rank }, (_, i) => 0.03 + (0.97 * (rank - i)) / rank);
        const { map, gram, projected } = known(seed, rows, columns, singular);
        const v = uniform(seed + 7, columns);
        const exact = exactProjection(map, gram);
        const limits = { tolerance: 1e-13, mostIterations: 200 };
        expect(exact.rank).toBe(rank);
        for (const projection of [exact, iterativeProjection(map, limits)]) {
          const { vector, residual } = projection.project(v);
          expect(distance(vector, projected(v))).toBeLessThan(1e-11);
          expect(residual).toBeLessThan(1e-12);
        }
      },
    ),
    { numRuns: 50 },
  );
});

test('conjugate gradients give the solution of the pseudo-inverse where JJᵀ is singular, and the factorisation agrees to 1e-8', () => {
  const singular = Array.from({ length: 30 }, (_, i) => 1 / (1 + i)); // condition of JJᵀ 900, rank 30 of 50
  const { map, gram } = known(5, 50, 80, singular);
  const v = uniform(6, 80);
  const exact = exactProjection(map, gram);
  const iterative = iterativeProjection(map, { tolerance: 1e-11, mostIterations: 500 });
  expect(exact.rank).toBe(30);
  const [a, b] = [exact.project(v).vector, iterative.project(v).vector];
  expect(distance(a, b) / norm(a)).toBeLessThan(1e-8);
});

test('a singular value below the tolerance is not of the rank', () => {
  const { map, gram } = known(5, 6, 9, [1, 0.5, 1e-7]);
  expect(exactProjection(map, gram).rank).toBe(2);
  expect(exactProjection(map, gram, 1e-16).rank).toBe(3);
});

test('the projection is linear and changes nothing when it is done again', () => {
  const { map, gram } = known(9, 5, 12, [1, 0.3, 0.1]);
  const { project } = exactProjection(map, gram);
  const [v, w] = [uniform(1, 12), uniform(2, 12)];
  const sum = v.slice();
  addScaled(sum, -3, w);
  const parts = project(v).vector;
  addScaled(parts, -3, project(w).vector);
  expect(distance(project(sum).vector, parts)).toBeLessThan(1e-13);
  expect(distance(project(parts).vector, parts)).toBeLessThan(1e-13);
});

test('conjugate gradients end at their limit and say what is left', () => {
  const { map } = known(
    5,
    50,
    80,
    Array.from({ length: 30 }, (_, i) => 1 / (1 + i)),
  );
  const v = uniform(6, 80);
  const { vector, residual, iterations } = iterativeProjection(map, {
    tolerance: 0,
    mostIterations: 4,
  }).project(v);
  expect(iterations).toBe(4);
  expect(residual).toBeCloseTo(norm(map.times(vector)) / norm(map.times(v)), 12);
  expect(residual).toBeGreaterThan(1e-4);
});

test('with a J of zeros every vector is tangent', () => {
  const { map, gram } = known(5, 4, 6, []);
  const v = uniform(6, 6);
  const limits = { tolerance: 1e-10, mostIterations: 10 };
  for (const projection of [exactProjection(map, gram), iterativeProjection(map, limits)]) {
    expect(projection.project(v)).toEqual({ vector: v, residual: 0, iterations: 0 });
  }
});
