// Gradients against central differences in f64: (L(θ + hv) − L(θ − hv))/2h = ⟨∇L(θ), v⟩ along a direction v, for every
// operation and every network.
import { describe, expect, test } from 'vitest';
import { experimentSchema, type ModelConfig } from '../src/config/index.ts';
import * as engine from '../src/engine/index.ts';
import { type Expr, Machine } from '../src/engine/index.ts';
import { buildModel } from '../src/models/index.ts';
import { losses } from '../src/training/losses/index.ts';
import { readFixture } from './pytorch/fixture.ts';
import { formulaIndices, formulaTensor } from './pytorch/formula.ts';
import { additionColumns, operandInputs } from './pytorch/network.ts';
import { INDEX_BOUND, inputMaps, operations } from './pytorch/operations.ts';

/** Truncation h² and rounding 1e-16/h are both near 1e-10 here. */
const H = 1e-5;

/** Differences along one direction, compared with the gradient; returns both slopes. */
function slopes(machine: Machine, loss: Expr, at: readonly [Expr, Float64Array][], run: Int32Array) {
  const parameters = at.map(([w]) => w);
  const gradients = engine.gradient(loss, parameters);
  const outputs: Record<string, Expr> = { loss };
  for (const [i, g] of gradients.entries()) outputs[`g${i}`] = g;
  const program = machine.compile({ outputs });
  const directions = at.map(([w], n) => formulaTensor(w.shape, 200 + n));
  const lossAt = (h: number): number => {
    for (const [n, [w, values]] of at.entries()) {
      machine.setParameter(
        w,
        values.map((x, i) => x + h * (directions[n] as Float64Array)[i]),
      );
    }
    program.run(run);
    return program.scalar('loss');
  };
  const differences = (lossAt(H) - lossAt(-H)) / (2 * H);
  lossAt(0);
  let slope = 0;
  for (const [n, direction] of directions.entries()) {
    const g = program.value(`g${n}`);
    for (const [i, d] of direction.entries()) slope += d * (g[i] as number);
  }
  return { differences, slope };
}

describe('operations', () => {
  interface Case {
    inputs: { shape: number[]; map: string }[];
    indices: number[][];
  }
  // Its gradient is not that of its value, by intention.
  const fixtures = readFixture<Case>('operations.json').filter(([name]) => name !== 'stop_gradient');

  test.each(fixtures)('%s', async (name, { inputs, indices }) => {
    const machine = await Machine.open();
    const at = inputs.map(({ shape, map }, salt): [Expr, Float64Array] => [
      engine.parameter(`x${salt}`, shape, 'f64'),
      formulaTensor(shape, salt).map(inputMaps[map]),
    ]);
    const constants = indices.map((shape, n) =>
      engine.constant([...formulaIndices(shape, 50 + n, INDEX_BOUND)], shape, 'i32'),
    );
    const result = operations[name](...at.map(([x]) => x), ...constants);
    const cotangent = engine.constant([...formulaTensor(result.shape, 99)], result.shape, 'f64');
    const loss = engine.sum(engine.mul(result, cotangent));
    const { differences, slope } = slopes(machine, loss, at, new Int32Array(0));
    expect(Math.abs(differences - slope)).toBeLessThan(1e-7 * Math.max(1, Math.abs(slope)));
  });
});

describe('networks', () => {
  const p = 7;
  const fixtures = readFixture<{ config: ModelConfig }>('models.json');

  test.each(fixtures)('%s', async (_, { config }) => {
    const machine = await Machine.open();
    const { model: resolved } = experimentSchema.parse({ model: config });
    const model = buildModel(resolved, { vocabulary: p, classes: p, operands: 2 }, 'f64');
    const initial = model.initial(1);
    const label = engine.input('label', [], 'i32', { examples: true });
    const { logits } = model.forward(operandInputs(), 'train');
    const options = { temperature: 1, label_smoothing: 0.1, log_softmax_dtype: 'f64' as const };
    const loss = engine.meanExamples(losses.cross_entropy(logits, label, options));
    const at = model.parameters.map((w): [Expr, Float64Array] => [
      w,
      initial.get(String(w.attributes.name)) as Float64Array,
    ]);
    machine.setColumns(additionColumns(p), p * p);
    const everyone = Int32Array.from({ length: p * p }, (_, i) => i);
    const { differences, slope } = slopes(machine, loss, at, everyone);
    expect(Math.abs(slope)).toBeGreaterThan(1e-4);
    expect(Math.abs(differences / slope - 1)).toBeLessThan(1e-5);
  });
});
