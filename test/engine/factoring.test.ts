import { expect, test } from 'vitest';
import { type ExperimentInput, experimentFromObject } from '../../src/config/index.ts';
import { factor } from '../../src/engine/factoring/factor.ts';
import { countOperations } from '../../src/engine/factoring/operation-count.ts';
import * as engine from '../../src/engine/index.ts';
import { simplify } from '../../src/engine/plan/simplify.ts';
import { buildModel } from '../../src/models/index.ts';

type ModelInput = NonNullable<ExperimentInput['model']>;

const column = (name: string) => engine.input(name, [], 'i32', { examples: true });
const label = column('label');

function network(model: ModelInput, p: number, dtype: 'f32' | 'f64' = 'f64') {
  const { experiment } = experimentFromObject({ dataset: { N: p }, model, train: { dtype } });
  const built = buildModel(experiment.model, { vocabulary: p, classes: p, operands: 2 }, dtype);
  return {
    parameters: built.parameters,
    initial: built.initial(1),
    logits: built.forward([column('a'), column('b')], 'eval').logits,
  };
}

const crossEntropy = (logits: engine.Expr): engine.Expr =>
  engine.meanExamples(engine.neg(engine.take(engine.logSoftmax(logits), label)));

/** FLOPs of a training step's loss and gradients. */
function stepOperations(logits: engine.Expr, parameters: readonly engine.Expr[], examples: number): number {
  const loss = crossEntropy(logits);
  const roots = [loss, ...engine.gradient(loss, parameters)];
  const same = simplify(roots);
  return countOperations([...new Set(roots.map((root) => same.get(root) as engine.Expr))], examples);
}

const models: Record<string, ModelInput> = {
  'one-layer transformer': { type: 'transformer', d_model: 16, heads: 2, d_mlp: 24 },
  'two-layer transformer': { type: 'transformer', layers: 2, d_model: 8, heads: 2, d_mlp: 12 },
  'transformer with LayerNorm': { type: 'transformer', d_model: 16, heads: 2, d_mlp: 24, norm: 'layer' },
  'transformer with RMSNorm': { type: 'transformer', d_model: 16, heads: 2, d_mlp: 24, norm: 'rms' },
  'transformer on the sphere': { type: 'transformer', d_model: 16, heads: 2, d_mlp: 24, norm: 'sphere' },
  'transformer with uniform attention': {
    type: 'transformer',
    d_model: 16,
    heads: 2,
    d_mlp: 24,
    attention: 'uniform',
  },
  'embedding MLP, concatenated': { type: 'embedding_mlp', embed_dim: 8, hidden_dim: 12 },
  'embedding MLP, summed': { type: 'embedding_mlp', embed_dim: 8, hidden_dim: 12, combine: 'sum' },
  'MLP on one-hot inputs': { type: 'mlp', hidden_dim: 10, layers: 2 },
  'MLP on learned inputs': {
    type: 'mlp',
    hidden_dim: 10,
    layers: 2,
    input_encoding: { type: 'learned', embed_dim: 6 },
  },
  'two-layer network': { type: 'two_layer', hidden_dim: 10 },
};

test.each(Object.keys(models))(
  '%s: factored equals as written, in loss, gradient and Hessian–vector product',
  async (name) => {
    const p = 7;
    const examples = p * p;
    const { parameters, initial, logits } = network(models[name] as ModelInput, p);
    const machine = await engine.Machine.open();
    const a = Int32Array.from({ length: examples }, (_, i) => Math.floor(i / p));
    const b = Int32Array.from({ length: examples }, (_, i) => i % p);
    machine.setColumns({ a, b, label: a.map((x, i) => (x + (b[i] as number)) % p) }, examples);
    for (const w of parameters)
      machine.setParameter(w, initial.get(String(w.attributes.name)) as Float64Array);
    const direction = parameters.map((w, k) => {
      const size = engine.sizeOf(w.shape);
      return engine.constant(
        Array.from({ length: size }, (_, i) => ((i * 37 + k * 11) % 23) / 23 - 0.5),
        w.shape,
        'f64',
      );
    });
    const run = (value: engine.Expr): Map<string, ArrayLike<number>> => {
      const loss = crossEntropy(value);
      const outputs: Record<string, engine.Expr> = { loss };
      for (const [i, g] of engine.gradient(loss, parameters).entries()) outputs[`gradient ${i}`] = g;
      for (const [i, h] of engine.hvp(loss, parameters, direction).entries()) outputs[`hvp ${i}`] = h;
      const program = machine.compile({ outputs, perExample: { logits: value } });
      program.run(a.map((_, i) => i));
      return new Map([...Object.keys(outputs), 'logits'].map((key) => [key, program.value(key)]));
    };
    const written = run(logits);
    const factored = run(factor(engine.computeOnlyWhatIsRead([logits]), examples).roots[0] as engine.Expr);
    for (const [key, values] of written) {
      const others = factored.get(key) as ArrayLike<number>;
      const scale = Math.max(1, ...Array.from(values, Math.abs));
      for (let i = 0; i < values.length; i++) {
        expect(Math.abs((others[i] as number) - (values[i] as number)), `${key} [${i}]`).toBeLessThan(
          1e-12 * scale,
        );
      }
    }
  },
);

test('the reference transformer costs at most 2.0 GFLOP a step, from over 14 as written', () => {
  const examples = 3830;
  const { parameters, logits } = network({ type: 'transformer' }, 113, 'f32');
  const [economic] = engine.economize([logits], examples) as [engine.Expr];
  expect(stepOperations(logits, parameters, examples)).toBeGreaterThan(13.5e9);
  expect(stepOperations(economic, parameters, examples)).toBeLessThan(2.0e9);
});

test('nothing is rewritten where nothing is gained', () => {
  const { logits } = network({ type: 'mlp', hidden_dim: 256, layers: 3 }, 97);
  expect(factor([logits], 512).rewritings).toEqual([]);
  // With fewer examples than rows of the table, looking rows up comes first.
  const embedded = network({ type: 'embedding_mlp', embed_dim: 8, hidden_dim: 12 }, 59);
  expect(factor([embedded.logits], 16).rewritings).toEqual([]);
  expect(factor([embedded.logits], 1000).rewritings.length).toBeGreaterThan(0);
});

test('a chain of matrices is multiplied in its cheapest order', () => {
  const x = engine.input('x', [4], 'f64', { examples: true });
  const [w1, w2] = [engine.parameter('w1', [4, 400], 'f64'), engine.parameter('w2', [400, 3], 'f64')];
  const chain = engine.matmul(engine.matmul(x, w1), w2);
  const [factored] = factor([chain], 1000).roots as [engine.Expr];
  // (x W₁) W₂: 1000·(4·400 + 400·3); x (W₁ W₂): 4·400·3 + 1000·4·3 multiply-adds.
  expect(countOperations([chain], 1000)).toBe(2 * 1000 * (1600 + 1200));
  expect(countOperations([factored], 1000)).toBe(2 * (4800 + 12000));
});

test('only the parts that are read are computed', () => {
  const x = engine.input('x', [3, 4], 'f64', { examples: true });
  const w = engine.parameter('w', [4, 5], 'f64');
  const read = engine.slice(engine.relu(engine.matmul(x, w)), 0, 2, 3);
  const [less] = engine.computeOnlyWhatIsRead([read]) as [engine.Expr];
  expect(countOperations([read], 10)).toBe(10 * (2 * 3 * 4 * 5 + 15));
  expect(countOperations([less], 10)).toBe(10 * (2 * 4 * 5 + 5));
});
