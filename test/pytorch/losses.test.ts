// Losses per example and their gradients by the logits against PyTorch (test/fixtures/make_losses.py).
import { beforeEach, expect, test } from 'vitest';
import type { TrainConfig } from '../../src/config/index.ts';
import {
  type Expr,
  gather,
  gradient,
  input,
  Machine,
  parameter,
  sumExamples,
} from '../../src/engine/index.ts';
import { correct } from '../../src/training/losses/accuracy.ts';
import { losses } from '../../src/training/losses/index.ts';
import { softmaxCollapse } from '../../src/training/losses/softmax_collapse.ts';
import { expectClose, readFixture } from './fixture.ts';
import { formulaIndices, formulaTensor } from './formula.ts';

interface Case {
  loss: TrainConfig['loss'];
  options: { temperature?: number; label_smoothing?: number };
  values: number[];
  gradient: number[];
}

const EXAMPLES = 9;
const CLASSES = 5;
const everyone = Int32Array.from({ length: EXAMPLES }, (_, i) => i);

let machine: Machine;
beforeEach(async () => {
  machine = await Machine.open();
});

function setUp(dtype: 'f32' | 'f64', values = formulaTensor([EXAMPLES, CLASSES], 0).map((x) => 12 * x)) {
  const table = parameter(`logits.${dtype}`, [EXAMPLES, CLASSES], dtype);
  machine.setParameter(table, values);
  machine.setColumns({ row: everyone, label: formulaIndices([EXAMPLES], 1, CLASSES) }, EXAMPLES);
  const row = input('row', [], 'i32', { examples: true });
  return { table, logits: gather(table, row), label: input('label', [], 'i32', { examples: true }) };
}

const fixtures = readFixture<Case>('losses.json');
const ofLosses = fixtures.filter(([name]) => name !== 'accuracy');

test.each(ofLosses)('%s has the values and gradients of PyTorch', (_, fixture) => {
  for (const [dtype, lossDtype, tolerance] of [
    ['f64', 'f64', 1e-12],
    ['f32', 'f32', 1e-5],
    ['f32', 'f64', 1e-5],
  ] as const) {
    const { table, logits, label } = setUp(dtype);
    const options = { temperature: 1, label_smoothing: 0, ...fixture.options, log_softmax_dtype: lossDtype };
    const value = losses[fixture.loss](logits, label, options);
    const [g] = gradient(sumExamples(value), [table]);
    const program = machine.compile({ outputs: { g: g as Expr }, perExample: { value } });
    program.run(everyone);
    expectClose('values', program.value('value'), fixture.values, tolerance);
    expectClose('gradient', program.value('g'), fixture.gradient, tolerance);
  }
});

test('an example is correct where PyTorch has the largest logit at the label', () => {
  const { logits, label } = setUp('f32');
  const program = machine.compile({ outputs: {}, perExample: { correct: correct(logits, label) } });
  program.run(everyone);
  const expected = fixtures.find(([name]) => name === 'accuracy')?.[1].values as number[];
  expect([...program.value('correct')]).toEqual(expected);
  expect(new Set(expected).size).toBe(2); // the fixture has both kinds
});

test('softmax collapses where the other logits no longer change the sum, sooner in f32 than in f64', () => {
  // Logit of the label ahead of the others by 0, 10, 20, 30, 40, …; 4·e⁻²⁰ is below half an ulp of 1 in f32 only.
  const labels = formulaIndices([EXAMPLES], 1, CLASSES);
  const values = new Float64Array(EXAMPLES * CLASSES);
  for (const [i, label] of labels.entries()) values[i * CLASSES + label] = 10 * i;
  for (const [dtype, firstCollapsed] of [
    ['f32', 2],
    ['f64', 4],
  ] as const) {
    const { logits, label } = setUp(dtype, values);
    const options = { temperature: 1, label_smoothing: 0, log_softmax_dtype: dtype };
    const program = machine.compile({
      outputs: {},
      perExample: { collapse: softmaxCollapse(logits, label, options) },
    });
    program.run(everyone);
    expect([...program.value('collapse')]).toEqual(onesFrom(firstCollapsed));
  }
});

function onesFrom(first: number): number[] {
  return Array.from({ length: EXAMPLES }, (_, i) => (i >= first ? 1 : 0));
}
