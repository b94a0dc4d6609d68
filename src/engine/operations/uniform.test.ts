import { describe, expect, test } from 'vitest';
import { Scene } from '../../../test/engine/scene.ts';
import type { Shape } from '../index.ts';
import * as g from '../index.ts';
import { philox4x32, streamKey } from '../philox.ts';

async function drawn(node: g.Expr, seed: number, step: number, count: number) {
  const scene = await Scene.open();
  scene.place();
  const program = scene.machine.compile({ outputs: {}, perExample: { node } });
  program.setSetting('seed', seed);
  program.setSetting('step', step);
  program.run(scene.order(count));
  return [...program.value('node')];
}

describe.each(['f32', 'f64'] as const)('%s', (dtype) => {
  test('numbers are read off Philox blocks counted by four elements, place in the batch and step', async () => {
    for (const shape of [[], [1], [3], [2, 3], [9], [113]] as Shape[]) {
      const [seed, step, count] = [7, 12, 67];
      const numbers = await drawn(g.uniform(shape, 'actions', dtype), seed, step, count);
      const size = g.sizeOf(shape);
      const expected = Array.from({ length: count * size }, (_, i) => {
        const [slot, element] = [Math.floor(i / size), i % size];
        const block = philox4x32([element >>> 2, slot, step, 0], streamKey(seed, 'actions'));
        return (block[element % 4] >>> 8) / 2 ** 24;
      });
      expect(numbers).toEqual(expected);
    }
  });
});

test('streams, steps and seeds differ', async () => {
  const first = await drawn(g.uniform([40], 'one'), 1, 1, 3);
  expect(await drawn(g.uniform([40], 'one'), 1, 1, 3)).toEqual(first);
  expect(await drawn(g.uniform([40], 'two'), 1, 1, 3)).not.toEqual(first);
  expect(await drawn(g.uniform([40], 'one'), 1, 2, 3)).not.toEqual(first);
  expect(await drawn(g.uniform([40], 'one'), 2, 1, 3)).not.toEqual(first);
});

test('whole numbers are refused', () => {
  expect(() => g.uniform([3], 's', 'i32')).toThrow('uniform: needs f32 or f64, got i32');
});
