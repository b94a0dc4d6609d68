import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Scene } from '../../../test/engine/scene.ts';
import type { Expr } from '../index.ts';
import * as g from '../index.ts';
import { fuse, storedNodes } from './groups.ts';

const binary = [
  (a: Expr, b: Expr) => g.mul(g.add(a, b), 0.5),
  (a: Expr, b: Expr) => g.sub(g.mul(a, 0.5), b),
  (a: Expr, b: Expr) => g.tanh(g.mul(a, b)),
  g.maximum,
  (a: Expr, b: Expr) => g.select(g.greater(a, b), b, a),
  (a: Expr, b: Expr) => g.div(a, g.add(g.square(b), 1)),
];

const chains = fc.record({
  shape: fc.constantFrom([], [1], [7], [3, 9], [2, 5], [300], [4, 1, 6]),
  steps: fc.array(fc.tuple(fc.nat(99), fc.nat(99), fc.nat(99), fc.boolean()), {
    minLength: 1,
    maxLength: 30,
  }),
  examples: fc.boolean(),
  dtype: fc.constantFrom<'f64' | 'f32'>('f64', 'f32'),
});

/** A chain of elementwise steps, some of whose values are wanted. */
function chain(
  scene: Scene,
  { shape, steps, examples, dtype }: typeof chains extends fc.Arbitrary<infer T> ? T : never,
) {
  const pool = [
    scene.leaf(shape, dtype, examples),
    scene.parameter(shape, dtype),
    scene.parameter(
      shape.map(() => 1),
      dtype,
    ),
    scene.parameter([], dtype),
  ];
  const wanted: Record<string, Expr> = {};
  for (const [i, [operation, a, b, want]] of steps.entries()) {
    // The latest value is most often used: long chains with values in between that are stored.
    const first = pool[pool.length - 1 - (a < 50 ? 0 : a % pool.length)];
    const node = binary[operation % binary.length](first, pool[b % pool.length]);
    pool.push(node);
    if (want || i === steps.length - 1) wanted[`${i}`] = node;
  }
  return wanted;
}

test('values stored in the middle of long elementwise chains are right, as outputs and as updates', async () => {
  await fc.assert(
    fc.asyncProperty(chains, async (recipe) => {
      const scene = await Scene.open({ rows: 9 });
      const wanted = chain(scene, recipe);
      const order = scene.order(recipe.examples ? 66 : 0);
      scene.agree(wanted, order, recipe.dtype === 'f64' ? 1e-11 : 1e-3);
      const kept = Object.values(wanted).filter((node) => !node.examples);
      const targets = kept.map((node) => scene.parameter(node.shape, node.dtype));
      const program = scene.machine.compile({
        outputs: {},
        updates: kept.map((node, i) => [targets[i], node]),
      });
      const expected = scene.computed(Object.fromEntries(kept.map((node, i) => [i, node])));
      program.run();
      for (const [i, target] of targets.entries())
        expect(scene.machine.getParameter(target)).toEqual(expected[i]);
    }),
    { numRuns: 100 },
  );
});

test('a chain is one group, in which only what is wanted is stored', () => {
  const a = g.parameter('a', [9]);
  const [b, c] = [g.exp(a), g.tanh(a)];
  const [d] = [g.mul(b, c)];
  const units = fuse([b, c, d]);
  expect(units.map(({ nodes }) => nodes)).toEqual([[b, c, d]]);
  expect(storedNodes(units[0], (node) => node === c)).toEqual([c, d]);
});

test('a value read by two groups, or by a group of another shape, is a group of its own', () => {
  const a = g.parameter('a', [9]);
  const row = g.exp(a);
  const wide = g.mul(row, g.parameter('b', [3, 9]));
  const other = g.sum(row);
  expect(fuse([row, wide, other]).map(({ nodes }) => nodes)).toEqual([[row], [wide], [other]]);
});
