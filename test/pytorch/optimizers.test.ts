// 20 steps of every optimiser against torch.optim (test/fixtures/make_optimizers.py) on ½ Σ c (w − t)².
import { expect, test } from 'vitest';
import { experimentSchema, type TrainConfig } from '../../src/config/index.ts';
import {
  add,
  constant,
  type Expr,
  Machine,
  mul,
  parameter,
  square,
  sub,
  sum,
} from '../../src/engine/index.ts';
import { updateRule } from '../../src/training/update_rule.ts';
import { setStep } from '../step-settings.ts';
import { expectClose, readFixture } from './fixture.ts';
import { formulaTensor } from './formula.ts';

interface Case {
  settings: Partial<TrainConfig>;
  losses: number[];
  final: number[][];
  average?: number[][];
}

const shapes = [[2, 3], [2]];

test.each(readFixture<Case>('optimizers.json'))('%s', async (_, fixture) => {
  const train = experimentSchema.parse({
    train: {
      weight_decay: 0,
      weight_decay_kind: 'none',
      ...fixture.settings,
      dtype: 'f64',
      scheduler: { name: 'constant' },
    },
  }).train as TrainConfig;
  const machine = await Machine.open();
  const fixed = (salt: number, offset: number) => {
    const shape = shapes[salt % 2] as number[];
    return constant([...formulaTensor(shape, salt).map((x) => x + offset)], shape, 'f64');
  };
  const parameters = shapes.map((shape, n) => parameter(`w${n}`, shape, 'f64'));
  const loss = parameters
    .map((w, n) => mul(sum(mul(square(sub(w, fixed(2 + n, 0))), fixed(4 + n, 1.5))), 0.5))
    .reduce((total, part) => add(total, part));
  const rule = updateRule(loss, parameters, train);
  for (const [n, w] of parameters.entries()) {
    const start = formulaTensor(w.shape, n);
    machine.setParameter(w, start);
    const shadow = rule.shadows.get(w);
    if (shadow) machine.setParameter(shadow, start);
  }
  for (const s of rule.state) machine.setParameter(s, new Float64Array(s.shape.reduce((a, b) => a * b, 1)));
  const program = machine.compile({ outputs: { loss }, updates: rule.updates });

  const seen = fixture.losses.map((_, i) => {
    setStep(program, rule, i + 1);
    program.run(new Int32Array(0));
    return program.scalar('loss');
  });
  expectClose('losses', seen, fixture.losses, 1e-12);
  for (const [n, w] of parameters.entries()) {
    expectClose(`w${n}`, machine.getParameter(w), fixture.final[n] as number[], 1e-12);
    if (fixture.average) {
      const shadow = rule.shadows.get(w) as Expr;
      expectClose(`average of w${n}`, machine.getParameter(shadow), fixture.average[n] as number[], 1e-12);
    }
  }
  expect(rule.shadows.size).toBe(fixture.average ? 2 : 0);
});
