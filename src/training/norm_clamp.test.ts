// The norm clamp: where the norm stands, and that nothing but the norm is changed by it.
import { expect, test } from 'vitest';
import { type ExperimentInput, experimentFromObject } from '../config/index.ts';
import type { Values } from '../engine/index.ts';
import { buildDataset } from '../tasks/index.ts';
import { Trainer } from './trainer.ts';

const small: ExperimentInput = {
  dataset: { N: 7, train_fraction: 0.6 },
  model: { type: 'embedding_mlp', embed_dim: 6, hidden_dim: 12 },
};

async function trainerOf(train: ExperimentInput['train']): Promise<Trainer> {
  const { experiment } = experimentFromObject({ ...small, train });
  return Trainer.start(experiment, buildDataset(experiment));
}

test.each(['adamw', 'adam', 'sgd'] as const)(
  'with %s the norm stands where it is clamped after every step',
  async (optimizer) => {
    const trainer = await trainerOf({ optimizer, norm_clamp: 3.5, lr: 0.01 });
    expect(trainer.weightNorm()).toBeGreaterThan(5);
    for (let step = 0; step < 5; step++) {
      trainer.advance();
      expect(Math.abs(trainer.weightNorm() / 3.5 - 1)).toBeLessThan(1e-6);
    }
  },
);

test('the clamp scales what the optimiser gives, all weights alike, and the moving average follows', async () => {
  const ema = { use: true, decay: 0.5 };
  const start = async (norm_clamp: number | null) => {
    const trainer = await trainerOf({ dtype: 'f64', norm_clamp, ema });
    trainer.advance();
    return trainer.state().tensors;
  };
  const [free, clamped] = [await start(null), await start(2)];
  const names = ['E', 'W_1', 'W_2'];
  const of = (state: typeof free, name: string): Values => state.get(name)?.values ?? new Float64Array();
  const ratios = names.flatMap((name) => {
    const values = of(free, name);
    return [...of(clamped, name)].map((w, i) => w / (values[i] as number));
  });
  for (const ratio of ratios) expect(Math.abs(ratio / (ratios[0] as number) - 1)).toBeLessThan(1e-12);
  const initial = (await trainerOf({ dtype: 'f64' })).parameters();
  for (const name of names)
    for (const [i, average] of of(clamped, `ema.${name}`).entries()) {
      const now = of(clamped, name)[i] as number;
      expect(average).toBeCloseTo(0.5 * (of(initial, name)[i] as number) + 0.5 * now, 12);
    }
});
