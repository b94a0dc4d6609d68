// 200 steps of AdamW against PyTorch (test/fixtures/make_trajectories.py) from the same weights, in f64.
import { expect, test } from 'vitest';
import { experimentSchema, type ModelConfig, type TrainConfig } from '../../src/config/index.ts';
import { input, Machine, meanExamples } from '../../src/engine/index.ts';
import { buildModel } from '../../src/models/index.ts';
import { losses } from '../../src/training/losses/index.ts';
import { updateRule } from '../../src/training/update_rule.ts';
import { setStep } from '../step-settings.ts';
import { expectSummary, readFixture, type Summary } from './fixture.ts';
import { additionColumns, formulaParameter, operandInputs } from './network.ts';

interface Case {
  model: ModelConfig;
  train: Partial<TrainConfig>;
  scale: number;
  steps: number;
  losses: number[];
  final: Record<string, Summary>;
}

const P = 11;

test.each(readFixture<Case>('trajectories.json'))('%s', async (_, fixture) => {
  const parsed = experimentSchema.parse({
    model: fixture.model,
    train: { ...fixture.train, dtype: 'f64', scheduler: { name: 'constant' }, total_steps: fixture.steps },
  });
  const train = { ...parsed.train, weight_decay_kind: 'decoupled', log_softmax_dtype: 'f64' } as TrainConfig;
  const machine = await Machine.open();
  const model = buildModel(parsed.model, { vocabulary: P, classes: P, operands: 2 }, 'f64');
  const { logits } = model.forward(operandInputs(), 'train');
  const label = input('label', [], 'i32', { examples: true });
  const loss = meanExamples(losses[train.loss](logits, label, train));
  const rule = updateRule(loss, model.parameters, train);
  for (const [n, w] of model.parameters.entries()) {
    machine.setParameter(w, formulaParameter(w, n, fixture.scale));
  }
  for (const s of rule.state) machine.setParameter(s, new Float64Array(s.shape.reduce((a, b) => a * b, 1)));
  machine.setColumns(additionColumns(P), P * P);
  const program = machine.compile({ outputs: { loss }, updates: rule.updates });
  const examples = Int32Array.from({ length: P * P }, (_, i) => i).filter((i) => i % 3 !== 0);

  const seen: number[] = [];
  for (let step = 1; step <= fixture.steps; step++) {
    setStep(program, rule, step);
    program.run(examples);
    if ((step - 1) % 10 === 0 || step === fixture.steps) seen.push(program.scalar('loss'));
  }
  expect(seen).toHaveLength(fixture.losses.length);
  for (const [i, value] of fixture.losses.entries()) {
    expect(Math.abs((seen[i] as number) / value - 1), `loss ${i}`).toBeLessThan(1e-8);
  }
  for (const w of model.parameters) {
    const name = String(w.attributes.name);
    expectSummary(name, machine.getParameter(w), fixture.final[name] as Summary, 1e-8);
  }
});
