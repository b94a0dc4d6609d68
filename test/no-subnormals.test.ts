// Subnormal numbers are slow on many processors, and training decays into them: far past grokking nothing that the kernels
// read or write is one.
import { beforeAll, describe, expect, test } from 'vitest';
import * as g from '../src/engine/index.ts';
import { buildDataset, type ExperimentInput, experimentFromObject, Machine, Trainer } from '../src/index.ts';
import { updateRule } from '../src/training/update_rule.ts';
import { type Watch, watch } from './engine/written-numbers.ts';
import { setStep } from './step-settings.ts';

async function watched(input: ExperimentInput): Promise<{ trainer: Trainer; seen: Watch }> {
  const { experiment } = experimentFromObject(input);
  const machine = await Machine.open();
  const seen = watch(machine);
  return { trainer: await Trainer.start(experiment, buildDataset(experiment), machine), seen };
}

/** Steps on to `step`, and watches two of every 500 and the last ones. */
function advanceTo(step: number, trainer: Trainer, seen: Watch): void {
  while (trainer.step < step) {
    seen.on = trainer.step % 500 < 2 || trainer.step >= step - 2;
    trainer.advance();
    if (seen.on) expectNone(seen);
  }
}

function expectNone(seen: Watch): void {
  expect(seen.subnormals).toEqual(new Map());
  expect(seen.standing()).toBe(0);
}

/** A run and the step by which it has long understood. */
const grokking: [what: string, input: ExperimentInput, steps: number][] = [
  [
    'a quadratic network',
    {
      dataset: { N: 23, train_fraction: 0.6 },
      model: { type: 'two_layer', hidden_dim: 96 },
      train: { lr: 0.01, weight_decay: 5, loss: 'mse' },
    },
    1500,
  ],
  [
    'a network of ReLUs',
    {
      dataset: { N: 23, train_fraction: 0.8 },
      model: { type: 'mlp', hidden_dim: 64, layers: 2, activation: 'relu' },
      train: { lr: 0.01, weight_decay: 1 },
    },
    1500,
  ],
  [
    'a transformer',
    {
      seed: 1,
      dataset: { N: 17, train_fraction: 0.8 },
      model: { type: 'transformer', d_model: 32, heads: 2, d_mlp: 64 },
      train: { lr: 0.003, weight_decay: 1 },
    },
    1800,
  ],
];

describe.each(['f32', 'f64'] as const)('in %s', (dtype) => {
  test.each(grokking.filter(([what]) => dtype === 'f32' || what !== 'a transformer'))(
    'far past grokking %s makes no subnormal',
    async (_what, input, steps) => {
      const { trainer, seen } = await watched({ ...input, train: { ...input.train, dtype } });
      advanceTo(steps, trainer, seen);
      seen.on = true;
      expect(trainer.evaluate().val.accuracy).toBeGreaterThan(0.9);
      trainer.logits();
      expectNone(seen);
      expect(seen.written).toBeGreaterThan(100_000);
    },
  );

  describe('without weight decay, confident and more than that', () => {
    let trainer: Trainer;
    let seen: Watch;

    beforeAll(async () => {
      ({ trainer, seen } = await watched({
        dataset: { N: 11, train_fraction: 0.8 },
        model: { type: 'transformer', d_model: 16, heads: 2, d_mlp: 24 },
        train: { lr: 0.01, weight_decay: 0, dtype },
      }));
      advanceTo(1000, trainer, seen);
      expect(trainer.batchLoss).toBeLessThan(1e-4);
    });

    // Products of four matrices: the logits grow by the fourth power, until the exponentials vanish altogether.
    test.each([1.5, 2, 3, 4, 8])('weights times %d', (factor) => {
      const state = trainer.state();
      const names = new Set(trainer.parameters().keys());
      const tensors = [...state.tensors].map(([name, tensor]) => {
        const values = tensor.values.map((x) => (names.has(name) ? x * factor : x));
        return [name, { ...tensor, values }] as const;
      });
      trainer.restore({ ...state, tensors: new Map(tensors) });
      seen.on = true;
      for (let i = 0; i < 2; i++) trainer.advance();
      expectNone(seen);
      trainer.restore(state);
    });
  });

  test.each(['adam', 'adamw', 'sgd'] as const)(
    'when the gradient vanishes, %s forgets it without subnormals',
    async (optimizer) => {
      // A β₂ that forgets within thousands of steps in double precision too.
      const betas = dtype === 'f32' ? [0.9, 0.98] : [0.9, 0.9];
      const train = {
        optimizer,
        betas,
        lr: 1e-3,
        weight_decay: optimizer === 'adam' ? 0 : 100,
        momentum: 0.9,
        ema: { use: true },
        dtype,
      };
      const { experiment } = experimentFromObject({ train } as ExperimentInput);
      const machine = await Machine.open();
      const seen = watch(machine);
      const w = g.parameter('w', [9], dtype);
      const scale = g.input('scale', [], dtype, { examples: false });
      const rule = updateRule(g.mul(g.sum(g.square(w)), scale), [w], experiment.train);
      machine.setParameter(w, [1, -2, 1e-3, 3, 4, 5, -1e-9, 7, 8]);
      const program = machine.compile({ outputs: { norm: rule.gradientNorm }, updates: rule.updates });
      for (let step = 1; step <= 12_000; step++) {
        seen.on = step % 50 < 2;
        setStep(program, rule, step);
        program.setSetting('scale', step <= 50 ? 1 : 0);
        program.run();
      }
      expectNone(seen);
      for (const state of rule.state) expect(new Set(machine.getParameter(state))).toEqual(new Set([0]));
    },
  );

  test('a subnormal would be seen', async () => {
    const machine = await Machine.open();
    const seen = watch(machine);
    const x = g.parameter('x', [3], dtype);
    const tiny = dtype === 'f32' ? 2 ** -130 : 2 ** -1030;
    machine.setParameter(x, [tiny, 1, 3 * tiny]);
    // |x| is one of the numbers given, not a result of arithmetic.
    const program = machine.compile({ outputs: { size: g.abs(x) } });
    seen.on = true;
    program.run();
    expect([...seen.subnormals.values()].reduce((a, b) => a + b, 0)).toBeGreaterThan(0);
    expect(seen.standing()).toBeGreaterThan(0);
  });
});
