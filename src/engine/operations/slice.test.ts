import { expect, test } from 'vitest';
import { Scene } from '../../../test/engine/scene.ts';
import * as g from '../index.ts';

test('slices, pads and joins of examples and parameters agree with the oracle', async () => {
  for (const dtype of ['f64', 'f32', 'i32'] as const) {
    const scene = await Scene.open();
    const [x, y, w] = [
      scene.column([3, 11], dtype),
      scene.column([3, 2], dtype),
      scene.parameter([3, 9], dtype),
    ];
    scene.agree(
      {
        slice: g.slice(x, 1, 2, 11),
        row: g.slice(x, 0, 1, 2),
        pad: g.pad(x, 1, 3, 17),
        padFront: g.pad(w, 0, 2, 5),
        concat: g.concat([x, y, w], 1),
        self: g.concat([w, w, w], 0),
        nested: g.slice(g.concat([g.slice(x, 1, 0, 9), w], 0), 0, 2, 5),
      },
      scene.order(65),
    );
  }
});

test('a slice gives its gradient back to where it came from, zeros elsewhere', async () => {
  const scene = await Scene.open();
  const x = scene.column([4, 11], 'f64');
  const part = g.slice(x, 1, 3, 6);
  const [back] = g.vjp(part, part, [x]);
  scene.agree({ back }, scene.order(3));
});

test('parts that do not exist, and joins of unlike values, are refused', () => {
  const x = g.parameter('x', [2, 3]);
  expect(() => g.slice(x, 1, 2, 2)).toThrow(
    'slice: needs 0 ≤ start < stop ≤ 3 on axis 1 of [2, 3], got 2 to 2',
  );
  expect(() => g.slice(x, 0, 0, 3)).toThrow(
    'slice: needs 0 ≤ start < stop ≤ 2 on axis 0 of [2, 3], got 0 to 3',
  );
  expect(() => g.pad(x, 1, 1, 3)).toThrow('pad: 3 elements from 1 on do not fit into 3');
  expect(() => g.concat([], 0)).toThrow('concat: needs at least one value, got none');
  expect(() => g.concat([x, g.parameter('y', [2, 3], 'f64')], 0)).toThrow(
    'concat: all values need the same dtype and axes but axis 0, got f32 [2, 3], f64 [2, 3]',
  );
  expect(() => g.concat([x, g.parameter('y', [2, 4])], 0)).toThrow('got f32 [2, 3], f32 [2, 4]');
});
