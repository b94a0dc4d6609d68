// The engine's arithmetic, bit for bit as it is defined: what a sum is does not depend on how it was computed.
import { describe, expect, test } from 'vitest';
import * as g from '../../src/engine/index.ts';
import { chain, exampleSum, type Float, laneSum, rounded } from '../oracles/defined-sums.ts';
import { Scene } from './scene.ts';

const row = (x: ArrayLike<number>, start: number, length: number, stride = 1): number[] =>
  Array.from({ length }, (_, i) => x[start + i * stride]);

const times = (n: number, f: (i: number) => number): number[] => Array.from({ length: n }, (_, i) => f(i));

describe.each<Float>(['f32', 'f64'])('%s', (dtype) => {
  test('every element of a matrix product is a chain of fused multiply-adds in ascending index', async () => {
    for (const [m, k, n] of [
      [1, 1, 1],
      [5, 7, 9],
      [4, 33, 8],
      [3, 20, 5],
      [9, 64, 17],
      [2, 97, 24],
    ]) {
      const scene = await Scene.open({ rows: 5 });
      const [a, b] = [scene.parameter([m, k], dtype), scene.parameter([k, n], dtype)];
      const [x, y] = [scene.column([m, k], dtype), scene.column([k, n], dtype)];
      const order = scene.order(2);
      const computed = scene.computed(
        {
          ab: g.einsum('ij,jk->ik', a, b),
          transposed: g.einsum('ij,jk->ki', a, b),
          reading: g.einsum('ij,kj->ik', a, g.permute(b, [1, 0])),
          xb: g.matmul(x, b),
          ay: g.einsum('ij,jk->ik', a, y),
          xy: g.einsum('ij,jk->ik', x, y),
          x,
          y,
          a,
          b,
        },
        order,
      );
      const product = (p: ArrayLike<number>, from: number, q: ArrayLike<number>, at: number) =>
        times(m * n, (e) =>
          chain(row(p, from + Math.floor(e / n) * k, k), row(q, at + (e % n), k, n), dtype),
        );
      const ab = product(computed.a, 0, computed.b, 0);
      expect([...computed.ab]).toEqual(ab);
      expect([...computed.reading]).toEqual(ab);
      expect([...computed.transposed]).toEqual(times(m * n, (e) => ab[(e % m) * n + Math.floor(e / m)]));
      const perExample = (f: (slot: number) => number[]) => [...f(0), ...f(1)];
      expect([...computed.xb]).toEqual(perExample((s) => product(computed.x, s * m * k, computed.b, 0)));
      expect([...computed.ay]).toEqual(perExample((s) => product(computed.a, 0, computed.y, s * k * n)));
      expect([...computed.xy]).toEqual(
        perExample((s) => product(computed.x, s * m * k, computed.y, s * k * n)),
      );
    }
  });

  test('several summed axes are one chain, the labels of the first operand in its order', async () => {
    const scene = await Scene.open();
    const [a, b] = [scene.parameter([3, 4, 5], dtype), scene.parameter([5, 4, 9], dtype)];
    const computed = scene.computed({ c: g.einsum('mij,jin->mn', a, b), a, b });
    const expected = times(27, (e) => {
      const [m, n] = [Math.floor(e / 9), e % 9];
      const left = row(computed.a, m * 20, 20);
      const right = times(20, (ij) => computed.b[(ij % 5) * 36 + Math.floor(ij / 5) * 9 + n]);
      return chain(left, right, dtype);
    });
    expect([...computed.c]).toEqual(expected);
  });

  test('a sum along the last axis runs in 8 lanes and a tree', async () => {
    for (const n of [1, 2, 7, 8, 9, 15, 16, 17, 23, 113]) {
      const scene = await Scene.open();
      const [w, x] = [scene.parameter([3, n], dtype), scene.column([n], dtype)];
      const order = scene.order(3);
      const { s, t, w: dense, x: rows } = scene.computed({ s: g.sum(w, -1), t: g.sum(x), w, x }, order);
      expect([...s]).toEqual(times(3, (i) => laneSum(row(dense, i * n, n), dtype)));
      expect([...t]).toEqual(times(3, (i) => laneSum(row(rows, i * n, n), dtype)));
    }
  });

  test('a sum along another axis is ascending', async () => {
    const scene = await Scene.open();
    const w = scene.parameter([13, 9], dtype);
    const { s, dense } = scene.computed({ s: g.sum(w, 0), dense: w });
    const ascending = (j: number) => row(dense, j, 13, 9).reduce((a, b) => rounded(a + b, dtype));
    expect([...s]).toEqual(times(9, ascending));
  });

  test.each([1, 63, 64, 65, 200, 448, 513, 600, 1025])(
    'sums over %i examples run ascending in lanes of tiles, then in the tree',
    async (count) => {
      const scene = await Scene.open();
      const order = scene.order(count);
      const [x, y, s] = [scene.column([3], dtype), scene.column([20], dtype), scene.column([], dtype)];
      const at = scene.column([], 'i32', { bound: 4 });
      const computed = scene.computed(
        {
          sum: g.sumExamples(x),
          single: g.sumExamples(s),
          product: g.einsumOverExamples('i,j->ij', x, y),
          square: g.einsumOverExamples(',->', s, s),
          table: g.scatterAdd(at, x, 4),
          x,
          y,
          s,
          at,
        },
        order,
      );
      const ascending = (values: ArrayLike<number>, j: number, width: number, keep = (_: number) => true) =>
        exampleSum(count, dtype, (sum, start, end) => {
          let total = sum;
          for (let e = start; e < end; e++) {
            if (keep(e)) total = rounded(total + values[e * width + j], dtype);
          }
          return total;
        });
      expect([...computed.sum]).toEqual(times(3, (j) => ascending(computed.x, j, 3)));
      expect([...computed.table]).toEqual(
        times(12, (e) => ascending(computed.x, e % 3, 3, (slot) => computed.at[slot] === Math.floor(e / 3))),
      );
      // Single numbers lie side by side: 8 lanes and a tree within a tile.
      const single = exampleSum(count, dtype, (sum, start, end) =>
        rounded(sum + laneSum(row(computed.s, start, end - start), dtype), dtype),
      );
      expect(computed.single[0]).toBe(single);
      const chained = (
        a: ArrayLike<number>,
        i: number,
        m: number,
        b: ArrayLike<number>,
        j: number,
        n: number,
      ) =>
        exampleSum(count, dtype, (sum, start, end) =>
          chain(row(a, start * m + i, end - start, m), row(b, start * n + j, end - start, n), dtype, sum),
        );
      const corners = [0, 19, 20, 47, 59];
      expect(corners.map((e) => computed.product[e])).toEqual(
        corners.map((e) => chained(computed.x, Math.floor(e / 20), 3, computed.y, e % 20, 20)),
      );
      expect(computed.square[0]).toBe(chained(computed.s, 0, 1, computed.s, 0, 1));
    },
  );
});
