import fc from 'fast-check';
import { expect, test } from 'vitest';
import { factor, rewrite } from '../../src/engine/factoring/factor.ts';
import { countOperations } from '../../src/engine/factoring/operation-count.ts';
import * as g from '../../src/engine/index.ts';
import { simplify } from '../../src/engine/plan/simplify.ts';
import { modelRecipes, type RandomModel, randomModel } from './random-model.ts';
import { expectClose, Scene } from './scene.ts';

/** Of the largest element of each value, or of 1. */
const TOLERANCE = 1e-12;
const RUNS = 80;

/** A smooth scalar that every output has a part in. */
function lossOf(outputs: readonly g.Expr[]): g.Expr {
  return outputs
    .map((node) => g.meanExamples(g.sum(g.sin(node))))
    .reduce((total, part) => g.add(total, part));
}

function measured(
  scene: Scene,
  outputs: readonly g.Expr[],
  { parameters }: RandomModel,
  direction: readonly g.Expr[],
  order: Int32Array,
): Record<string, g.Values> {
  const loss = lossOf(outputs);
  const named = (name: string, list: readonly g.Expr[]) =>
    list.map((node, i) => [`${name} ${i}`, node] as const);
  return scene.computed(
    Object.fromEntries([
      ['loss', loss] as const,
      ...named('output', outputs),
      ...named('gradient', g.gradient(loss, parameters)),
      ...named('Hessian–vector product', g.hvp(loss, parameters, direction)),
    ]),
    order,
  );
}

test('factored random models have the same values, gradients and Hessian–vector products', async () => {
  let factored = 0;
  await fc.assert(
    fc.asyncProperty(modelRecipes, fc.constantFrom(5, 100, 3000), async (recipe, weighedWith) => {
      const scene = await Scene.open({ rows: 16, range: [-1, 1] });
      const model = randomModel(scene, recipe);
      const direction = model.parameters.map(({ shape }) => scene.parameter(shape));
      const order = scene.order(70);
      const read = g.computeOnlyWhatIsRead(model.outputs);
      const less = rewrite(read, weighedWith);
      factored += less.rewritings.length > 0 ? 1 : 0;
      const written = measured(scene, model.outputs, model, direction, order);
      const after = measured(scene, less.roots, model, direction, order);
      for (const [name, values] of Object.entries(written))
        expectClose(name, after[name] as g.Values, values, TOLERANCE);
    }),
    { numRuns: RUNS },
  );
  // Else the property says little.
  expect(factored).toBeGreaterThan(RUNS / 10);
});

test('no rule makes a random model cost more, and one without a gain comes back as it is', async () => {
  const scene = await Scene.open({ rows: 16 });
  const count = (roots: readonly g.Expr[], examples: number): number => {
    const same = simplify(roots);
    return countOperations([...new Set(roots.map((root) => same.get(root) as g.Expr))], examples);
  };
  fc.assert(
    fc.property(modelRecipes, fc.constantFrom(1, 20, 3000), (recipe, examples) => {
      const { outputs } = randomModel(scene, recipe);
      const written = count(outputs, examples);
      const read = g.computeOnlyWhatIsRead(outputs);
      expect(count(read, examples)).toBeLessThanOrEqual(written);
      const less = factor(read, examples);
      expect(count(less.roots, examples)).toBeLessThanOrEqual(count(read, examples));
      const again = factor(less.roots, examples);
      if (count(again.roots, examples) === count(less.roots, examples))
        expect(again.roots.map((root, i) => root === less.roots[i])).toEqual(again.roots.map(() => true));
    }),
    { numRuns: 200 },
  );
});
