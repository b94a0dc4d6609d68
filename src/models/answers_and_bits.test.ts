// Several answers, inputs as signs, and the single output of two classes.
import { expect, test } from 'vitest';
import { experimentSchema, type ModelConfig } from '../config/index.ts';
import {
  broadcastExamples,
  type Expr,
  gradient,
  input,
  Machine,
  meanExamples,
  parameter,
  reshape,
} from '../engine/index.ts';
import { Stream } from '../engine/philox.ts';
import { correct } from '../training/losses/accuracy.ts';
import { exampleLoss, losses } from '../training/losses/index.ts';
import { buildModel, type Model } from './index.ts';

const configOf = (model: object): ModelConfig => experimentSchema.parse({ model } as never).model;
const tokensOf = (count: number): Expr[] =>
  Array.from({ length: count }, (_, i) => input(`token${i}`, [], 'i32', { examples: true }));
const options = { temperature: 1, label_smoothing: 0.1, log_softmax_dtype: 'f64' as const };

async function machineWith(model: Model, tokens: readonly number[][], seed = 0): Promise<Machine> {
  const machine = await Machine.open();
  const initial = model.initial(seed);
  for (const w of model.parameters)
    machine.setParameter(w, initial.get(String(w.attributes.name)) as Float64Array);
  const columns = tokens[0].map((_, i) => [`token${i}`, Int32Array.from(tokens, (row) => row[i])]);
  machine.setColumns(Object.fromEntries(columns), tokens.length);
  return machine;
}

function perExample(machine: Machine, node: Expr, count: number): Float64Array {
  const program = machine.compile({ outputs: {}, perExample: { node } });
  program.run(Int32Array.from({ length: count }, (_, i) => i));
  return Float64Array.from(program.value('node'));
}

test('a transformer with several answers reads the tokens again behind the delimiter, and looks back only', async () => {
  const [length, alphabet, d_model] = [3, 5, 8];
  const config = configOf({ type: 'transformer', d_model, heads: 2, d_mlp: 12, layers: 1 });
  const data = { vocabulary: alphabet, classes: alphabet, operands: length, answers: length };
  const model = buildModel(config, data, 'f64');
  const sequence = [4, 0, 3];
  const machine = await machineWith(model, [sequence]);
  const { logits, activations } = model.forward(tokensOf(length), 'eval');
  expect(logits.shape).toEqual([length, alphabet]);
  const W_E = model.initial(0).get('embed.W_E') as Float64Array;
  const embed = perExample(machine, activations.hook_embed, 1);
  const read = [...sequence, alphabet, ...sequence.slice(0, -1)];
  expect([...embed]).toEqual(read.flatMap((t) => [...W_E.subarray(t * d_model, (t + 1) * d_model)]));
  const pattern = perExample(machine, activations['blocks.0.attn.hook_pattern'], 1);
  const positions = 2 * length;
  for (const [i, weight] of pattern.entries()) {
    const [query, key] = [Math.floor(i / positions) % positions, i % positions];
    if (key > query) expect(weight).toBe(0);
    else expect(weight).toBeGreaterThan(0);
  }
});

test('a network that reads no sequences gives all answers side by side', async () => {
  const data = { vocabulary: 3, classes: 3, operands: 2, answers: 2 };
  const config = configOf({ type: 'mlp', hidden_dim: 6, layers: 1 });
  const model = buildModel(config, data, 'f64');
  const flat = buildModel(config, { ...data, answers: 1, classes: 6 }, 'f64');
  const tokens = [
    [0, 2],
    [1, 1],
  ];
  const machine = await machineWith(model, tokens);
  const { logits } = model.forward(tokensOf(2), 'eval');
  expect(logits.shape).toEqual([2, 3]);
  expect(perExample(machine, reshape(logits, [6]), 2)).toEqual(
    perExample(await machineWith(flat, tokens), flat.forward(tokensOf(2), 'eval').logits, 2),
  );
});

test.each([
  { type: 'mlp', hidden_dim: 4, layers: 1, input_encoding: { type: 'signs' } },
  { type: 'two_layer', hidden_dim: 4, input: 'signs', activation: 'relu' },
])('inputs as signs are x ∈ {±1}ⁿ times a matrix [n, hidden]: $type', async (config) => {
  const model = buildModel(configOf(config), { vocabulary: 2, classes: 2, operands: 3 }, 'f64');
  const tokens = [
    [0, 0, 1],
    [1, 0, 1],
  ];
  const machine = await machineWith(model, tokens);
  const initial = model.initial(0);
  const W = initial.get(config.type === 'mlp' ? 'hidden.0.W' : 'W_1') as Float64Array;
  const b = initial.get('hidden.0.b') ?? new Float64Array(4);
  expect(W.length).toBe(3 * 4);
  const { activations } = model.forward(tokensOf(3), 'eval');
  const pre = perExample(machine, activations[config.type === 'mlp' ? 'hidden.0.pre' : 'hidden_pre'], 2);
  for (const [example, bits] of tokens.entries())
    for (let unit = 0; unit < 4; unit++) {
      const sum = bits.reduce((total, bit, i) => total + (2 * bit - 1) * W[i * 4 + unit], b[unit]);
      expect(pre[example * 4 + unit]).toBeCloseTo(sum, 14);
    }
});

test('tokens that are no bits have no signs', () => {
  const config = configOf({ type: 'two_layer', input: 'signs' });
  const data = { vocabulary: 3, classes: 2, operands: 2 };
  expect(() => buildModel(config, data, 'f32').forward(tokensOf(2), 'eval')).toThrow(
    'model: inputs as signs need tokens that are bits, got 3 different tokens',
  );
});

test('with a margin the hinge is max(0, 1 − yf) of the single output f, in value and gradient', async () => {
  const config = configOf({ type: 'mlp', hidden_dim: 5, layers: 1, output: 'margin' });
  const data = { vocabulary: 2, classes: 2, operands: 2 };
  const model = buildModel(config, data, 'f64');
  const tokens = [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ];
  const machine = await machineWith(model, tokens);
  const labels = Int32Array.of(1, 0, 0, 1);
  machine.setColumns({ label: labels }, 4);
  const { logits, activations } = model.forward(tokensOf(2), 'eval');
  const label = input('label', [], 'i32', { examples: true });
  const W = model.parameters.find((w) => w.attributes.name === 'output.W') as Expr;
  expect(W.shape).toEqual([5, 1]);
  const loss = losses.hinge(logits, label, options);
  const z = perExample(machine, logits, 4);
  const h = perExample(machine, activations['hidden.0'], 4);
  const program = machine.compile({ outputs: { slope: gradient(meanExamples(loss), [W])[0] as Expr } });
  program.run(Int32Array.of(0, 1, 2, 3));
  const slope = [...program.value('slope')];
  const expected = new Float64Array(5);
  for (const [i, value] of perExample(machine, loss, 4).entries()) {
    const f = z[2 * i + 1] - z[2 * i];
    const y = 2 * labels[i] - 1;
    expect(z[2 * i]).toBe(-z[2 * i + 1]);
    expect(value).toBeCloseTo(Math.max(0, 1 - y * f), 14);
    if (1 - y * f > 0) for (let unit = 0; unit < 5; unit++) expected[unit] -= (y * h[i * 5 + unit]) / 4;
  }
  for (const [unit, value] of expected.entries()) expect(slope[unit]).toBeCloseTo(value, 14);
});

test.each(['cross_entropy', 'mse', 'hinge', 'stablemax'] as const)(
  'the %s of an example is the mean over its answers',
  async (loss) => {
    const [examples, answers, classes] = [4, 3, 5];
    const machine = await Machine.open();
    const labels = Int32Array.from({ length: examples * answers }, (_, i) => (i * 2) % classes);
    const values = new Stream(1, 'logits').normals(examples * answers * classes);
    const z = input('z', [answers, classes], 'f64', { examples: true });
    const label = input('label', [answers], 'i32', { examples: true });
    const columns = { z: values, label: labels };
    machine.setColumns(columns, examples, { z: [answers, classes], label: [answers] });
    const together = perExample(machine, exampleLoss(z, label, { ...options, loss }), examples);

    const single = await Machine.open();
    single.setColumns(columns, examples * answers, { z: [classes] });
    const [one, its] = [
      input('z', [classes], 'f64', { examples: true }),
      input('label', [], 'i32', { examples: true }),
    ];
    const apart = perExample(single, losses[loss](one, its, options), examples * answers);
    for (const [i, value] of together.entries()) {
      const mean = apart.subarray(i * answers, (i + 1) * answers).reduce((a, b) => a + b) / answers;
      expect(value).toBeCloseTo(mean, 14);
    }
  },
);

test('an example is right where all its answers are', async () => {
  const machine = await Machine.open();
  const z = parameter('z', [2, 2], 'f32');
  machine.setParameter(z, [1, 0, 0, 1]); // says 0, then 1
  const label = input('label', [2], 'i32', { examples: true });
  machine.setColumns({ label: Int32Array.of(0, 1, 0, 0, 1, 1, 1, 0) }, 4, { label: [2] });
  expect([...perExample(machine, correct(broadcastExamples(z), label), 4)]).toEqual([1, 0, 0, 0]);
});
