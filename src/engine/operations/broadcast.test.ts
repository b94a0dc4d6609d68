import { describe, expect, test } from 'vitest';
import { Scene } from '../../../test/engine/scene.ts';
import type { Dtype, Expr, Shape } from '../index.ts';
import * as g from '../index.ts';

const floats: Dtype[] = ['f64', 'f32'];
const shapes: Shape[] = [
  [1],
  [5],
  [9],
  [113],
  [3, 7],
  [3, 1],
  [9, 1],
  [4, 9],
  [2, 3, 5],
  [3, 1, 9],
  [9, 9],
  [2, 9, 3, 10],
];

describe.each(floats)('%s', (dtype) => {
  test('sums, means and maxima along each axis, and along all, agree with the oracle', async () => {
    for (const shape of shapes) {
      const scene = await Scene.open();
      const nodes: Record<string, Expr> = {};
      for (const [kind, x] of [
        ['parameter', scene.parameter(shape, dtype)],
        ['example', scene.column(shape, dtype)],
      ] as const) {
        for (const axis of shape.keys()) {
          for (const keep of [false, true]) {
            nodes[`sum ${kind} ${shape} ${axis} ${keep}`] = g.sum(x, axis, keep);
            nodes[`mean ${kind} ${shape} ${axis} ${keep}`] = g.mean(x, [axis], keep);
            nodes[`max ${kind} ${shape} ${axis} ${keep}`] = g.max(x, axis, keep);
          }
        }
        nodes[`sum ${kind} ${shape}`] = g.sum(x);
        nodes[`max ${kind} ${shape}`] = g.max(x, [...shape.keys()]);
        nodes[`ends ${kind} ${shape}`] = g.sum(x, [0, -1].slice(0, Math.min(2, shape.length)));
      }
      scene.agree(nodes, scene.order(4));
    }
  });

  test('reductions of views (permuted, sliced, reshaped with axes of one element) agree with the oracle', async () => {
    const scene = await Scene.open();
    for (const x of [scene.parameter([4, 9, 11], dtype), scene.column([4, 9, 11], dtype)]) {
      const views = {
        permuted: g.permute(x, [2, 0, 1]),
        sliced: g.slice(g.slice(x, 2, 1, 10), 1, 2, 7),
        thin: g.slice(x, 1, 3, 4),
        inserted: g.reshape(x, [4, 1, 9, 1, 11]),
        broadcast: g.broadcastTo(g.slice(x, 1, 3, 4), [4, 5, 11]),
      };
      const nodes: Record<string, Expr> = {};
      for (const [name, view] of Object.entries(views)) {
        for (const axis of view.shape.keys()) {
          nodes[`sum ${name} ${axis}`] = g.sum(view, axis);
          nodes[`max ${name} ${axis}`] = g.max(view, axis);
        }
      }
      scene.agree(nodes, scene.order(4));
    }
  });

  test('the maximum along an axis of one element is the value itself, whatever the layout', async () => {
    const scene = await Scene.open();
    const x = scene.parameter([3, 9], dtype);
    scene.agree({ middle: g.max(g.reshape(x, [3, 1, 9]), 1), last: g.max(g.reshape(x, [3, 9, 1]), -1) });
  });

  test('sums over examples agree for any number of them', async () => {
    const scene = await Scene.open();
    const columns = [[], [3], [9], [3, 5], [2, 11], [1]].map((shape) => scene.column(shape, dtype));
    const w = scene.parameter([3, 11], dtype);
    for (const count of [0, 1, 63, 64, 65, 200, 700]) {
      const nodes: Record<string, Expr> = { broadcast: g.sumExamples(g.broadcastExamples(w)) };
      for (const x of columns) {
        nodes[`sum ${x.shape}`] = g.sumExamples(x);
        nodes[`sum of squares ${x.shape}`] = g.sumExamples(g.mul(x, x));
        if (count > 0) nodes[`mean ${x.shape}`] = g.meanExamples(x);
      }
      nodes.permuted = g.sumExamples(g.permute(columns[3], [1, 0]));
      nodes.sliced = g.sumExamples(g.slice(columns[4], 1, 1, 10));
      nodes.scalar = g.sumExamples(g.broadcastExamples(g.sum(w)));
      scene.agree(nodes, scene.order(count), dtype === 'f64' ? 1e-12 : 1e-5);
    }
  });

  test('values broadcast to shapes and to examples', async () => {
    const scene = await Scene.open();
    for (const x of [scene.parameter([3, 1], dtype), scene.column([3, 1], dtype)]) {
      scene.agree(
        {
          wide: g.broadcastTo(x, [3, 9]),
          deep: g.broadcastTo(x, [4, 3, 5]),
          sum: g.add(g.broadcastTo(x, [2, 3, 9]), g.broadcastExamples(x)),
        },
        scene.order(65),
      );
    }
  });
});

test('integers are not summed: counts are taken in floating point', () => {
  const x = g.input('x', [4], 'i32', { examples: true });
  const sentence = 'needs f32 or f64, got i32 of shape [examples, 4]; use cast';
  expect(() => g.sum(x)).toThrow(`sum: ${sentence}`);
  expect(() => g.max(x, 0)).toThrow(`max: ${sentence}`);
  expect(() => g.sumExamples(x)).toThrow(`sumExamples: ${sentence}`);
});

test('axes that do not exist or stand twice, and shapes that do not broadcast, are refused', () => {
  const x = g.parameter('x', [2, 3]);
  expect(() => g.sum(x, 2)).toThrow('sum: axis 2 does not exist in shape [2, 3]');
  expect(() => g.max(x, -3)).toThrow('max: axis -3 does not exist in shape [2, 3]');
  expect(() => g.sum(x, [0, -2])).toThrow('sum: axes [0, -2] name an axis of [2, 3] twice');
  expect(() => g.max(x, [1, 1])).toThrow('max: axes [1, 1] name an axis of [2, 3] twice');
  expect(() => g.broadcastTo(x, [2, 4])).toThrow('broadcastTo: shapes [2, 3] and [2, 4] do not broadcast');
  expect(() => g.broadcastTo(x, [3])).toThrow('broadcastTo: shape [2, 3] does not broadcast to [3]');
  expect(() => g.sumExamples(x)).toThrow(
    'sumExamples: needs a value per example, got [2, 3] without the example axis',
  );
});
