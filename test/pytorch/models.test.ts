// Every network against PyTorch (test/fixtures/make_models.py): parameter names and shapes, logits, loss and gradients.
import { describe, expect, test } from 'vitest';
import type { ModelConfig } from '../../src/config/index.ts';
import { type Expr, gradient, input, Machine, meanExamples } from '../../src/engine/index.ts';
import { buildModel } from '../../src/models/index.ts';
import { losses } from '../../src/training/losses/index.ts';
import { expectSummary, readFixture, type Summary } from './fixture.ts';
import { additionColumns, formulaParameter, operandInputs } from './network.ts';

interface Results {
  loss: number;
  logits: Summary;
  gradients: Record<string, Summary>;
}

interface Case {
  config: ModelConfig;
  shapes: Record<string, number[]>;
  f64: Results;
  f32: Results;
}

const P = 11;
const SCALE = 1.5;
const data = { vocabulary: P, classes: P, operands: 2 };

describe.each(readFixture<Case>('models.json'))('%s', (_, { config, shapes, ...results }) => {
  const withInit = { ...config, init: { type: 'default', std: null } } as ModelConfig;

  test('has the parameters of its PyTorch twin, and initial values for each', () => {
    const model = buildModel(withInit, data, 'f32');
    expect(Object.fromEntries(model.parameters.map((w) => [w.attributes.name, w.shape]))).toEqual(shapes);
    expect([...model.initial(0).keys()]).toEqual(Object.keys(shapes));
  });

  test.each([
    ['f64', 1e-10],
    ['f32', 1e-5],
  ] as const)('has the logits, loss and gradients of PyTorch in %s', async (dtype, tolerance) => {
    const machine = await Machine.open();
    const model = buildModel(withInit, data, dtype);
    const { logits } = model.forward(operandInputs(), 'train');
    const label = input('label', [], 'i32', { examples: true });
    const options = { temperature: 1, label_smoothing: 0, log_softmax_dtype: dtype };
    const loss = meanExamples(losses.cross_entropy(logits, label, options));
    const names = Object.keys(shapes);
    const outputs: Record<string, Expr> = { loss };
    for (const [i, g] of gradient(loss, model.parameters).entries()) outputs[names[i] as string] = g;
    for (const [n, w] of model.parameters.entries()) machine.setParameter(w, formulaParameter(w, n, SCALE));
    machine.setColumns(additionColumns(P), P * P);
    const program = machine.compile({ outputs, perExample: { logits } });
    program.run(Int32Array.from({ length: P * P }, (_, i) => i));

    const expected = results[dtype];
    expect(Math.abs(program.scalar('loss') / expected.loss - 1)).toBeLessThan(tolerance);
    expectSummary('logits', program.value('logits'), expected.logits, tolerance);
    for (const name of names) {
      expectSummary(
        `gradient of ${name}`,
        program.value(name),
        expected.gradients[name] as Summary,
        tolerance,
      );
    }
  });
});
