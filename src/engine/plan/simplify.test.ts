import { describe, expect, test } from 'vitest';
import { Scene } from '../../../test/engine/scene.ts';
import type { Expr } from '../index.ts';
import * as g from '../index.ts';
import { makePlan } from './plan.ts';

function instructions(outputs: Record<string, Expr>): number {
  const { stages } = makePlan({ outputs });
  return stages.reduce((n, { once, tile, sums }) => n + once.length + tile.length + sums.length, 0);
}

describe('nothing is computed twice', () => {
  test('equal subexpressions cost no more instructions than one', () => {
    const [a, b] = [g.parameter('a', [9, 9]), g.parameter('b', [9, 9])];
    const product = () => g.softmax(g.matmul(g.exp(a), b));
    expect(instructions({ x: product(), y: product() })).toBe(instructions({ x: product() }));
    const again = () => g.parameter('a', [9, 9]);
    expect(instructions({ x: g.sum(again(), 0), y: g.sum(again(), 0) })).toBe(
      instructions({ x: g.sum(a, 0) }),
    );
  });

  test('a value used by the loss and its gradient is computed once for each tile', () => {
    const [x, w] = [g.input('x', [9], 'f32', { examples: true }), g.parameter('w', [9, 9])];
    const logits = () => g.logSoftmax(g.matmul(x, w));
    const loss = g.meanExamples(g.sum(logits()));
    const { stages } = makePlan({
      outputs: { loss, gradient: g.gradient(loss, [w])[0], again: g.meanExamples(g.sum(logits())) },
    });
    const once = makePlan({ outputs: { loss, gradient: g.gradient(loss, [w])[0] } });
    expect(stages.map(({ tile }) => tile.length)).toEqual(once.stages.map(({ tile }) => tile.length));
  });

  test('adding 0 and multiplying by 1 cost nothing', () => {
    const a = g.parameter('a', [9, 9]);
    expect(instructions({ x: g.exp(g.div(g.mul(g.add(a, 0), 1), 1)) })).toBe(instructions({ x: g.exp(a) }));
  });

  test('a product with a single 1 is another view of its other factor, merged with equal ones', () => {
    const [a, b] = [g.parameter('a', [9, 1, 4]), g.parameter('b', [4, 9])];
    const one = () => g.constant(1, [1]);
    const row = () => g.einsum('b,abc->ac', one(), a);
    expect(instructions({ x: g.matmul(row(), b), y: g.matmul(row(), b) })).toBe(
      instructions({ x: g.matmul(g.reshape(a, [9, 4]), b) }),
    );
    // Exchanged axes or another number are more than a view.
    expect(instructions({ x: row() })).toBe(0);
    expect(instructions({ x: g.einsum('b,abc->ca', one(), a) })).toBeGreaterThan(0);
    expect(instructions({ x: g.einsum('b,abc->ac', g.constant(2, [1]), a) })).toBeGreaterThan(0);
  });

  test('what no output needs is not computed', () => {
    const a = g.parameter('a', [9, 9]);
    g.matmul(a, a);
    expect(instructions({ x: g.exp(a) })).toBe(1);
  });

  test('constants that look alike in JSON stay apart', async () => {
    const scene = await Scene.open();
    const a = scene.parameter([], 'f64', [2]);
    const { up, down, none, plus, minus } = scene.computed({
      up: g.add(a, Infinity),
      down: g.add(a, -Infinity),
      none: g.add(a, Number.NaN),
      plus: g.div(a, g.constant(0, [], 'f64')),
      minus: g.div(a, g.constant(-0, [], 'f64')),
    });
    expect([up[0], down[0], none[0], plus[0], minus[0]]).toEqual([
      Infinity,
      -Infinity,
      Number.NaN,
      Infinity,
      -Infinity,
    ]);
  });
});
