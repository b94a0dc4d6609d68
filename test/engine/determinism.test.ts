// The same bits from both builds of the kernels, from repeated runs, and wherever in memory things lie.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Expr, Values } from '../../src/engine/index.ts';
import * as g from '../../src/engine/index.ts';
import { follow, recipes } from './random-graph.ts';
import { Scene, type SceneOptions } from './scene.ts';

const graphs = fc.record({
  recipe: recipes,
  dtype: fc.constantFrom<'f32' | 'f64'>('f32', 'f64'),
  count: fc.constantFrom(1, 65, 130),
});

type Graph = typeof graphs extends fc.Arbitrary<infer T> ? T : never;

function bits(values: Values): string {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('hex');
}

/** Everything a graph gives, gradients included, as bits. */
async function results(
  graph: Graph,
  options: SceneOptions,
  before: (scene: Scene) => void = () => {},
): Promise<string[]> {
  const scene = await Scene.open({ rows: 20, ...options });
  before(scene);
  const { parameters, made, loss } = follow(scene, graph.recipe, 'rough', graph.dtype);
  const gradients = g.gradient(loss, parameters);
  const nodes: [string, Expr][] = [...made, loss, ...gradients].map((node, i) => [`${i}`, node]);
  return Object.values(scene.computed(Object.fromEntries(nodes), scene.order(graph.count))).map(bits);
}

test('fused and emulated kernels give the same bits', async () => {
  await fc.assert(
    fc.asyncProperty(graphs, async (graph) => {
      expect(await results(graph, { kernels: 'emulated' })).toEqual(await results(graph, {}));
    }),
    { numRuns: 15 },
  );
});

test('what else lies on the machine changes no bit', async () => {
  await fc.assert(
    fc.asyncProperty(graphs, fc.integer({ min: 1, max: 5000 }), async (graph, size) => {
      const crowded = await results(graph, {}, ({ machine }) => {
        const other = g.parameter('elsewhere', [size], 'f32');
        machine.setParameter(other, new Float32Array(size).fill(Number.NaN));
        machine.compile({ outputs: { x: g.exp(other) } }).run();
      });
      expect(crowded).toEqual(await results(graph, {}));
    }),
    { numRuns: 15 },
  );
});

test('a second run gives the bits of the first, whatever ran between', async () => {
  await fc.assert(
    fc.asyncProperty(graphs, async ({ recipe, dtype }) => {
      const scene = await Scene.open({ rows: 20 });
      const { parameters, made, loss } = follow(scene, recipe, 'rough', dtype);
      const rows = Object.fromEntries(made.filter((node) => node.examples).map((node, i) => [`${i}`, node]));
      const gradients = Object.fromEntries(g.gradient(loss, parameters).map((x, i) => [`g${i}`, x]));
      scene.place();
      const program = scene.machine.compile(
        { outputs: { loss, ...gradients }, perExample: rows },
        { mostExamples: 600 },
      );
      const names = ['loss', ...Object.keys(gradients), ...Object.keys(rows)];
      const run = (order: Int32Array) => {
        program.run(order);
        return names.map((name) => bits(program.value(name)));
      };
      const [order, other] = [scene.order(130), scene.order(590)];
      const first = run(order);
      run(other);
      expect(run(order)).toEqual(first);
    }),
    { numRuns: 15 },
  );
});

test('how many examples a program could take changes no bit', async () => {
  const scene = await Scene.open();
  const x = scene.column([9], 'f32');
  const outputs = { total: g.sumExamples(x), outer: g.einsumOverExamples('i,j->ij', x, x) };
  scene.place();
  const order = scene.order(150);
  const [tight, wide] = [150, 5000].map((mostExamples) => {
    const program = scene.machine.compile({ outputs }, { mostExamples });
    program.run(order);
    return [bits(program.value('total')), bits(program.value('outer'))];
  });
  expect(wide).toEqual(tight);
});
