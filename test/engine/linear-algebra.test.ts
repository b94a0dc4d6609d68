// syrk, Cholesky and triangular solves against closed forms, sums written out, and one another.

import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import * as g from '../../src/engine/index.ts';
import {
  cholesky,
  choleskyFactor,
  choleskySolve,
  gramFactor,
  pivots,
  refuseIndefinite,
  solveFactored,
  syrk,
  triangularSolve,
} from '../../src/engine/linear-algebra/index.ts';
import {
  computedOn,
  difference,
  type Float,
  matrixOn,
  norm,
  product,
  random,
  transposed,
  withCondition,
} from './matrices.ts';

const { Machine } = g;
let machine: g.Machine;
beforeAll(async () => {
  machine = await Machine.open();
});
const matrix = (values: ArrayLike<number>, shape: readonly number[], dtype?: Float): g.Expr =>
  matrixOn(machine, values, shape, dtype);
const computed = (node: g.Expr): g.Values => computedOn(machine, node);

const sizes = [1, 2, 7, 8, 9, 16, 23, 40, 67, 130];

function messageOf(fails: () => void): string {
  try {
    fails();
  } catch (error) {
    return String(error);
  }
  return '';
}

describe('syrk', () => {
  test.each(['f32', 'f64'] as const)('of %s is A·Aᵀ, symmetric to the bit', (dtype) => {
    for (const n of sizes) {
      for (const k of [1, 5, 128, 150]) {
        const values = random(n, n * k);
        const found = computed(syrk(matrix(values, [n, k], dtype)));
        expect(difference(found, product(values, transposed(values, n, k), n, k, n))).toBeLessThan(
          dtype === 'f64' ? 1e-14 : 1e-5,
        );
        expect(found).toEqual(found.map((_, at) => found[(at % n) * n + Math.floor(at / n)]));
      }
    }
  });

  test('adds in ascending order of columns, as products do', () => {
    const a = matrix(random(3, 29 * 50), [29, 50]);
    expect(computed(syrk(a))).toEqual(
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
      expect(computed(cholesky(matrix(a, [n, n])))).toEqual(ones);
    }
  });

  test.each(['f32', 'f64'] as const)('of %s gives LLᵀ = A + ρI', (dtype) => {
    for (const n of sizes) {
      const values = random(n, n * (n + 3));
      const a = syrk(matrix(values, [n, n + 3], dtype));
      const lower = computed(cholesky(a, 0.5));
      const back = product(lower, transposed(lower, n, n), n, n, n);
      const wanted = product(values, transposed(values, n, n + 3), n, n + 3, n).map(
        (x, at) => x + (at % (n + 1) === 0 ? 0.5 : 0),
      );
      expect(difference(back, wanted)).toBeLessThan(dtype === 'f64' ? 1e-14 : 1e-5);
      expect(lower.every((x, at) => x === 0 || Math.floor(at / n) >= at % n)).toBe(true);
    }
  });

  test('names the pivot at which a singular or indefinite matrix fails, and a ridge that helps', () => {
    const n = 30;
    // Of rank 17, and with an eigenvalue of −0.25.
    const low = random(5, n * 17);
    const singular = product(low, transposed(low, n, 17), n, 17, n);
    const indefinite = withCondition(n, 100, 2).map((x, at) => x - (at % (n + 1) === 0 ? 0.25 : 0));
    for (const [values, fault, pivot] of [
      [singular, /singular to working accuracy: pivot \d+ of 30/, 18],
      [indefinite, /not positive definite: pivot \d+ of 30 is -/, 1],
    ] as const) {
      const a = matrix(values, [n, n]);
      const found = computed(pivots(choleskyFactor(a)));
      expect(found[0]).toBeGreaterThanOrEqual(pivot);
      const refused = { matrix: 'A', n, values: () => values };
      expect(() => refuseIndefinite(found, refused)).toThrow(fault);
      const ridge = Number(
        /ridge (\S+) would help/.exec(messageOf(() => refuseIndefinite(found, refused)))?.[1],
      );
      expect(computed(pivots(choleskyFactor(a, ridge)))[0]).toBe(0);
      // No more than it takes.
      expect(computed(pivots(choleskyFactor(a, ridge / 1000)))[0]).not.toBe(0);
      expect(computed(choleskySolve(a, matrix(random(1, n), [n, 1]))).some(Number.isNaN)).toBe(true);
    }
  });

  test('says how much of the diagonal its smallest pivot was', () => {
    const [failed, , , smallest] = computed(pivots(choleskyFactor(matrix([4, 2, 2, 2], [2, 2]))));
    expect([failed, smallest]).toEqual([0, 0.5]);
  });

  test('reads the upper triangle only', () => {
    const a = withCondition(20, 10, 1);
    const marred = a.map((x, at) => (Math.floor(at / 20) > at % 20 ? Number.NaN : x));
    expect(computed(cholesky(matrix(marred, [20, 20])))).toEqual(computed(cholesky(matrix(a, [20, 20]))));
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
        const x = computed(choleskySolve(matrix(a, [n, n]), matrix(b, [n, columns])));
        const back = product(a, x, n, n, columns);
        const residual = norm(back.map((value, i) => value - b[i]));
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
            triangularSolve(matrix(lower, [n, n]), matrix(b, [n, columns]), { transposed: transpose }),
          );
          expect(difference(found, x)).toBeLessThan(1e-13);
        },
      ),
      { numRuns: 40 },
    );
  });
});

test('shapes that do not fit are refused in a sentence', () => {
  const tall = matrix(random(1, 6), [3, 2]);
  const square = matrix(random(1, 9), [3, 3]);
  expect(() => cholesky(tall)).toThrow('cholesky: needs a square matrix, got [3, 2]');
  expect(() => syrk(g.input('x', [3, 3], 'f64', { examples: true }))).toThrow(
    'needs one matrix, the same for all examples',
  );
  expect(() => cholesky(square, g.constant(1))).toThrow(
    'the ridge must be a f64 scalar like the matrix, got f32 []',
  );
  expect(() => choleskySolve(square, matrix([1, 2], [2, 1]))).toThrow(
    'needs right-hand sides f64 [3, columns]',
  );
  expect(() => triangularSolve(square, matrix([1, 2], [2, 1]))).toThrow(
    'needs as many rows as the matrix [3, 3], got [2, 1]',
  );
  expect(() => solveFactored(square, square)).toThrow('solve: needs a factor, got parameter');
  expect(() => pivots(square)).toThrow('pivots: needs a Cholesky factor');
});

describe('the bits do not depend', () => {
  const [n, k, columns] = [150, 70, 37];
  async function bits(options: g.MachineOptions, dtype: Float): Promise<string> {
    const on = await Machine.open(options);
    try {
      const a = matrixOn(on, random(1, n * k), [n, k], dtype);
      const b = matrixOn(on, random(2, n * columns), [n, columns], dtype);
      const lower = cholesky(syrk(a), 0.5);
      const program = on.compile({
        outputs: {
          lower,
          solved: solveFactored(gramFactor(a, 0.5), b),
          forward: triangularSolve(lower, b),
          backward: triangularSolve(lower, b, { transposed: true }),
        },
      });
      program.run();
      return ['lower', 'solved', 'forward', 'backward']
        .map((name) => Buffer.from(program.value(name).buffer).toString('hex'))
        .join();
    } finally {
      await on.close();
    }
  }

  test.each(['f32', 'f64'] as const)(
    'on threads, tiles or how multiply-adds are fused: %s',
    async (dtype) => {
      const once = await bits({ threads: 1 }, dtype);
      expect(await bits({ threads: 2 }, dtype)).toBe(once);
      expect(await bits({ threads: 3 }, dtype)).toBe(once);
      expect(await bits({ tiles: 'wide' }, dtype)).toBe(once);
      expect(await bits({ kernels: 'emulated' }, dtype)).toBe(once);
    },
  );
});
