// Numbers below the normal range are slow on many processors, and WebAssembly cannot flush them: no operation makes one.
import { describe, expect, test } from 'vitest';
import type { Expr } from '../../src/engine/index.ts';
import * as g from '../../src/engine/index.ts';
import type { Float } from '../oracles/defined-sums.ts';
import { Scene } from './scene.ts';

const times = (n: number, f: (i: number) => number): number[] => Array.from({ length: n }, (_, i) => f(i));

const least = { f32: 2 ** -126, f64: 2 ** -1022 };

describe.each<Float>(['f32', 'f64'])('no %s below the normal range comes out of', (dtype) => {
  const tiny = least[dtype];
  const root = Math.sqrt(tiny);

  function expectNormal(values: Record<string, ArrayLike<number>>): void {
    for (const [name, list] of Object.entries(values)) {
      const below = Array.from(list).filter((x) => x !== 0 && Math.abs(x) < tiny);
      expect(below, `${name} has subnormals`).toEqual([]);
      const negative = Array.from(list).some((x) => Object.is(x, -0));
      expect(negative, `${name} flushes to −0`).toBe(false);
    }
  }

  test('elementwise functions', async () => {
    const scene = await Scene.open();
    const xs = [1, 1.5, -1, -1.25, 3, 0.75, 1.999, -1.001].flatMap((f) => [f * tiny, (f * root) / 1.5, f]);
    const x = scene.parameter(
      [24],
      dtype,
      xs.map((v) => (Math.abs(v) < tiny ? Math.sign(v) * tiny : v)),
    );
    const y = scene.parameter(
      [24, 1],
      dtype,
      xs.map((v) => (Math.abs(v) < tiny ? Math.sign(v) * tiny : v)),
    );
    const logits = g.constant(
      Array.from({ length: 400 }, (_, i) => (dtype === 'f32' ? -i / 3.5 : -i * 2)),
      [400],
      dtype,
    );
    expectNormal(
      scene.computed({
        add: g.add(g.mul(x, 1.0001), g.mul(y, -1)),
        sub: g.sub(x, y),
        mul: g.mul(x, y),
        div: g.div(x, g.add(g.abs(g.div(y, tiny)), 1)),
        square: g.square(x),
        reciprocal: g.reciprocal(g.div(g.abs(x), tiny * tiny > 0 ? tiny : root)),
        tanh: g.tanh(x),
        erf: g.erf(x),
        sin: g.sin(x),
        fused: g.mul(g.mul(x, 0.5), g.add(y, 1)),
        exp: g.exp(logits),
        softmax: g.softmax(logits),
        softmaxGradient: g.gradient(g.sum(g.square(g.softmax(logits))), [logits])[0],
      }),
    );
  });

  test('sums and products, over examples too', async () => {
    const scene = await Scene.open({ rows: 4 });
    const x = scene.column([9], dtype, {
      given: times(36, (i) => tiny * [1, -1.5, 1.25, 1.75][Math.floor(i / 9)]),
    });
    const y = scene.column([], dtype, { given: [1.5 * tiny, -tiny, 1.25 * tiny, -1.5 * tiny] });
    const w = scene.parameter(
      [9, 5],
      dtype,
      times(45, (i) => (i % 3 === 0 ? 1.5 * tiny : -tiny)),
    );
    const half = scene.parameter(
      [9, 9],
      dtype,
      times(81, (i) => 0.25 + i / 1000),
    );
    const at = g.constant([0, 1, 0, 1, 2, 2, 1, 0, 3], [9], 'i32');
    const all: Record<string, Expr> = {
      sumRows: g.sum(w, 1),
      sumColumns: g.sum(w, 0),
      sumExamples: g.sumExamples(x),
      sumScalars: g.sumExamples(y),
      product: g.matmul(g.permute(w, [1, 0]), half),
      perExample: g.matmul(x, half),
      narrow: g.matmul(x, g.mul(half, 0.1)),
      dot: g.einsum(
        'i,i->',
        g.slice(w, 1, 0, 1).shape.length === 2 ? g.reshape(g.slice(w, 1, 0, 1), [9]) : w,
        g.sum(half, 0),
      ),
      over: g.einsumOverExamples('i,->i', x, g.div(y, tiny * 4)),
      scatterExamples: g.scatterAdd(g.broadcastExamples(at), x, 4),
      scatter: g.scatterAdd(at, w, 4),
      scatterScalars: g.scatterAdd(at, g.reshape(g.slice(w, 1, 0, 1), [9]), 4),
      mean: g.mean(w),
    };
    expectNormal(scene.computed(all, Int32Array.of(0, 1, 2, 3)));
    expectNormal(scene.computed(all, Int32Array.of(0, 1)));
  });

  test('a cast', async () => {
    const scene = await Scene.open();
    const x = scene.parameter([4], 'f64', [2 ** -126, -(2 ** -127), 2 ** -149, 2 ** -1000]);
    expectNormal({ single: scene.computed({ x: g.cast(x, 'f32') }).x });
  });
});
