import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Scene } from '../../../test/engine/scene.ts';
import type { Dtype, Expr } from '../index.ts';
import * as g from '../index.ts';
import { makePlan } from './plan.ts';

/** What makes rounding, signs and ranges show. */
const numbers = [
  0,
  -0,
  1,
  -1,
  0.1,
  -2.5,
  1 / 3,
  3e38,
  -3e38,
  1e-38,
  2e-39,
  1e308,
  3e-308,
  5e-320,
  Infinity,
  NaN,
];

type Make = (a: Expr, b: Expr) => Expr;

const operations: Record<string, Make> = {
  add: g.add,
  sub: g.sub,
  mul: g.mul,
  div: g.div,
  maximum: g.maximum,
  minimum: g.minimum,
  square: g.square,
  reciprocal: g.reciprocal,
  sqrt: g.sqrt,
  neg: g.neg,
  abs: g.abs,
  pad: (a) => g.pad(a, 1, 2, 7),
  'pad of a row': (a) => g.pad(g.slice(a, 0, 1, 2), 0, 1, 3),
  concat: (a, b) => g.concat([a, b, a], 0),
  'concat along the last axis': (a, b) => g.concat([a, g.slice(b, 1, 1, 3)], 1),
  'views of views': (a, b) =>
    g.add(g.permute(g.reshape(a, [3, 2]), [1, 0]), g.broadcastTo(g.slice(b, 0, 0, 1), [2, 3])),
  'a column along rows': (a, b) => g.mul(g.slice(a, 1, 0, 1), b),
};

describe('what is made of constants is evaluated to the bits of the kernels', () => {
  const values = fc.array(fc.constantFrom(...numbers), { minLength: 6, maxLength: 6 });
  test.each(Object.entries(operations))('%s', async (_, make) => {
    const scene = await Scene.open();
    const names: Record<Dtype, [Expr, Expr]> = {
      f32: [scene.parameter([2, 3], 'f32'), scene.parameter([2, 3], 'f32')],
      f64: [scene.parameter([2, 3], 'f64'), scene.parameter([2, 3], 'f64')],
      i32: [scene.parameter([2, 3], 'i32'), scene.parameter([2, 3], 'i32')],
    };
    await fc.assert(
      fc.asyncProperty(values, values, fc.constantFrom<Dtype>('f32', 'f64'), async (x, y, dtype) => {
        const [a, b] = names[dtype];
        scene.set(a, x);
        scene.set(b, y);
        const folded = make(g.constant(x, [2, 3], dtype), g.constant(y, [2, 3], dtype));
        const { stages } = makePlan({ outputs: { folded } });
        const arithmetic = stages.flatMap(({ once, tile }) => [...once, ...tile]);
        // The one copy brings the constant to where outputs are read.
        expect(arithmetic.length).toBeLessThanOrEqual(1);
        const seen = scene.computed({ folded, run: make(a, b) });
        expect([...(seen.folded as g.Values)]).toEqual([...(seen.run as g.Values)]);
      }),
      { numRuns: 25 },
    );
  });
});

test('large constants, integers and functions of our own are left to the kernels', () => {
  const instructions = (value: Expr): number => makePlan({ outputs: { value } }).stages[0]?.once.length ?? 0;
  const row = g.constant([1, 2, 3], [3]);
  expect(instructions(g.square(row))).toBe(0);
  expect(instructions(g.exp(row))).toBeGreaterThan(0);
  expect(instructions(g.square(g.broadcastTo(row, [500, 3])))).toBeGreaterThan(0);
  expect(instructions(g.add(g.constant([1, 2], [2], 'i32'), 1))).toBeGreaterThan(0);
});
