import { describe, expect, test } from 'vitest';
import { Scene } from '../../../test/engine/scene.ts';
import type { Dtype, Expr, Shape } from '../index.ts';
import * as g from '../index.ts';

const binary = { add: g.add, sub: g.sub, mul: g.mul, div: g.div, maximum: g.maximum, minimum: g.minimum };
const comparisons = { greater: g.greater, equal: g.equal };
const unary = {
  neg: g.neg,
  exp: g.exp,
  tanh: g.tanh,
  erf: g.erf,
  sin: g.sin,
  cos: g.cos,
  square: g.square,
  abs: g.abs,
  reciprocal: g.reciprocal,
  relu: g.relu,
  step: g.step,
  sign: g.sign,
};
const ofPositive = { log: g.log, sqrt: g.sqrt };
const floats: Dtype[] = ['f64', 'f32'];
const extents = [1, 2, 3, 7, 8, 9, 16, 19, 97, 113];

describe.each(floats)('%s', (dtype) => {
  test('every function of one value agrees with the oracle over odd extents', async () => {
    const scene = await Scene.open();
    const nodes: Record<string, Expr> = {};
    for (const extent of extents) {
      const x = scene.parameter([extent], dtype);
      const y = scene.parameter([3, extent], dtype);
      for (const [name, f] of Object.entries(unary)) {
        nodes[`${name} ${extent}`] = f(x);
        nodes[`${name} 3,${extent}`] = f(y);
      }
      for (const [name, f] of Object.entries(ofPositive))
        nodes[`${name} ${extent}`] = f(g.add(g.abs(x), 0.01));
    }
    // 1/x and its like are as large as they please: each element to its own size.
    for (const [name, node] of Object.entries(nodes))
      if (name.startsWith('reciprocal')) nodes[name] = g.div(1, g.add(g.abs(node), 1));
    scene.agree(nodes);
  });

  test('two values broadcast against each other in every direction', async () => {
    const scene = await Scene.open({ rows: 4 });
    const pairs: [Shape, Shape][] = [
      [[], []],
      [[], [5]],
      [[13], [1]],
      [
        [3, 1],
        [1, 5],
      ],
      [[3, 9], [9]],
      [
        [3, 9],
        [3, 1],
      ],
      [
        [4, 1, 5],
        [3, 1],
      ],
      [
        [4, 1, 11],
        [3, 1],
      ],
      [
        [2, 3, 10],
        [3, 1],
      ],
      [
        [2, 1, 3, 9],
        [5, 1, 9],
      ],
      [
        [2, 3, 4, 5],
        [3, 1, 5],
      ],
      [
        [2, 3, 4, 17],
        [2, 1, 4, 1],
      ],
      [[97], [97]],
      [
        [1, 113],
        [19, 1],
      ],
    ];
    for (const [a, b] of pairs) {
      const nodes: Record<string, Expr> = {};
      for (const [ka, kb] of [
        [false, false],
        [true, false],
        [false, true],
        [true, true],
      ]) {
        const [x, y] = [scene.leaf(a, dtype, ka), scene.leaf(b, dtype, kb)];
        for (const [name, f] of Object.entries({ ...binary, ...comparisons })) {
          const awayFromZero = name === 'div' ? g.add(g.square(y), 0.5) : y;
          nodes[`${name} of ${a}${ka} and ${b}${kb}`] = f(x, awayFromZero);
          nodes[`${name} of ${b}${kb} and ${a}${ka}`] = f(y, name === 'div' ? g.add(g.square(x), 0.5) : x);
        }
      }
      scene.agree(nodes, scene.order(3));
    }
  });

  test('one operation on examples agrees for 0, 1, 63, 64, 65 and 200 of them, in any order', async () => {
    const scene = await Scene.open();
    const [x, y, b] = [scene.column([7], dtype), scene.column([3, 7], dtype), scene.parameter([3, 1], dtype)];
    const s = scene.column([], dtype);
    for (const count of [0, 1, 63, 64, 65, 200, 600]) {
      scene.agree(
        { a: g.mul(g.add(x, y), b), b: g.exp(s), c: g.sub(s, x), d: g.tanh(g.mul(s, g.mul(y, s))) },
        scene.order(count),
      );
    }
  });

  test('select takes the first where the condition is not zero, with broadcasting of all three', async () => {
    const scene = await Scene.open();
    const condition = g.greater(scene.column([4, 1, 5], dtype), 0);
    const [a, b] = [scene.parameter([3, 1], dtype), scene.column([5], dtype)];
    scene.agree(
      {
        broadcast: g.select(condition, a, b),
        numbers: g.select(condition, 2, a),
        minusZero: g.select(g.mul(condition, -0), a, b),
      },
      scene.order(70),
    );
  });

  test('zeroBelow keeps what reaches the threshold, and NaN; the rest becomes +0 and passes no gradient', async () => {
    const scene = await Scene.open();
    const x = scene.parameter([7], dtype, [0.5, -0.5, 0.25, -0.2, Number.NaN, -0, -7]);
    const kept = g.zeroBelow(x, 0.5);
    const [gradient] = g.gradient(g.sum(kept), [x]);
    const values = scene.computed({ kept, gradient });
    expect([...values.kept]).toEqual([0.5, -0.5, 0, 0, Number.NaN, 0, -7]);
    expect([...values.gradient]).toEqual([1, 1, 0, 0, 1, 0, 1]);
    scene.agree(
      { broadcast: g.zeroBelow(scene.column([4, 1, 5], dtype), g.abs(scene.parameter([3, 1], dtype))) },
      scene.order(66),
    );
  });

  test('equal finds equal values, and no NaN', async () => {
    const scene = await Scene.open();
    const x = scene.parameter([6], dtype, [0, -0, 1, NaN, Infinity, 0.1]);
    const y = scene.parameter([6], dtype, [0, 0, 2, NaN, Infinity, 0.1]);
    scene.agree({ equal: g.equal(x, y), greater: g.greater(y, x) });
  });

  test('maximum of NaN and a number depends on the order of the two alone', async () => {
    const scene = await Scene.open();
    const x = scene.parameter([2], dtype, [NaN, 1]);
    const y = scene.parameter([2], dtype, [1, NaN]);
    const { a } = scene.computed({ a: g.maximum(x, y) });
    expect([...a]).toEqual([NaN, 1]);
  });
});

test('i32 adds, subtracts, multiplies, negates and compares, wrapping around at 32 bits', async () => {
  const scene = await Scene.open();
  const big = [2 ** 31 - 1, -(2 ** 31), 65537, 65537, -1, 0, 7, 7, 7];
  const x = scene.parameter([9], 'i32', big);
  const y = scene.parameter([9], 'i32', [1, -1, 65537, -65537, 5, 0, 7, 8, 6]);
  const z = scene.column([3, 1], 'i32');
  scene.agree(
    {
      add: g.add(x, y),
      sub: g.sub(x, y),
      mul: g.mul(x, y),
      neg: g.neg(x),
      greater: g.greater(x, y),
      equal: g.equal(x, y),
      select: g.select(g.greater(x, y), x, y),
      perExample: g.add(g.mul(z, x), y),
      // A remainder without a division: z − 64·[z > 63]
      wrapped: g.sub(z, g.mul(64, g.greater(z, 63))),
    },
    scene.order(65),
  );
});

test('i32 is refused where only fractions make sense', async () => {
  const x = g.parameter('x', [4], 'i32');
  expect(() => g.exp(x)).toThrow('exp: needs f32 or f64, got i32 of shape [4]; use cast');
  expect(() => g.softmax(x)).toThrow('softmax: needs f32 or f64, got i32 of shape [4]; use cast');
  expect(() => g.div(x, x)).toThrow('div: needs f32 or f64, got i32 of shape [4]; use cast');
  expect(() => g.maximum(x, 0)).toThrow('maximum: needs f32 or f64, got i32 of shape [4]; use cast');
  expect(() => g.minimum(0, x)).toThrow('minimum: needs f32 or f64, got i32 of shape [4]; use cast');
});

test('operands of two dtypes, of shapes that do not broadcast, and two bare numbers are refused', () => {
  const [x, y] = [g.parameter('x', [3, 4], 'f32'), g.parameter('y', [3], 'f64')];
  expect(() => g.add(x, y)).toThrow('add: both operands need one dtype, got f32 and f64; use cast');
  expect(() => g.mul(x, g.parameter('z', [3], 'f32'))).toThrow(
    'mul: shapes [3, 4] and [3] do not broadcast: aligned at the right, each pair of axes must be equal or one of them 1, got 4 and 3',
  );
  expect(() => g.add(1, 2)).toThrow('add: needs at least one expression, got two numbers');
  expect(() => g.select(y, x, 0)).toThrow('select: condition and values need one dtype, got f64 and f32');
});
