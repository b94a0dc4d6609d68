import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { follow, recipes } from '../../../test/engine/random-graph.ts';
import { expectClose, Scene } from '../../../test/engine/scene.ts';
import type { Expr } from '../index.ts';
import * as g from '../index.ts';

/** Runs updates once and returns what the parameters hold afterwards. */
function updated(
  scene: Scene,
  updates: readonly (readonly [Expr, Expr])[],
  order: Int32Array = new Int32Array(0),
): number[][] {
  scene.place();
  const program = scene.machine.compile({ outputs: {}, updates }, { mostExamples: order.length });
  program.run(order);
  return updates.map(([target]) => [...scene.machine.getParameter(target)]);
}

describe('updates happen all at once, from the values before the run', () => {
  test('two parameters change places', async () => {
    const scene = await Scene.open();
    const [a, b] = [scene.parameter([5, 3]), scene.parameter([5, 3])];
    const before = [a, b].map((w) => [...scene.machine.getParameter(w)]);
    expect(
      updated(scene, [
        [a, b],
        [b, a],
      ]),
    ).toEqual([before[1], before[0]]);
  });

  test('three go round, one through a view, one through arithmetic', async () => {
    const scene = await Scene.open();
    const [a, b, c] = [scene.parameter([3, 3]), scene.parameter([3, 3]), scene.parameter([3, 3])];
    const updates: [Expr, Expr][] = [
      [a, g.permute(b, [1, 0])],
      [b, g.mul(c, 2)],
      [c, g.add(a, b)],
    ];
    const expected = updates.map(([, value]) => scene.expected(value));
    expect(updated(scene, updates)).toEqual(expected);
  });

  test('a parameter is replaced by its own transpose', async () => {
    const scene = await Scene.open();
    const a = scene.parameter([9, 9]);
    const expected = scene.expected(g.permute(a, [1, 0]));
    expect(updated(scene, [[a, g.permute(a, [1, 0])]])).toEqual([expected]);
  });

  test('a parameter takes its own first row and column away from all of it', async () => {
    const scene = await Scene.open();
    const a = scene.parameter([5, 9]);
    const value = g.sub(g.sub(a, g.slice(a, 0, 0, 1)), g.slice(a, 1, 0, 1));
    const expected = scene.expected(value);
    expect(updated(scene, [[a, value]])).toEqual([expected]);
  });

  test('outputs keep the old value of a parameter that is updated, also through a view', async () => {
    const scene = await Scene.open();
    const a = scene.parameter([2, 9]);
    const before = [...scene.machine.getParameter(a)];
    const program = scene.machine.compile({
      outputs: { old: a, view: g.reshape(a, [18]), twice: g.mul(a, 2) },
      updates: [[a, g.add(a, 1)]],
    });
    program.run();
    expect([...program.value('old')]).toEqual(before);
    expect([...program.value('view')]).toEqual(before);
    expect([...program.value('twice')]).toEqual(before.map((x) => 2 * x));
    expect([...scene.machine.getParameter(a)]).toEqual(before.map((x) => x + 1));
  });

  test('one value may become two parameters', async () => {
    const scene = await Scene.open();
    const [a, b] = [scene.parameter([9]), scene.parameter([9])];
    const value = g.add(g.mul(a, 3), b);
    const expected = scene.expected(value);
    const seen = updated(scene, [
      [a, value],
      [b, value],
    ]);
    for (const values of seen) expectClose('value', values, expected, 1e-15);
  });

  test('a parameter may become a constant, a setting, or a sum over examples as it is', async () => {
    const scene = await Scene.open();
    const [a, b, c, d] = [[2, 9], [9], [9], [9]].map((shape) => scene.parameter(shape, 'f64'));
    const [x, by] = [scene.column([9]), g.input('by', [], 'f64', { examples: false })];
    const order = scene.order(200);
    const total = scene.expected(g.sumExamples(x), order);
    scene.place();
    const program = scene.machine.compile({
      outputs: { by, four: g.constant(4, [], 'f64') },
      updates: [
        [a, g.broadcastTo(g.constant(3, [], 'f64'), [2, 9])],
        [b, g.broadcastTo(by, [9])],
        [c, g.sumExamples(x)],
        [d, d],
      ],
    });
    const before = [...scene.machine.getParameter(d)];
    program.setSetting('by', 2.5);
    program.run(order);
    expect([...scene.machine.getParameter(a)]).toEqual(new Array(18).fill(3));
    expect([...scene.machine.getParameter(b)]).toEqual(new Array(9).fill(2.5));
    expectClose('sum', scene.machine.getParameter(c), total, 1e-12);
    expect([...scene.machine.getParameter(d)]).toEqual(before);
    expect([program.scalar('by'), program.scalar('four')]).toEqual([2.5, 4]);
  });

  test('examples still see the old parameters while new ones are made', async () => {
    const scene = await Scene.open();
    const [w, x] = [scene.parameter([9]), scene.column([9])];
    const perExample = g.mul(x, w);
    const order = scene.order(130);
    const expected = scene.expected(perExample, order);
    const total = scene.expected(g.sumExamples(perExample), order);
    scene.place();
    const program = scene.machine.compile({
      outputs: { total: g.sumExamples(perExample) },
      perExample: { perExample },
      updates: [[w, g.mul(w, 2)]],
    });
    program.run(order);
    expectClose('rows', program.value('perExample'), expected, 1e-15);
    expectClose('total', program.value('total'), total, 1e-12);
  });

  test('optimiser-like chains in place equal the same values computed as outputs', async () => {
    for (const shape of [[], [3], [5, 3], [4, 9], [113]]) {
      const scene = await Scene.open();
      const [w, m, v] = [0, 1, 2].map(() => scene.parameter(shape, 'f32'));
      scene.set(v, Array.from(scene.machine.getParameter(v), Math.abs));
      const x = scene.column(shape, 'f32');
      const [gradient] = g.gradient(g.meanExamples(g.sum(g.square(g.sub(w, x)))), [w]);
      const m1 = g.add(g.mul(m, 0.9), g.mul(gradient, 0.1));
      const v1 = g.add(g.mul(v, 0.98), g.mul(g.square(gradient), 0.02));
      const w1 = g.sub(
        g.mul(w, 0.999),
        g.mul(g.div(g.div(m1, 0.1), g.add(g.sqrt(g.div(v1, 0.02)), 1e-8)), 0.01),
      );
      const order = scene.order(70);
      const { a, b, c } = scene.computed({ a: w1, b: m1, c: v1 }, order);
      const seen = updated(
        scene,
        [
          [w, w1],
          [m, m1],
          [v, v1],
        ],
        order,
      );
      expect(seen).toEqual([[...a], [...b], [...c]]);
    }
  });

  test('short rows are written within their bounds: neighbours in memory stay as they are', async () => {
    for (const dtype of ['f32', 'f64'] as const) {
      const scene = await Scene.open();
      const shapes = [[3], [1], [5, 3], [], [7], [2, 5], [9]];
      const parameters = shapes.map((shape) => scene.parameter(shape, dtype));
      for (const target of parameters) {
        const before = parameters.map((w) => [...scene.machine.getParameter(w)]);
        updated(scene, [[target, g.add(target, 1)]]);
        const after = parameters.map((w) => [...scene.machine.getParameter(w)]);
        for (const [i, w] of parameters.entries()) if (w !== target) expect(after[i]).toEqual(before[i]);
        expect(after).not.toEqual(before);
      }
    }
  });

  test('rows that are no whole vectors are updated in place one after the other, none before it is read', async () => {
    for (const dtype of ['f32', 'f64'] as const) {
      for (const shape of [
        [5, 3],
        [9, 1],
        [3, 5],
        [2, 3, 7],
        [4, 3, 9],
        [3, 2, 1, 6],
      ]) {
        const scene = await Scene.open();
        const [w, m] = [scene.parameter(shape, dtype), scene.parameter(shape, dtype)];
        const row = scene.parameter(shape.slice(-1), dtype);
        const column = scene.parameter([...shape.slice(0, -1), 1], dtype);
        const m1 = g.add(g.mul(m, column), w);
        const w1 = g.sub(g.mul(w, row), m1);
        const expected = [w1, m1].map((node) => scene.expected(node));
        const seen = updated(scene, [
          [w, w1],
          [m, m1],
        ]);
        for (const i of [0, 1])
          expectClose(`${i} of ${shape}`, seen[i], expected[i], dtype === 'f64' ? 1e-14 : 1e-6);
      }
    }
  });

  test('random updates of random graphs equal the values the oracle finds', async () => {
    await fc.assert(
      fc.asyncProperty(
        recipes,
        fc.array(fc.nat(999), { minLength: 5, maxLength: 5 }),
        async (recipe, picks) => {
          const scene = await Scene.open({ rows: 9 });
          const { parameters, made } = follow(scene, recipe, 'smooth');
          const updates = parameters.flatMap((target, i): [Expr, Expr][] => {
            const fitting = [...made, ...parameters].filter(
              (node) => !node.examples && g.formatShape(node.shape) === g.formatShape(target.shape),
            );
            return [[target, fitting[picks[i] % fitting.length]]];
          });
          const order = scene.order(66);
          const expected = updates.map(([, value]) => scene.expected(value, order));
          const outputs = Object.fromEntries(updates.map(([, value], i) => [`${i}`, value]));
          scene.place();
          const program = scene.machine.compile({ outputs, updates }, { mostExamples: order.length });
          program.run(order);
          for (const [i, [target]] of updates.entries()) {
            expectClose(`update ${i}`, scene.machine.getParameter(target), expected[i], 1e-11);
            expectClose(`output ${i}`, program.value(`${i}`), expected[i], 1e-11);
          }
        },
      ),
      { numRuns: 80 },
    );
  });
});
