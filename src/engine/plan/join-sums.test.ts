import { describe, expect, test } from 'vitest';
import { Scene } from '../../../test/engine/scene.ts';
import type { Expr } from '../index.ts';
import * as g from '../index.ts';
import { OPCODE } from '../opcodes.ts';
import type { Graph } from './graph.ts';
import { makePlan } from './plan.ts';

function opcodes(graph: Graph): Record<string, number> {
  const names = new Map<number, string>(Object.entries(OPCODE).map(([name, code]) => [code, name]));
  const found: Record<string, number> = {};
  for (const { once, tile, sums } of makePlan(graph).stages) {
    for (const { opcode } of [...once, ...tile, ...sums]) {
      const name = names.get(opcode) as string;
      found[name] = (found[name] ?? 0) + 1;
    }
  }
  return found;
}

/** Two tables of rows, weights and indices. */
function tables(scene: Scene, dtype: g.Dtype) {
  return {
    T: scene.parameter([7, 3, 16], dtype),
    U: scene.parameter([7, 3, 12], dtype),
    bias: scene.parameter([16], dtype),
    w: scene.column([3], dtype),
    x: scene.column([16], dtype),
    y: scene.column([16], dtype),
    i: scene.column([], 'i32', { bound: 7 }),
    j: scene.column([], 'i32', { bound: 7 }),
  };
}

describe.each<g.Dtype>(['f32', 'f64'])('%s', (dtype) => {
  test.each([
    ['one tile', 3],
    ['several tiles', 200],
    ['more tiles than lanes', 700],
  ])('rows read where they lie agree with the oracle: %s', async (_, count) => {
    const scene = await Scene.open();
    const { T, U, bias, w, x, y, i, j } = tables(scene, dtype);
    const matrix = scene.parameter([9, 16], dtype);
    const [Ti, Tj] = [g.gather(T, i), g.gather(T, j)];
    const weighed = g.einsum('kn,k->n', Ti, w);
    const nodes: Record<string, Expr> = {
      weighed,
      both: g.add(g.add(bias, weighed), g.einsum('kn,k->n', Tj, g.sin(w))),
      dots: g.einsum('kn,n->k', Ti, x),
      'dots of both': g.add(g.einsum('kn,n->k', Ti, x), g.einsum('kn,n->k', Tj, y)),
      'read by others too': g.add(g.sum(g.exp(g.mul(Ti, 0.1)), 1), g.einsum('kn,n->k', Ti, x)),
      'a part of a row': g.einsum('n,n->', g.reshape(g.slice(Ti, 0, 1, 2), [16]), x),
      'a part of every row': g.einsum('kn,k->n', g.slice(Ti, 1, 3, 12), w),
      'with its axes exchanged': g.einsum('nk,k->n', g.permute(Ti, [1, 0]), w),
      'row by row': g.einsum('kn,kn->k', Ti, Tj),
      'row with itself': g.einsum('kn,ln->kl', Ti, Ti),
      'times a matrix': g.einsum('kn,mn->km', Ti, matrix),
      'a table of short rows': g.einsum('k,k->', g.gather(g.slice(g.reshape(T, [7, 48]), 1, 0, 3), i), w),
      'reshaped in ways that copy': g.einsum(
        'a,a->',
        g.reshape(g.gather(U, i), [36]),
        g.reshape(g.gather(U, j), [36]),
      ),
      'kept for every example': Ti,
      over: g.einsumOverExamples('kn,k->n', Ti, w),
    };
    scene.agree(nodes, scene.order(count));
  });

  test.each([3, 200, 700])('gradients of tables agree with the oracle: %i examples', async (count) => {
    const scene = await Scene.open();
    const { T, w, x, i, j } = tables(scene, dtype);
    const value = (index: Expr, weights: Expr) => g.einsum('kn,k->n', g.gather(T, index), weights);
    const hidden = g.relu(g.add(g.add(x, value(i, w)), value(j, g.square(w))));
    const loss = g.meanExamples(g.sum(g.mul(hidden, x)));
    const again = g.meanExamples(g.sum(g.sin(g.einsum('kn,k->n', g.gather(T, i), g.sum(g.gather(T, j), 1)))));
    const [gradient] = g.gradient(g.add(loss, again), [T]);
    const [product] = g.hvp(g.add(loss, again), [T], [g.sin(T)]);
    scene.agree({ loss, gradient, product }, scene.order(count), dtype === 'f64' ? 1e-11 : 2e-5);
  });

  test('sums over examples share an accumulator where they are added', async () => {
    const scene = await Scene.open();
    const { bias, w, x, y, i, j } = tables(scene, dtype);
    const outer = g.einsum('k,n->kn', w, x);
    const nodes: Record<string, Expr> = {
      tables: g.add(g.scatterAdd(i, outer, 7), g.scatterAdd(j, outer, 7)),
      mixed: g.add(g.scatterAdd(i, outer, 7), g.scatterAdd(j, g.einsum('k,n->kn', g.sin(w), y), 7)),
      products: g.add(g.einsumOverExamples('k,n->kn', w, x), g.sumExamples(g.mul(outer, outer))),
      chain: g.add(g.add(g.sumExamples(x), g.sumExamples(g.sin(y))), g.sumExamples(g.cos(x))),
      'with something else': g.add(g.add(g.sumExamples(x), 3), g.add(g.sumExamples(y), bias)),
    };
    // A later sum that depends on an earlier one cannot be added with it.
    const total = g.sumExamples(x);
    nodes.later = g.add(g.sumExamples(g.mul(total, y)), g.sumExamples(g.square(x)));
    scene.agree(nodes, scene.order(300), dtype === 'f64' ? 1e-11 : 1e-4);
  });

  test('sums of products agree with the oracle, whatever else is added', async () => {
    const scene = await Scene.open();
    const [a, b] = [scene.parameter([5, 9], dtype), scene.parameter([9, 12], dtype)];
    const [x, y] = [scene.column([5, 9], dtype), scene.column([9, 12], dtype)];
    const c = scene.parameter([5, 12], dtype);
    const narrow = scene.parameter([12], dtype);
    const products = () => g.add(g.matmul(x, b), g.einsum('ij,jk->ik', a, y));
    scene.agree(
      {
        two: products(),
        'of parameters': g.add(g.matmul(a, b), g.add(c, g.matmul(g.sin(a), g.cos(b)))),
        'with a value for all examples': g.add(c, products()),
        'with a broadcast value': g.add(products(), narrow),
        'with a value for each example': g.add(g.einsum('ij,jk->ik', x, y), products()),
        'through other axes': g.add(
          g.reshape(g.einsum('ij,jk->ik', x, y), [5, 1, 12]),
          g.reshape(g.matmul(x, b), [5, 1, 12]),
        ),
        'several summed axes': g.add(g.einsum('ij,ji->', a, g.slice(b, 1, 0, 5)), g.einsum('ij,ij->', a, a)),
        'used twice': g.mul(products(), g.add(products(), g.matmul(x, b))),
      },
      scene.order(70),
    );
  });
});

test('a table that only products read is copied for no example', () => {
  const [T, w] = [g.parameter('T', [7, 3, 16]), g.input('w', [3], 'f32', { examples: true })];
  const [i, j] = ['i', 'j'].map((name) => g.input(name, [], 'i32', { examples: true }));
  const value = (index: Expr) => g.einsum('kn,k->n', g.gather(T, index), w);
  const loss = g.meanExamples(g.sum(g.square(g.add(value(i), value(j)))));
  const [gradient] = g.gradient(loss, [T]);
  const { gather, scatterAdd, weighted, direct, sumLanes } = opcodes({ outputs: { gradient } });
  expect({ gather, scatterAdd }).toEqual({});
  // Both values in one pass, both gradients in one accumulator.
  expect({ weighted, direct, sumLanes }).toEqual({ weighted: 1, direct: 2, sumLanes: 1 });
});

test('a value that others read is not joined to a sum', () => {
  const [a, b] = [g.parameter('a', [9, 9]), g.parameter('b', [9, 9])];
  const product = g.matmul(a, b);
  const sum = g.add(product, g.matmul(b, a));
  expect(opcodes({ outputs: { sum } })).toEqual({ contract: 2 });
  expect(opcodes({ outputs: { sum, product } })).toEqual({ contract: 2, elementwise: 1 });
});
