// Sums that are joined and rows that are read where they lie, bit for bit as the arithmetic defines them.
import { describe, expect, test } from 'vitest';
import * as g from '../../src/engine/index.ts';
import { chain, dot, exampleSum, type Float, rounded, tree } from '../oracles/defined-sums.ts';
import { Scene } from './scene.ts';

const row = (x: ArrayLike<number>, start: number, length: number, stride = 1): number[] =>
  Array.from({ length }, (_, i) => x[start + i * stride]);

const times = (n: number, f: (i: number) => number): number[] => Array.from({ length: n }, (_, i) => f(i));

describe.each<Float>(['f32', 'f64'])('%s', (dtype) => {
  test('inner products of rows run in 8 lanes and a tree where fewer than 8 stand side by side', async () => {
    for (const [m, n, k] of [
      [1, 1, 8],
      [5, 1, 9],
      [2, 2, 15],
      [4, 3, 16],
      [3, 4, 113],
      [9, 5, 23],
      [2, 7, 64],
    ]) {
      const scene = await Scene.open({ rows: 5 });
      const [a, b] = [scene.parameter([m, k], dtype), scene.parameter([n, k], dtype)];
      const [x, y] = [scene.column([m, k], dtype), scene.column([n, k], dtype)];
      const computed = scene.computed(
        {
          ab: g.einsum('ik,jk->ij', a, b),
          xb: g.einsum('ik,jk->ij', x, b),
          xy: g.einsum('ik,jk->ij', x, y),
          x,
          y,
          a,
          b,
        },
        scene.order(3),
      );
      const dots = (p: ArrayLike<number>, from: number, q: ArrayLike<number>, at: number) =>
        times(m * n, (e) => dot(row(p, from + Math.floor(e / n) * k, k), row(q, at + (e % n) * k, k), dtype));
      expect([...computed.ab]).toEqual(dots(computed.a, 0, computed.b, 0));
      const slots = [0, 1, 2];
      expect([...computed.xy]).toEqual(
        slots.flatMap((s) => dots(computed.x, s * m * k, computed.y, s * n * k)),
      );
      // A matrix of several rows that is the same for all examples is packed, and every element a chain.
      const sumOf = n === 1 ? dot : chain;
      expect([...computed.xb]).toEqual(
        slots.flatMap((s) =>
          times(m * n, (e) =>
            sumOf(
              row(computed.x, (s * m + Math.floor(e / n)) * k, k),
              row(computed.b, (e % n) * k, k),
              dtype,
            ),
          ),
        ),
      );
    }
  });

  test('rows weighed for each example are one chain: what they are added to, then term after term', async () => {
    const scene = await Scene.open({ rows: 9 });
    const tables = [scene.parameter([6, 3, 20], dtype), scene.parameter([6, 5, 20], dtype)];
    const [u, v] = [scene.column([3], dtype), scene.column([5], dtype)];
    const bias = scene.parameter([20], dtype);
    const at = [scene.column([], 'i32', { bound: 6 }), scene.column([], 'i32', { bound: 6 })];
    const weigh = (i: number, weights: g.Expr) => g.einsum('kn,k->n', g.gather(tables[i], at[i]), weights);
    const order = scene.order(4);
    const { alone } = scene.computed({ alone: weigh(0, u) }, order);
    const { sum, ...read } = scene.computed(
      {
        sum: g.add(g.add(bias, weigh(0, u)), weigh(1, v)),
        t0: tables[0],
        t1: tables[1],
        bias,
        u,
        v,
        at0: at[0],
        at1: at[1],
      },
      order,
    );
    const link = (slot: number, n: number, i: 0 | 1, start: number) => {
      const width = i === 0 ? 3 : 5;
      const [table, index] = i === 0 ? [read.t0, read.at0] : [read.t1, read.at1];
      const weights = row(i === 0 ? read.u : read.v, slot * width, width);
      return chain(weights, row(table, index[slot] * width * 20 + n, width, 20), dtype, start);
    };
    expect([...alone]).toEqual(times(80, (e) => link(Math.floor(e / 20), e % 20, 0, 0)));
    expect([...sum]).toEqual(
      times(80, (e) => {
        const [slot, n] = [Math.floor(e / 20), e % 20];
        return link(slot, n, 1, link(slot, n, 0, read.bias[n]));
      }),
    );
  });

  test.each([5, 600])(
    'scattered products of %i examples are added to their rows with one rounding',
    async (count) => {
      const scene = await Scene.open();
      const [x, y] = [scene.column([3], dtype), scene.column([20], dtype)];
      const at = [scene.column([], 'i32', { bound: 4 }), scene.column([], 'i32', { bound: 4 })];
      const scatter = (i: number) => g.scatterAdd(at[i], g.einsum('i,j->ij', x, y), 4);
      const order = scene.order(count);
      const { one } = scene.computed({ one: scatter(0) }, order);
      const { both, ...read } = scene.computed(
        { both: g.add(scatter(0), scatter(1)), x, y, at0: at[0], at1: at[1] },
        order,
      );
      const total = (element: number, indices: readonly ArrayLike<number>[]) => {
        const [v, i, j] = [Math.floor(element / 60), Math.floor((element % 60) / 20), element % 20];
        return exampleSum(count, dtype, (sum, start, end) => {
          let value = sum;
          // Each tile adds the first term of all its examples, then the second.
          for (const index of indices) {
            for (let e = start; e < end; e++) {
              if (index[e] === v) value = chain([read.x[e * 3 + i]], [read.y[e * 20 + j]], dtype, value);
            }
          }
          return value;
        });
      };
      const some = [0, 19, 20, 77, 139, 239];
      expect(some.map((e) => one[e])).toEqual(some.map((e) => total(e, [read.at0])));
      expect(some.map((e) => both[e])).toEqual(some.map((e) => total(e, [read.at0, read.at1])));
    },
  );

  test('products that are added go on where the one before ended', async () => {
    const scene = await Scene.open();
    const [a, b] = [scene.parameter([5, 7], dtype), scene.parameter([7, 12], dtype)];
    const [c, d] = [scene.parameter([5, 9], dtype), scene.parameter([9, 12], dtype)];
    const { sum, ...read } = scene.computed({ sum: g.add(g.matmul(a, b), g.matmul(c, d)), a, b, c, d });
    const product = (p: ArrayLike<number>, q: ArrayLike<number>, k: number, e: number, start: number) =>
      chain(row(p, Math.floor(e / 12) * k, k), row(q, e % 12, k, 12), dtype, start);
    expect([...sum]).toEqual(
      times(60, (e) => product(read.c, read.d, 9, e, product(read.a, read.b, 7, e, 0))),
    );
    // A sum along rows is added as a whole.
    const [x, y] = [scene.parameter([3, 10], dtype), scene.parameter([2, 10], dtype)];
    const [z, w] = [scene.parameter([3, 17], dtype), scene.parameter([2, 17], dtype)];
    const rows = scene.computed({
      s: g.add(g.einsum('ik,jk->ij', x, y), g.einsum('ik,jk->ij', z, w)),
      x,
      y,
      z,
      w,
    });
    const inner = (p: ArrayLike<number>, q: ArrayLike<number>, k: number, e: number) =>
      dot(row(p, Math.floor(e / 2) * k, k), row(q, (e % 2) * k, k), dtype);
    expect([...rows.s]).toEqual(
      times(6, (e) => rounded(inner(rows.x, rows.y, 10, e) + inner(rows.z, rows.w, 17, e), dtype)),
    );
  });

  test('the tree of the oracle is the one of the text', () => {
    const lanes = [1, 2 ** -30, 3, 4, 5, 6, 7, 8];
    const at = (i: number, j: number) => rounded(lanes[i] + lanes[j], dtype);
    const [s04, s15, s26, s37] = [at(0, 4), at(1, 5), at(2, 6), at(3, 7)];
    expect(tree(lanes, dtype)).toBe(rounded(rounded(s04 + s26, dtype) + rounded(s15 + s37, dtype), dtype));
  });
});
