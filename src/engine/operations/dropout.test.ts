import { describe, expect, test } from 'vitest';
import { Scene } from '../../../test/engine/scene.ts';
import type { Shape } from '../index.ts';
import * as g from '../index.ts';
import { philox4x32, streamKey } from '../philox.ts';

async function masks(nodes: Record<string, g.Expr>, seed: number, step: number, count: number) {
  const scene = await Scene.open();
  scene.place();
  const program = scene.machine.compile({ outputs: {}, perExample: nodes });
  program.setSetting('seed', seed);
  program.setSetting('step', step);
  program.run(scene.order(count));
  return Object.fromEntries(Object.keys(nodes).map((name) => [name, [...program.value(name)]]));
}

describe.each(['f32', 'f64'] as const)('%s', (dtype) => {
  test('a mask is read off Philox blocks counted by four elements, place in the batch and step', async () => {
    for (const shape of [[], [1], [3], [6], [9], [16], [113]] as Shape[]) {
      const [seed, step, rate, count] = [7, 12, 0.3, 67];
      const { mask } = await masks({ mask: g.dropoutMask(shape, rate, 'hidden', dtype) }, seed, step, count);
      const threshold = Math.round(rate * 2 ** 24);
      const kept = 1 / (1 - threshold / 2 ** 24);
      const size = g.sizeOf(shape);
      const expected = Array.from({ length: count * size }, (_, i) => {
        const [slot, element] = [Math.floor(i / size), i % size];
        const block = philox4x32([element >>> 2, slot, step, 0], streamKey(seed, 'hidden'));
        return block[element % 4] >>> 8 >= threshold ? (dtype === 'f32' ? Math.fround(kept) : kept) : 0;
      });
      expect(mask).toEqual(expected);
    }
  });

  test('the share of zeros is the rate, and the mean of a mask is 1', async () => {
    for (const rate of [0, 0.1, 0.5, 0.9]) {
      const { mask } = await masks({ mask: g.dropoutMask([9, 20], rate, 'share', dtype) }, 1, 1, 200);
      const n = mask.length;
      const deviation = Math.sqrt((rate * (1 - rate)) / n);
      expect(Math.abs(mask.filter((x) => x === 0).length / n - rate)).toBeLessThanOrEqual(5 * deviation);
      expect(Math.abs(mask.reduce((a, b) => a + b) / n - 1)).toBeLessThanOrEqual(
        (6 * deviation) / (1 - rate) + 1e-6,
      );
    }
  });
});

test('streams, steps and seeds differ; the same stream gives the same mask wherever it is asked for', async () => {
  const nodes = {
    a: g.dropoutMask([40], 0.5, 'one'),
    again: g.dropoutMask([40], 0.5, 'one'),
    other: g.dropoutMask([40], 0.5, 'two'),
  };
  const first = await masks(nodes, 1, 1, 3);
  expect(first.again).toEqual(first.a);
  expect(first.other).not.toEqual(first.a);
  expect((await masks(nodes, 1, 2, 3)).a).not.toEqual(first.a);
  expect((await masks(nodes, 2, 1, 3)).a).not.toEqual(first.a);
  expect((await masks({ a: nodes.a }, 1, 1, 3)).a).toEqual(first.a);
});

test('masks are constant to the gradient', async () => {
  const scene = await Scene.open();
  const w = scene.parameter([5], 'f64');
  const mask = g.dropoutMask([5], 0.5, 'gradient', 'f64');
  const [gradient] = g.gradient(g.sumExamples(g.sum(g.mul(w, mask))), [w]);
  const { same, sum } = scene.computed({ same: gradient, sum: g.sumExamples(mask) }, scene.order(70));
  expect([...same]).toEqual([...sum]);
});

test('rates outside [0, 1) and integer masks are refused', () => {
  expect(() => g.dropoutMask([3], 1, 's')).toThrow('dropoutMask: rate must lie in [0, 1), got 1');
  expect(() => g.dropoutMask([3], -0.1, 's')).toThrow('dropoutMask: rate must lie in [0, 1), got -0.1');
  expect(() => g.dropoutMask([3], 0.1, 's', 'i32')).toThrow('dropoutMask: needs f32 or f64, got i32');
});
