// What one training step promises beyond its agreement with torch.optim (test/pytorch/optimizers.test.ts).
import { expect, test } from 'vitest';
import { setStep } from '../../test/step-settings.ts';
import { experimentSchema, type TrainConfig } from '../config/index.ts';
import { add, constant, type Expr, Machine, mul, parameter, square, sub, sum } from '../engine/index.ts';
import { readingInstead } from './ema.ts';
import { optimizers } from './optimizers/index.ts';
import { updateRule } from './update_rule.ts';

const trainOf = (train: object): TrainConfig =>
  experimentSchema.parse({
    train: { weight_decay: 0, weight_decay_kind: 'none', scheduler: { name: 'constant' }, ...train },
  }).train as TrainConfig;

/** Runs steps of ½‖w − target‖² from a start, and returns w after each. */
async function descend(
  train: TrainConfig,
  start: number[],
  target: number[],
  steps: number,
): Promise<number[][]> {
  const machine = await Machine.open();
  const w = parameter('w', [start.length], train.dtype);
  const loss = mul(sum(square(sub(w, constant(target, [target.length], train.dtype)))), 0.5);
  const rule = updateRule(loss, [w], train);
  machine.setParameter(w, start);
  const program = machine.compile({ outputs: { norm: rule.gradientNorm }, updates: rule.updates });
  const seen: number[][] = [];
  for (let step = 1; step <= steps; step++) {
    setStep(program, rule, step);
    program.run(new Int32Array(0));
    seen.push([...machine.getParameter(w)]);
  }
  return seen;
}

test('bias corrections are 1 − βᵗ: step size lr/(1 − β₁ᵗ), root √(1 − β₂ᵗ)', () => {
  const adam = optimizers.adam(trainOf({ optimizer: 'adam', betas: [0.9, 0.98] }), 'f32');
  for (const t of [1, 2, 10, 137, 5000]) {
    const values = new Float64Array(3);
    adam.writeSettings(t, 0.01, values, 0);
    const settings = Object.fromEntries(adam.settings.map((name, i) => [name, values[i]]));
    const root = Math.sqrt(1 - 0.98 ** t);
    expect(settings['adam.move'] / ((-0.01 * root) / (1 - 0.9 ** t))).toBeCloseTo(1, 13);
    expect(settings['adam.epsilon'] / (1e-8 * root)).toBeCloseTo(1, 13);
  }
});

test('the first step of Adam is lr against the sign of the gradient, whatever its size', async () => {
  const train = trainOf({ optimizer: 'adam', lr: 0.01, dtype: 'f64', eps: 1e-300 });
  const [w] = await descend(train, [5, -3, 1e-6], [0, 0, 0], 1);
  for (const [i, expected] of [5 - 0.01, -3 + 0.01, 1e-6 - 0.01].entries())
    expect(w[i]).toBeCloseTo(expected, 14);
});

test('at a zero gradient only decoupled decay moves a weight, by the factor 1 − lr·wd', async () => {
  const still = { optimizer: 'adamw', lr: 0.1, weight_decay: 0.5, dtype: 'f64' };
  const [decoupled] = await descend(trainOf({ ...still, weight_decay_kind: 'decoupled' }), [2], [2], 1);
  expect(decoupled[0]).toBe(2 * (1 - 0.1 * 0.5));
  const [none] = await descend(trainOf({ ...still, weight_decay_kind: 'none' }), [2], [2], 1);
  expect(none[0]).toBe(2);
  const [l2] = await descend(trainOf({ ...still, weight_decay_kind: 'l2' }), [2], [2], 1);
  expect(l2[0]).toBeCloseTo(2 - 0.1, 8); // Adam normalises the decay as if it were gradient
});

test('decay in the loss moves plain gradient descent as l2 does', async () => {
  const train = { optimizer: 'sgd', lr: 0.1, momentum: 0.9, weight_decay: 0.3, dtype: 'f64' };
  const l2 = await descend(trainOf({ ...train, weight_decay_kind: 'l2' }), [2, -1], [1, 1], 10);
  const inLoss = await descend(trainOf({ ...train, weight_decay_kind: 'loss' }), [2, -1], [1, 1], 10);
  for (const [i, w] of l2.flat().entries()) expect(inLoss.flat()[i]).toBeCloseTo(w, 13);
});

test('clipping bounds the step and keeps its direction', async () => {
  const train = trainOf({ optimizer: 'sgd', lr: 1, grad_clip_norm: 0.5, dtype: 'f64' });
  const [w] = await descend(train, [3, 4], [0, 0], 1); // gradient (3, 4), norm 5
  expect(w[0]).toBeCloseTo(3 - 0.3, 6);
  expect(w[1]).toBeCloseTo(4 - 0.4, 6);
});

test('a vanished gradient leaves no subnormal number behind', async () => {
  const train = trainOf({ optimizer: 'adam', lr: 1e-3, dtype: 'f32' });
  const machine = await Machine.open();
  const w = parameter('w', [2], 'f32');
  const scale = parameter('scale', [], 'f32');
  const rule = updateRule(mul(sum(w), scale), [w], train);
  machine.setParameter(w, [1, 1]);
  machine.setParameter(scale, [1e-3]);
  const program = machine.compile({ outputs: {}, updates: rule.updates });
  const run = (from: number, to: number) => {
    for (let step = from; step <= to; step++) {
      setStep(program, rule, step);
      program.run(new Int32Array(0));
    }
  };
  run(1, 5);
  const [m, v] = rule.state as [Expr, Expr];
  expect(machine.getParameter(m)[0]).toBeGreaterThan(1e-4);
  machine.setParameter(scale, [0]);
  run(6, 5000);
  expect([...machine.getParameter(m), ...machine.getParameter(v)]).toEqual([0, 0, 0, 0]);
});

test('a gradient that is not a number is not hidden', async () => {
  const [w] = await descend(trainOf({ optimizer: 'adamw', dtype: 'f32' }), [Number.NaN, 1], [0, 0], 1);
  expect(w[0]).toBeNaN();
  expect(w[1]).toBeLessThan(1);
});

test('expressions can be read with the moving average in place of the weights', async () => {
  const machine = await Machine.open();
  const w = parameter('w', [2], 'f64');
  const b = parameter('b', [2], 'f64');
  const shadow = parameter('ema.w', [2], 'f64');
  const product = mul(add(w, b), w);
  const [averaged, untouched] = readingInstead([product, b], new Map([[w, shadow]]));
  machine.setParameter(w, [100, 100]);
  machine.setParameter(b, [1, 2]);
  machine.setParameter(shadow, [3, 4]);
  const program = machine.compile({ outputs: { averaged, product } });
  program.run(new Int32Array(0));
  expect([...program.value('averaged')]).toEqual([(3 + 1) * 3, (4 + 2) * 4]);
  expect([...program.value('product')]).toEqual([101 * 100, 102 * 100]);
  expect(untouched).toBe(b);
});
