// Rows of memory are longer than the rows of a value; what stands there is arbitrary.
import { describe, expect, test } from 'vitest';
import type { Expr } from '../../src/engine/index.ts';
import * as g from '../../src/engine/index.ts';
import type { Float } from '../oracles/defined-sums.ts';
import { Scene } from './scene.ts';

describe.each<Float>(['f32', 'f64'])('%s', (dtype) => {
  test('what stands in the padding of rows reaches no result', async () => {
    for (const examples of [false, true]) {
      const scene = await Scene.open();
      const x = scene.leaf([5, 9], dtype, examples);
      const y = scene.leaf([9, 11], dtype, examples);
      // 0/0 = NaN, 1/0 = ∞ and ln 0 = −∞ in the padding, which is 0 in the leaves.
      const poisons: ((x: Expr) => Expr)[] = [
        (v) => g.mul(g.div(v, v), v),
        (v) => g.reciprocal(v),
        (v) => g.log(g.abs(v)),
      ];
      const nodes: Record<string, Expr> = {};
      for (const [i, poison] of poisons.entries()) {
        const [a, b] = [poison(x), poison(y)];
        const at = g.argmax(a);
        const all: Record<string, Expr> = {
          value: a,
          sumLast: g.sum(a, 1),
          sumFirst: g.sum(a, 0),
          max: g.max(a, 1),
          maxFirst: g.max(a, 0),
          softmax: g.softmax(a),
          logSoftmax: g.logSoftmax(a),
          product: g.matmul(a, b),
          productAgain: g.matmul(g.matmul(a, b), g.permute(b, [1, 0])),
          gram: g.einsum('ij,kj->ik', a, a),
          transposed: g.einsum('ij,ik->jk', a, a),
          concat: g.concat([a, g.permute(b, [1, 0])], 0),
          reshape: g.reshape(a, [9, 5]),
          pad: g.pad(a, 1, 2, 13),
          take: g.take(a, at),
          place: g.place(g.take(a, at), at, 9),
          scatter: g.scatterAdd(at, a, 9),
          sliced: g.exp(g.mul(g.slice(a, 1, 0, 3), 0.01)),
        };
        if (examples) {
          all.sumExamples = g.sumExamples(a);
          all.over = g.einsumOverExamples('ij,jk->ik', a, b);
          all.overTransposed = g.einsumOverExamples('ij,jk->ki', a, b);
        }
        for (const [name, node] of Object.entries(all)) nodes[`${name} ${i}`] = node;
      }
      scene.agree(nodes, scene.order(5), dtype === 'f64' ? 1e-9 : 2e-2);
      const values = scene.computed(nodes, scene.order(5));
      for (const [name, list] of Object.entries(values)) {
        expect(Array.from(list).every(Number.isFinite), `${name} is finite`).toBe(true);
      }
    }
  });
});
