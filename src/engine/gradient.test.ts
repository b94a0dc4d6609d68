import fc from 'fast-check';
import { expect, test } from 'vitest';
import { follow, recipes } from '../../test/engine/random-graph.ts';
import { expectClose, Scene } from '../../test/engine/scene.ts';
import type { Expr } from './index.ts';
import * as g from './index.ts';

const ROWS = 70;

/** A direction for each parameter. */
function directions(scene: Scene, parameters: readonly Expr[]): Expr[] {
  return parameters.map((w) => scene.parameter(w.shape, w.dtype));
}

function inner(xs: readonly Expr[], ys: readonly Expr[]): Expr {
  return xs
    .map((x, i) => g.sum(g.mul(x, ys[i])))
    .map((x) => (x.examples ? g.sumExamples(x) : x))
    .reduce((a, b) => g.add(a, b));
}

test('random graphs have the value the oracle finds', async () => {
  await fc.assert(
    fc.asyncProperty(
      recipes,
      fc.constantFrom('f64', 'f32'),
      fc.constantFrom(0, 1, 5, 66),
      async (recipe, dtype, count) => {
        const scene = await Scene.open({ rows: 9 });
        const graph = follow(
          scene,
          recipe,
          count === 0 ? 'smooth' : dtype === 'f64' ? 'rough' : 'smooth',
          dtype,
        );
        const nodes = Object.fromEntries(graph.made.map((node, i) => [`${i} ${node.operation.name}`, node]));
        scene.agree({ ...nodes, loss: graph.loss }, scene.order(count), dtype === 'f64' ? 1e-11 : 2e-4);
      },
    ),
    { numRuns: 60 },
  );
});

test('gradients and Hessian–vector products of random graphs agree with central differences', async () => {
  await fc.assert(
    fc.asyncProperty(recipes, async (recipe) => {
      const scene = await Scene.open({ rows: ROWS });
      const { parameters, loss } = follow(scene, recipe, 'smooth');
      const along = directions(scene, parameters);
      const gradients = g.gradient(loss, parameters);
      const products = g.hvp(loss, parameters, along);
      const flat = (xs: Expr[]) =>
        g.concat(
          xs.map((x) => g.reshape(x, [g.sizeOf(x.shape)])),
          0,
        );
      scene.place();
      const program = scene.machine.compile({
        outputs: {
          loss,
          slope: inner(gradients, along),
          jvp: g.jvp(loss, parameters, along),
          gradient: flat(gradients),
          product: flat(products),
        },
      });
      const order = scene.order(66);
      const starts = parameters.map((w) => scene.machine.getParameter(w));
      const steps = along.map((v) => scene.machine.getParameter(v));
      const at = (h: number) => {
        for (const [i, w] of parameters.entries()) {
          scene.machine.setParameter(
            w,
            Array.from(starts[i], (x, j) => x + h * steps[i][j]),
          );
        }
        program.run(order);
        return { loss: program.scalar('loss'), gradient: program.value('gradient') };
      };
      // Two central differences, extrapolated (Richardson): what is left is of fourth order, however rough the graph is.
      const difference = (h: number) => {
        const [up, down] = [at(h), at(-h)];
        return {
          loss: (up.loss - down.loss) / (2 * h),
          gradient: Array.from(up.gradient, (x, i) => (x - down.gradient[i]) / (2 * h)),
        };
      };
      const [whole, half] = [difference(2e-5), difference(1e-5)];
      const extrapolated = (ofWhole: number, ofHalf: number) => (4 * ofHalf - ofWhole) / 3;
      at(0);
      const slope = program.scalar('slope');
      const scale = Math.max(1, Math.abs(slope));
      expect(Math.abs(extrapolated(whole.loss, half.loss) - slope) / scale).toBeLessThan(1e-7);
      expect(Math.abs(program.scalar('jvp') - slope) / scale).toBeLessThan(1e-12);
      const differences = half.gradient.map((x, i) => extrapolated(whole.gradient[i], x));
      expectClose('Hessian–vector product', program.value('product'), differences, 1e-7);
    }),
    { numRuns: 40 },
  );
});

test('⟨u, Jv⟩ = ⟨Jᵀu, v⟩ for every node of random graphs, rough ones too', async () => {
  await fc.assert(
    fc.asyncProperty(recipes, async (recipe) => {
      const scene = await Scene.open({ rows: 10 });
      const { parameters, made } = follow(scene, recipe, 'rough');
      const node = made[made.length - 1];
      if (node === undefined || node.dtype === 'i32') return;
      const [u, v] = [scene.leaf(node.shape, 'f64', node.examples), directions(scene, parameters)];
      const forward = inner([u], [g.jvp(node, parameters, v)]);
      const backward = inner(g.vjp(node, u, parameters), v);
      const { f, b } = scene.computed({ f: forward, b: backward }, scene.order(7));
      expect(Math.abs(f[0] - b[0])).toBeLessThanOrEqual(1e-11 * Math.max(1, Math.abs(b[0])));
    }),
    { numRuns: 60 },
  );
});

test('a vector–Jacobian product is linear in its vector', async () => {
  await fc.assert(
    fc.asyncProperty(recipes, async (recipe) => {
      const scene = await Scene.open({ rows: 10 });
      const { parameters, made } = follow(scene, recipe, 'smooth');
      const node = made[made.length - 1];
      if (node === undefined) return;
      const [u, v] = [0, 1].map(() => scene.leaf(node.shape, 'f64', node.examples));
      const combined = g.vjp(node, g.add(g.mul(u, 3), g.mul(v, -0.5)), parameters);
      const apart = [g.vjp(node, u, parameters), g.vjp(node, v, parameters)];
      const nodes: Record<string, Expr> = {};
      for (const [i, together] of combined.entries()) {
        nodes[`together ${i}`] = together;
        nodes[`apart ${i}`] = g.add(g.mul(apart[0][i], 3), g.mul(apart[1][i], -0.5));
      }
      const values = scene.computed(nodes, scene.order(7));
      for (const i of combined.keys())
        expectClose(`gradient ${i}`, values[`together ${i}`], values[`apart ${i}`], 1e-12);
    }),
    { numRuns: 40 },
  );
});

test('the gradient by a value the loss does not depend on is zero, by the loss itself one', async () => {
  const scene = await Scene.open();
  const [x, y] = [scene.parameter([3], 'f64'), scene.parameter([9], 'f64')];
  const loss = g.sum(x);
  const [none] = g.gradient(loss, [y]);
  const [one] = g.gradient(loss, [loss]);
  const values = scene.computed({ none, one });
  expect([...values.none]).toEqual(new Array(9).fill(0));
  expect([...values.one]).toEqual([1]);
});

test('the gradient by a per-example value has a row for every example', async () => {
  const scene = await Scene.open();
  const [x, w] = [scene.column([9], 'f64'), scene.parameter([9], 'f64')];
  const loss = g.meanExamples(g.sum(g.mul(g.square(x), w)));
  const [rows] = g.gradient(loss, [x]);
  scene.agree({ rows, same: g.div(g.mul(g.mul(x, 2), w), g.exampleCount('f64')) }, scene.order(65));
});

test('only a floating-point scalar without examples has a gradient, and vectors must match the output', () => {
  const x = g.parameter('x', [3]);
  const perExample = g.input('e', [], 'f32', { examples: true });
  expect(() => g.gradient(x, [x])).toThrow(
    'gradient: needs a floating-point scalar without the example axis, got f32 [3]; use sum and meanExamples first',
  );
  expect(() => g.gradient(perExample, [x])).toThrow('got f32 [examples]; use sum and meanExamples first');
  expect(() => g.vjp(x, g.parameter('v', [4]), [x])).toThrow(
    'vjp: the vector must match the output f32 [3], got f32 [4]',
  );
  expect(() => g.jvp(x, [], [])).toThrow('jvp: needs at least one variable, got none');
});
