// Matrices in groups of columns: the same sums, products and scattering as gather, einsum and scatterAdd.

import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import * as g from '../../src/engine/index.ts';
import {
  fromGroups,
  gramOfTurned,
  groupedShape,
  scatterProducts,
  sumRows,
  toGroups,
  turnGroups,
} from '../../src/engine/linear-algebra/index.ts';
import { gramTriangle } from '../../src/engine/operations/syrk.ts';
import { computedOn, difference, type Float, matrixOn, random } from './matrices.ts';

let machine: g.Machine;
beforeAll(async () => {
  machine = await g.Machine.open();
});

const cases = fc.record({
  rows: fc.integer({ min: 1, max: 9 }),
  columns: fc.integer({ min: 1, max: 40 }),
  n: fc.integer({ min: 1, max: 45 }),
  terms: fc.integer({ min: 1, max: 3 }),
  k: fc.integer({ min: 1, max: 20 }),
  dtype: fc.constantFrom<Float>('f32', 'f64'),
  rectify: fc.boolean(),
});

/** [groups, rows, width] → [rows, columns]. */
function flat(x: g.Expr, columns: number): g.Expr {
  const [groups, rows, width] = x.shape as [number, number, number];
  return g.slice(g.reshape(g.permute(x, [1, 0, 2]), [rows, groups * width]), 1, 0, columns);
}

/** [rows, columns] → [groups, rows, width]. */
function grouped(x: g.Expr): g.Expr {
  const [rows, columns] = x.shape as [number, number];
  const [groups, , width] = groupedShape(rows, columns, x.dtype);
  const padded = groups * width === columns ? x : g.pad(x, 1, 0, groups * width);
  return g.permute(g.reshape(padded, [rows, groups, width]), [1, 0, 2]);
}

test('sums, their Gram matrix and scattered products are those of the operations on whole matrices', () => {
  fc.assert(
    fc.property(cases, ({ rows, columns, n, terms, k, dtype, rectify }) => {
      const table = matrixOn(machine, random(1, rows * columns), [rows, columns], dtype);
      const named = Array.from({ length: n * terms }, (_, i) => (i * i + 3 * i) % rows);
      const index = g.constant(named, [n, terms], 'i32');
      const term = (t: number): g.Expr =>
        g.constant(
          named.filter((_, i) => i % terms === t),
          [n],
          'i32',
        );
      let plain = g.gather(table, term(0));
      for (let t = 1; t < terms; t++) plain = g.add(plain, g.gather(table, term(t)));
      const expected = rectify ? g.relu(plain) : plain;
      const sums = sumRows(grouped(table), index, rectify);
      expect(computedOn(machine, flat(g.slice(sums, 1, 0, n), columns))).toEqual(
        computedOn(machine, expected),
      );
      expect(computedOn(machine, gramOfTurned(turnGroups(sums), n))).toEqual(
        computedOn(machine, gramTriangle(expected)),
      );

      const a = matrixOn(machine, random(2, n * k), [n, k], dtype);
      const b = matrixOn(machine, random(3, k * columns), [k, columns], dtype);
      const product = g.matmul(a, b);
      for (const gating of ['keep', 'scale'] as const) {
        const gated = g.mul(product, gating === 'keep' ? g.step(expected) : expected);
        let total = g.scatterAdd(term(0), gated, rows);
        for (let t = 1; t < terms; t++) total = g.add(total, g.scatterAdd(term(t), gated, rows));
        const found = scatterProducts({ a, b: grouped(b), gate: sums, gating, index, rows });
        const scattered = computedOn(machine, flat(found, columns));
        const wanted = computedOn(machine, total);
        if (wanted.every((x) => x === 0)) expect(scattered.every((x) => x === 0)).toBe(true);
        else expect(difference(scattered, wanted)).toBeLessThan(dtype === 'f64' ? 1e-13 : 1e-4);
      }
    }),
    { numRuns: 30 },
  );
});

test('numbers go to groups and back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 40 }), (rows, columns) => {
      const values = random(rows, rows * columns);
      const into = new Float64Array(groupedShape(rows, columns, 'f64').reduce((x, y) => x * y));
      toGroups(values, rows, columns, into);
      expect(into).toEqual(computedOn(machine, grouped(matrixOn(machine, values, [rows, columns]))));
      const back = new Float64Array(values.length);
      fromGroups(into, rows, columns, back);
      expect(back).toEqual(values);
    }),
    { numRuns: 30 },
  );
});

test('what does not fit is refused in a sentence', () => {
  const matrix = (shape: number[]): g.Expr => g.parameter('x', shape, 'f64');
  const index = g.constant([0, 0], [1, 2], 'i32');
  expect(() => sumRows(matrix([3, 4]), index, false)).toThrow(
    'sumRows: needs a floating-point matrix in groups, got f64 [3, 4]',
  );
  expect(() => sumRows(matrix([1, 3, 8]), matrix([1, 2]), false)).toThrow('needs i32 indices [rows, terms]');
  expect(() => turnGroups(matrix([1, 3, 8]))).toThrow('needs a multiple of 8 rows, got 3');
  const gate = matrix([1, 8, 8]);
  expect(() =>
    scatterProducts({ a: matrix([2, 3]), b: matrix([1, 3, 8]), gate, gating: 'keep', index, rows: 2 }),
  ).toThrow('do not fit one another');
});
