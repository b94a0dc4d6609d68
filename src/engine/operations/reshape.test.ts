import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Scene } from '../../../test/engine/scene.ts';
import type { Dtype, Expr, Shape } from '../index.ts';
import * as g from '../index.ts';
import { sizeOf } from '../index.ts';

const dtypes: Dtype[] = ['f64', 'f32', 'i32'];

/** All ways to write a size as a product of two or three extents. */
function factorings(size: number): Shape[] {
  const divisors = Array.from({ length: size }, (_, i) => i + 1).filter((d) => size % d === 0);
  return divisors.flatMap((d) => [
    [d, size / d],
    ...divisors.filter((e) => size % (d * e) === 0).map((e) => [d, e, size / (d * e)]),
  ]);
}

describe.each(dtypes)('%s', (dtype) => {
  test('reshaping keeps the elements in row-major order, from any shape to any other', async () => {
    for (const size of [1, 12, 36, 90]) {
      const scene = await Scene.open({ rows: 3 });
      const shapes = factorings(size).slice(0, 14);
      const nodes: Record<string, Expr> = {};
      for (const from of shapes) {
        const [x, y] = [scene.parameter(from, dtype), scene.column(from, dtype)];
        for (const to of [...shapes, [size]]) {
          nodes[`${from} to ${to}`] = g.reshape(x, to);
          nodes[`examples of ${from} to ${to}`] = g.reshape(y, to);
        }
      }
      scene.agree(nodes, scene.order(4));
    }
  });
});

/** One step of a chain of views and copies, chosen by numbers, where the shape allows it. */
function rearranged(x: Expr, kind: number, n: number, m: number): Expr {
  const axis = x.shape.length === 0 ? 0 : n % x.shape.length;
  const extent = x.shape[axis] ?? 1;
  const size = sizeOf(x.shape);
  if (kind === 0) {
    const shapes = [[size], ...factorings(size)];
    return g.reshape(x, shapes[(n * 31 + m) % shapes.length]);
  }
  if (x.shape.length === 0) return g.broadcastTo(x, [1 + (n % 9)]);
  if (kind === 1) {
    const axes = x.shape.map((_, i) => (i + n) % x.shape.length);
    return g.permute(x, m % 2 ? axes.reverse() : axes);
  }
  if (kind === 2) {
    const start = m % extent;
    return g.slice(x, axis, start, start + 1 + (n % (extent - start)));
  }
  if (kind === 3) return size > 200 ? x : g.pad(x, axis, m % 4, extent + (m % 4) + (n % 4));
  if (kind === 4) return size > 200 ? x : g.concat([x, g.slice(x, axis, 0, 1 + (m % extent))], axis);
  return size > 200 ? x : g.broadcastTo(x, [1 + (n % 3), ...x.shape]);
}

const chains = fc.record({
  shape: fc.array(fc.oneof(fc.integer({ min: 1, max: 10 }), fc.constantFrom(17, 19)), {
    minLength: 1,
    maxLength: 3,
  }),
  steps: fc.array(fc.tuple(fc.nat(5), fc.nat(50), fc.nat(50)), { minLength: 1, maxLength: 7 }),
  examples: fc.boolean(),
  dtype: fc.constantFrom<Dtype>('f64', 'f32'),
});

test('any chain of reshape, permute, slice, pad, concat and broadcast moves elements as the oracle says', async () => {
  await fc.assert(
    fc.asyncProperty(chains, async ({ shape, steps, examples, dtype }) => {
      const scene = await Scene.open({ rows: 5 });
      const x = scene.leaf(shape, dtype, examples);
      let chain = x;
      for (const [kind, n, m] of steps) chain = rearranged(chain, kind, n, m);
      const row = chain.shape.length === 0 ? chain : g.sum(chain, -1);
      // The end of the chain itself, fed to elementwise arithmetic, reduced, and multiplied.
      scene.agree(
        {
          chain,
          arithmetic: g.add(g.mul(chain, chain), 1),
          row,
          inner: g.sum(g.mul(chain, g.exp(g.mul(chain, 0.1)))),
        },
        scene.order(7),
        dtype === 'f64' ? 1e-11 : 1e-4,
      );
    }),
    { numRuns: 60 },
  );
});

test('permutations compose, and their gradient is the inverse', async () => {
  const scene = await Scene.open();
  const x = scene.column([2, 9, 5], 'f64');
  const there = g.permute(x, [2, 0, 1]);
  const [back] = g.vjp(there, there, [x]);
  scene.agree({ there, back, twice: g.permute(there, [2, 0, 1]) }, scene.order(65));
});

test('shapes of another size and axes that are no order are refused', () => {
  const x = g.parameter('x', [2, 3]);
  expect(() => g.reshape(x, [4])).toThrow('reshape: [2, 3] has 6 elements and [4] 4; they must be equal');
  expect(() => g.reshape(x, [6, 0])).toThrow(
    'reshape: every axis needs a positive whole number of elements, got [6, 0]',
  );
  expect(() => g.permute(x, [0, 0])).toThrow('permute: axes [0, 0] are not an order of the 2 axes of [2, 3]');
});
