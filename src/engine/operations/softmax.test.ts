import { describe, expect, test } from 'vitest';
import { Scene } from '../../../test/engine/scene.ts';
import type { Dtype, Expr } from '../index.ts';
import * as g from '../index.ts';

const floats: Dtype[] = ['f64', 'f32'];

describe.each(floats)('%s', (dtype) => {
  test('softmax and log-softmax agree with the oracle over odd extents', async () => {
    const scene = await Scene.open({ range: [-20, 20] });
    const nodes: Record<string, Expr> = {};
    for (const extent of [1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 97, 113]) {
      for (const [kind, x] of [
        ['parameter', scene.parameter([3, extent], dtype)],
        ['example', scene.column([extent], dtype)],
        ['permuted', g.permute(scene.column([extent, 2], dtype), [1, 0])],
      ] as const) {
        nodes[`softmax ${kind} ${extent}`] = g.softmax(x);
        nodes[`logSoftmax ${kind} ${extent}`] = g.logSoftmax(x);
      }
    }
    scene.agree(nodes, scene.order(3));
  });

  test('extreme logits neither overflow nor lose the sum', async () => {
    const scene = await Scene.open();
    const rows = [
      [1e4, -1e4, 0, 1e4, 9999],
      [-1e4, -1e4, -1e4, -1e4, -1e4],
      [3, 3, 3, 3, 3],
      [1e4, 1e4 - 60, 1e4 - 61, -1e4, 0],
      [-1e30, 1e30, 0, 0, 0],
    ];
    const x = scene.parameter([5, 5], dtype, rows.flat());
    scene.agree({ softmax: g.softmax(x), logSoftmax: g.logSoftmax(x) });
    const { equal } = scene.computed({ equal: g.softmax(g.slice(x, 0, 1, 3)) });
    expect([...equal]).toEqual(new Array(10).fill(dtype === 'f32' ? Math.fround(0.2) : 0.2));
  });

  test('minus infinity has probability 0 and takes nothing from the others', async () => {
    const scene = await Scene.open();
    const x = scene.parameter([3], dtype, [-Infinity, 1, 1]);
    expect([...scene.computed({ y: g.softmax(x) }).y]).toEqual([0, 0.5, 0.5]);
    expect(scene.computed({ y: g.logSoftmax(x) }).y[0]).toBe(-Infinity);
  });

  test('NaN in a row stays in its row', async () => {
    const scene = await Scene.open();
    const x = scene.parameter([3, 3], dtype, [0, 0, 0, 1, Number.NaN, 1, 2, 2, 2]);
    const { y } = scene.computed({ y: g.sum(g.softmax(x), 1) });
    expect([...y].map(Number.isNaN)).toEqual([false, true, false]);
  });
});

test('a scalar has no axis to normalise over', () => {
  expect(() => g.softmax(g.parameter('x', []))).toThrow('softmax: needs at least one axis, got []');
});

test('the gradient of log-softmax of a confident row has one rounding, not an error as large as itself', async () => {
  // 1 − p of the right class is a few units in the last place of 1; a share 1/1404 is no power of two.
  const machine = await g.Machine.open();
  const share = Math.fround(1 / 1404);
  for (const confident of [12, 14, 16, 17]) {
    const logits = g.parameter(`logits${confident}`, [53], 'f32');
    machine.setParameter(logits, [confident, ...new Array<number>(52).fill(0)]);
    const right = g.slice(g.logSoftmax(logits), 0, 0, 1);
    const gradient = g.gradient(g.sum(g.mul(right, -share)), [logits])[0] as Expr;
    const program = machine.compile({ outputs: { gradient, p: g.softmax(logits) } });
    program.run();
    const [seen, p] = [program.value('gradient'), program.value('p')];
    // Products and differences of floats this close are exact in doubles.
    expect(seen[0]).toBe(Math.fround(share * (p[0] as number) - share));
    expect(seen[1]).toBe(Math.fround(share * (p[1] as number)));
  }
});
