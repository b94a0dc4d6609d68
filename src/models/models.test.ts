// What the networks promise beyond their agreement with PyTorch (test/pytorch): how they begin, dropout, and errors.
import { expect, test } from 'vitest';
import { experimentSchema, type ModelConfig } from '../config/index.ts';
import {
  constant,
  type Expr,
  gradient,
  input,
  Machine,
  meanExamples,
  mul,
  square,
  sum,
  sumExamples,
} from '../engine/index.ts';
import { correct } from '../training/losses/accuracy.ts';
import { buildModel } from './index.ts';

const p = 53;
const data = { vocabulary: p, classes: p, operands: 2 };
const configOf = (model: object): ModelConfig => experimentSchema.parse({ model } as never).model;
const tokens = ['a', 'b'].map((name) => input(name, [], 'i32', { examples: true }));

function expectStd(values: Float64Array | undefined, std: number): void {
  if (values === undefined) throw new Error('no such parameter');
  const seen = Math.sqrt(values.reduce((total, x) => total + x * x, 0) / values.length);
  expect(Math.abs(seen / std - 1)).toBeLessThan(4 / Math.sqrt(2 * values.length)); // four standard errors
}

test('the reference transformer begins as the oracle: 1/√d_model everywhere, 1/√p in the read-out, biases 0', () => {
  const initial = buildModel(configOf({ type: 'transformer' }), data, 'f32').initial(0);
  for (const name of [
    'embed.W_E',
    'pos_embed.W_pos',
    'blocks.0.attn.W_Q',
    'blocks.0.attn.W_O',
    'blocks.0.mlp.W_out',
  ]) {
    expectStd(initial.get(name), 1 / Math.sqrt(128));
  }
  expectStd(initial.get('unembed.W_U'), 1 / Math.sqrt(p));
  expect(initial.get('blocks.0.mlp.b_in')).toEqual(new Float64Array(512));
  expect(initial.get('embed.W_E')).toHaveLength((p + 1) * 128);
});

test('the two-layer network begins with ½/(2·width)^⅓, which is 0.05 for width 500', () => {
  const initial = buildModel(configOf({ type: 'two_layer', hidden_dim: 500 }), data, 'f32').initial(0);
  expectStd(initial.get('W_1'), 0.05);
  expectStd(initial.get('W_2'), 0.05);
});

test('arms that share a parameter by name and shape share its initial values', () => {
  const initial = (norm: string, attention: string) =>
    buildModel(configOf({ type: 'transformer', norm, attention }), data, 'f32').initial(7);
  const [plain, other] = [initial('none', 'softmax'), initial('layer', 'uniform')];
  expect(other.get('embed.W_E')).toEqual(plain.get('embed.W_E'));
  expect(other.get('blocks.0.attn.W_O')).toEqual(plain.get('blocks.0.attn.W_O'));
  expect(other.has('blocks.0.attn.W_Q')).toBe(false);
  expect(other.get('blocks.0.ln1.w')).toEqual(new Float64Array(128).fill(1));
});

test.each([23, 59, 97])('analytic weights add modulo %i without training', async (modulus) => {
  const machine = await Machine.open();
  const config = configOf({ type: 'two_layer', hidden_dim: 500, init: { type: 'analytic' } });
  const model = buildModel(config, { vocabulary: modulus, classes: modulus, operands: 2 }, 'f32');
  const initial = model.initial(0);
  for (const w of model.parameters)
    machine.setParameter(w, initial.get(String(w.attributes.name)) as Float64Array);
  const numbers = Int32Array.from({ length: modulus * modulus }, (_, i) => i);
  const a = numbers.map((i) => Math.floor(i / modulus));
  const b = numbers.map((i) => i % modulus);
  machine.setColumns({ a, b, label: a.map((x, i) => (x + b[i]) % modulus) }, numbers.length);
  const label = input('label', [], 'i32', { examples: true });
  const { logits } = model.forward(tokens, 'eval');
  const program = machine.compile({ outputs: { accuracy: meanExamples(correct(logits, label)) } });
  program.run(numbers);
  expect(program.scalar('accuracy')).toBe(1);
});

test('analytic weights are refused for a network they do not solve', () => {
  const config = configOf({ type: 'two_layer', activation: 'relu', init: { type: 'analytic' } });
  expect(() => buildModel(config, data, 'f32')).toThrow(/model\.init: analytic .* got activation relu/);
});

test('heads that do not divide d_model are refused', () => {
  const config = configOf({ type: 'transformer', d_model: 10, heads: 4 });
  expect(() => buildModel(config, data, 'f32')).toThrow(
    /model\.heads: must divide d_model, got 4 heads for d_model 10/,
  );
});

test('dropout changes the training pass with the step, and leaves evaluation alone', async () => {
  const machine = await Machine.open();
  const config = configOf({ type: 'mlp', hidden_dim: 64, layers: 2, dropout: 0.5 });
  const model = buildModel(config, data, 'f64');
  const initial = model.initial(0);
  for (const w of model.parameters)
    machine.setParameter(w, initial.get(String(w.attributes.name)) as Float64Array);
  machine.setColumns({ a: Int32Array.of(1, 2, 3, 4), b: Int32Array.of(4, 3, 2, 1) }, 4);
  const results = (mode: 'train' | 'eval', step: number): Float64Array => {
    const program = machine.compile({
      outputs: {},
      perExample: { logits: model.forward(tokens, mode).logits },
    });
    if (mode === 'train') {
      program.setSetting('seed', 5);
      program.setSetting('step', step);
    }
    program.run(Int32Array.of(0, 1, 2, 3));
    return Float64Array.from(program.value('logits') as Float64Array);
  };
  expect(results('train', 1)).toEqual(results('train', 1));
  expect(results('train', 1)).not.toEqual(results('train', 2));
  expect(results('eval', 1)).not.toEqual(results('train', 1));
});

test('activations carry the hook names and shapes of TransformerLens', () => {
  const config = configOf({ type: 'transformer', layers: 2, d_model: 8, heads: 2, d_mlp: 12 });
  const { activations, logits } = buildModel(config, data, 'f32').forward(tokens, 'eval');
  const shapes = Object.fromEntries(Object.entries(activations).map(([name, x]) => [name, [...x.shape]]));
  expect(shapes).toMatchObject({
    hook_embed: [3, 8],
    'blocks.0.hook_resid_pre': [3, 8],
    'blocks.1.attn.hook_q': [3, 2, 4],
    'blocks.1.attn.hook_pattern': [2, 3, 3],
    'blocks.0.attn.hook_z': [3, 2, 4],
    'blocks.0.hook_attn_out': [3, 8],
    'blocks.1.mlp.hook_post': [3, 12],
    'blocks.1.hook_resid_post': [3, 8],
  });
  expect(logits.shape).toEqual([p]);
  expect(Object.values(activations).every((x) => x.examples)).toBe(true);
});

test.each<[name: string, config: object, names: string[]]>([
  ['transformer', { type: 'transformer' }, ['embed.W_E']],
  ['embedding_mlp', { type: 'embedding_mlp' }, ['E']],
  ['mlp on one-hots', { type: 'mlp' }, ['hidden.0.W.0', 'hidden.0.W.1']],
  ['mlp on learned vectors', { type: 'mlp', input_encoding: { type: 'learned', embed_dim: 6 } }, ['E']],
  ['two_layer, concatenated', { type: 'two_layer', input: 'concat' }, ['W_1.0', 'W_1.1']],
  ['two_layer, summed', { type: 'two_layer', input: 'sum' }, ['W_1']],
])(
  '%s: the logits read an operand through its row of the embedding, and not otherwise',
  async (_, config, names) => {
    const machine = await Machine.open();
    const model = buildModel(configOf(config), data, 'f64');
    expect(model.embeddings.map(({ name }) => name)).toEqual(names);
    const initial = model.initial(3);
    for (const w of model.parameters)
      machine.setParameter(w, initial.get(String(w.attributes.name)) as Float64Array);
    machine.setColumns({ a: Int32Array.of(4), b: Int32Array.of(9) }, 1);
    const { logits } = model.forward(tokens, 'eval');
    const first = (model.embeddings[0] as (typeof model.embeddings)[0]).table;
    const last = (model.embeddings.at(-1) as (typeof model.embeddings)[0]).table;
    // The rows that a gradient of the logits reaches are those of the tokens read: 4 of the first operand, 9 of the second.
    const weights = constant(
      Array.from({ length: p }, (_, c) => (c % 3) - 1),
      [p],
      'f64',
    );
    const objective = sumExamples(sum(mul(logits, weights)));
    const reached = (table: Expr): number[] => {
      const whole = table.inputs[0] ?? table;
      const start = (table.attributes.start as number | undefined) ?? 0;
      const [g] = gradient(objective, [whole]) as [Expr];
      const program = machine.compile({ outputs: { g: sum(square(g), [1]) } });
      program.run(Int32Array.of(0));
      const rows = program.value('g').slice(start, start + p);
      return [...rows.keys()].filter((row) => (rows[row] as number) > 0);
    };
    expect(first.shape[0]).toBe(p);
    expect(new Set([...reached(first), ...reached(last)])).toEqual(new Set([4, 9]));
    if (first !== last) expect([reached(first), reached(last)]).toEqual([[4], [9]]);
  },
);
