import { describe, expect, test } from 'vitest';
import { Scene } from '../../../test/engine/scene.ts';
import type { Dtype, Expr, Shape } from '../index.ts';
import * as g from '../index.ts';

const floats: Dtype[] = ['f64', 'f32'];
const rowShapes: Shape[] = [[], [1], [3], [8], [9], [2, 5], [3, 11], [9, 1]];
const indexShapes: Shape[] = [[], [1], [3], [9], [11], [2, 3], [9, 2]];

describe.each(floats)('%s', (dtype) => {
  test('rows are gathered, and added back, for every shape of row and index', async () => {
    for (const examples of [false, true]) {
      const scene = await Scene.open();
      const nodes: Record<string, Expr> = {};
      for (const index of indexShapes) {
        const at = examples
          ? scene.column(index, 'i32', { bound: 5 })
          : g.cast(g.mul(scene.parameter(index, 'f32'), 2.4), 'i32');
        const inRange = examples ? at : g.select(g.greater(0, at), 0, at);
        for (const row of rowShapes) {
          const table = scene.parameter([5, ...row], dtype);
          const values = scene.leaf([...index, ...row], dtype, examples);
          nodes[`gather [${row}] at [${index}]`] = g.gather(table, inRange);
          nodes[`scatter [${row}] at [${index}]`] = g.scatterAdd(inRange, values, 5);
        }
      }
      scene.agree(nodes, scene.order(11), dtype === 'f64' ? 1e-12 : 1e-5);
    }
  });

  test('tables and values that are views are read as they are', async () => {
    const scene = await Scene.open();
    const table = scene.parameter([11, 7], dtype);
    const [at, several] = [scene.column([], 'i32', { bound: 7 }), scene.column([3, 2], 'i32', { bound: 7 })];
    const values = scene.column([9, 4, 2], dtype);
    scene.agree(
      {
        permuted: g.gather(g.permute(table, [1, 0]), at),
        sliced: g.gather(g.slice(table, 0, 2, 9), at),
        byView: g.gather(table, g.permute(several, [1, 0])),
        partOfIndex: g.gather(table, g.slice(several, 0, 1, 2)),
        scattered: g.scatterAdd(at, g.permute(values, [1, 0, 2]), 7),
        computed: g.gather(g.exp(table), g.add(at, 1)),
      },
      scene.order(70),
    );
  });

  test('the gradient of a gather adds every row that was read', async () => {
    const scene = await Scene.open();
    const [table, at] = [scene.parameter([5, 9], dtype), scene.column([2], 'i32', { bound: 5 })];
    const rows = g.gather(table, at);
    const [back] = g.vjp(rows, rows, [table]);
    scene.agree({ back }, scene.order(200), dtype === 'f64' ? 1e-12 : 1e-5);
  });
});

test('integer tables are gathered too', async () => {
  const scene = await Scene.open();
  const [table, at] = [scene.parameter([9], 'i32'), scene.column([2], 'i32', { bound: 9 })];
  scene.agree({ numbers: g.gather(table, at) }, scene.order(65));
});

test('wrong tables, indices and values are refused', () => {
  const at = g.input('at', [2], 'i32', { examples: true });
  const table = g.parameter('table', [4, 3]);
  const perExample = g.input('x', [4, 3], 'f32', { examples: true });
  expect(() => g.gather(perExample, at)).toThrow(
    'gather: needs a table [rows, …] that is the same for all examples, got [examples, 4, 3]',
  );
  expect(() => g.gather(table, g.parameter('f', []))).toThrow('gather: needs i32 indices, got f32');
  expect(() => g.scatterAdd(g.parameter('f', []), table, 3)).toThrow(
    'scatterAdd: needs i32 indices, got f32',
  );
  expect(() => g.scatterAdd(at, table, 3)).toThrow(
    'scatterAdd: values [4, 3] must begin with the axes of index [examples, 2]',
  );
  expect(() => g.scatterAdd(at, g.input('y', [2], 'i32', { examples: true }), 3)).toThrow(
    'scatterAdd: needs f32 or f64, got i32 of shape [examples, 2]; use cast',
  );
});
