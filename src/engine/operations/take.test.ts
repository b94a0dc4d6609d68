import { describe, expect, test } from 'vitest';
import { Scene } from '../../../test/engine/scene.ts';
import type { Dtype, Expr, Shape } from '../index.ts';
import * as g from '../index.ts';

const dtypes: Dtype[] = ['f64', 'f32', 'i32'];
const leading: Shape[] = [[], [1], [3], [9], [11], [2, 3], [3, 9]];

describe.each(dtypes)('%s', (dtype) => {
  test('take, place, one-hot and argmax agree with the oracle for every shape', async () => {
    for (const extent of [1, 5, 8, 13]) {
      const scene = await Scene.open();
      const nodes: Record<string, Expr> = {};
      for (const shape of leading) {
        const x = scene.column([...shape, extent], dtype);
        const w = scene.parameter([...shape, extent], dtype);
        const at = scene.column(shape, 'i32', { bound: extent });
        const values = scene.column(shape, dtype);
        const name = `[${shape}] of ${extent}`;
        nodes[`take ${name}`] = g.take(x, at);
        nodes[`take of a parameter ${name}`] = g.take(w, at);
        nodes[`place ${name}`] = g.place(values, at, extent);
        nodes[`oneHot ${name}`] = g.oneHot(at, extent, dtype);
        nodes[`argmax ${name}`] = g.argmax(x);
        nodes[`argmax of a parameter ${name}`] = g.argmax(w);
        nodes[`take at argmax ${name}`] = g.take(w, g.argmax(w));
        nodes[`compared ${name}`] = g.equal(g.argmax(x), at);
      }
      scene.agree(nodes, scene.order(7));
    }
  });

  test('views are read as they are', async () => {
    const scene = await Scene.open();
    const x = scene.column([13, 9], dtype);
    const at = scene.column([2, 9], 'i32', { bound: 13 });
    const column = g.reshape(g.slice(at, 0, 1, 2), [9]);
    scene.agree(
      {
        argmax: g.argmax(g.permute(x, [1, 0])),
        take: g.take(g.permute(x, [1, 0]), column),
        oneHot: g.oneHot(column, 13, dtype),
      },
      scene.order(65),
    );
  });
});

test('argmax finds the first of equals', async () => {
  const scene = await Scene.open();
  const x = scene.parameter([3, 9], 'f32', [
    0,
    5,
    5,
    1,
    5,
    0,
    0,
    0,
    5,
    ...new Array(9).fill(-1),
    1,
    1,
    1,
    1,
    1,
    1,
    1,
    1,
    2,
  ]);
  expect([...scene.computed({ at: g.argmax(x) }).at]).toEqual([1, 0, 8]);
});

test('the gradient of take goes to the elements taken', async () => {
  const scene = await Scene.open();
  const [w, at] = [scene.parameter([3, 5], 'f64'), scene.column([3], 'i32', { bound: 5 })];
  const taken = g.take(w, at);
  const [back] = g.vjp(taken, taken, [w]);
  scene.agree({ back }, scene.order(100));
});

test('indices that do not match the rows are refused', () => {
  const x = g.parameter('x', [4, 3]);
  const at = g.parameter('at', [3], 'i32');
  expect(() => g.take(x, at)).toThrow(
    'take: needs values […, n] and i32 indices […] with the same leading axes, got [4, 3] and i32 [3]',
  );
  expect(() => g.take(x, g.parameter('f', [4]))).toThrow('got [4, 3] and f32 [4]');
  expect(() => g.place(x, at, 3)).toThrow(
    'place: needs values and i32 indices of one shape, got [4, 3] and i32 [3]',
  );
  expect(() => g.argmax(g.parameter('s', []))).toThrow('argmax: needs at least one axis, got []');
});
