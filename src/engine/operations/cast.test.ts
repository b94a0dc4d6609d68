import { expect, test } from 'vitest';
import { Scene } from '../../../test/engine/scene.ts';
import * as g from '../index.ts';

test('casts round to nearest, to integers towards zero, and keep what fits', async () => {
  const scene = await Scene.open();
  const x = scene.parameter([11], 'f64', [0.1, -2.9, 2.9, 1e10 / 3, 16777217, -0.5, 1e-20, 7, 8, 9, 10]);
  const i = scene.column([3, 9], 'i32', { bound: 2 ** 31 });
  const f = scene.column([9], 'f32');
  scene.agree(
    {
      single: g.cast(x, 'f32'),
      whole: g.cast(g.slice(x, 0, 0, 3), 'i32'),
      back: g.cast(g.cast(x, 'f32'), 'f64'),
      fromWhole: g.cast(i, 'f64'),
      fromWholeToSingle: g.cast(i, 'f32'),
      wider: g.cast(f, 'f64'),
      permuted: g.cast(g.permute(i, [1, 0]), 'f64'),
    },
    scene.order(65),
  );
});

test('integers saturate at the ends of their range, and NaN becomes 0', async () => {
  const scene = await Scene.open();
  const x = scene.parameter([4], 'f64', [1e30, -1e30, Number.NaN, -Infinity]);
  expect([...scene.computed({ x: g.cast(x, 'i32') }).x]).toEqual([2 ** 31 - 1, -(2 ** 31), 0, -(2 ** 31)]);
});

test('what is below the normal range of f32 becomes +0', async () => {
  const scene = await Scene.open();
  const x = scene.parameter([4], 'f64', [1e-39, -1e-39, 2 ** -126, -1e-300]);
  expect([...scene.computed({ x: g.cast(x, 'f32') }).x]).toEqual([0, 0, 2 ** -126, 0]);
});

test('gradients pass through casts between floating dtypes and stop at integers and at stopGradient', async () => {
  const scene = await Scene.open();
  const x = scene.parameter([3], 'f32');
  const loss = g.sum(g.square(g.cast(x, 'f64')));
  const blocked = g.sum(g.mul(g.cast(g.cast(x, 'i32'), 'f64'), g.cast(g.stopGradient(x), 'f64')));
  const [through] = g.gradient(loss, [x]);
  const [none] = g.gradient(blocked, [x]);
  scene.agree({ through, twice: g.mul(x, 2) });
  expect(through.dtype).toBe('f32');
  expect([...scene.computed({ none }).none]).toEqual([0, 0, 0]);
});
