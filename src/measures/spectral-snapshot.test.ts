import { expect, test } from 'vitest';
import { type ExperimentInput, experimentFromObject } from '../config/index.ts';
import { buildDataset } from '../tasks/index.ts';
import { Trainer } from '../training/trainer.ts';
import { spectralSnapshot } from './spectral-snapshot.ts';
import { spectrumMeasure } from './spectrum-measure.ts';

async function trainer(spectral: ExperimentInput['spectral'] = {}): Promise<Trainer> {
  const { experiment } = experimentFromObject({
    dataset: { N: 7 },
    model: { type: 'two_layer', hidden_dim: 16 },
    train: { dtype: 'f64' },
    spectral,
  });
  return Trainer.start(experiment, buildDataset(experiment));
}

test('the power of the dimensions is the power of all of them, and their low shares weigh up to the whole', async () => {
  const { probe } = await trainer({ value: 0.2 });
  const { power, dimensions } = spectralSnapshot(probe, 0);
  const all = [...power].reduce((a, b) => a + b, 0);
  const weighed = (of: (one: (typeof dimensions)[number]) => number): number =>
    dimensions.reduce((sum, one) => sum + of(one) * one.power, 0) / all;
  expect(weighed(() => 1)).toBeCloseTo(1, 12);
  const values = spectrumMeasure.open(probe).values(0);
  expect(weighed(({ low_frac }) => low_frac)).toBeCloseTo(values.spectral_low_frac as number, 12);
  expect(weighed(({ energy }) => energy)).toBeCloseTo(values.spectral_energy as number, 12);
});

test('the power at zero frequency is the square of the sum over all inputs, class by class', async () => {
  const training = await trainer();
  const logits = [...training.logits()];
  const sums = Array.from({ length: 7 }, (_, c) =>
    logits.filter((_, i) => i % 7 === c).reduce((a, b) => a + b, 0),
  );
  const expected = sums.reduce((total, sum) => total + sum * sum, 0);
  expect((spectralSnapshot(training.probe, 0).power[0] as number) / expected).toBeCloseTo(1, 12);
});

test('of more dimensions than projection_samples so many are drawn, the same for the same seed', async () => {
  const drawn = async (seed: number) =>
    spectralSnapshot((await trainer({ projection_samples: 3, seed })).probe, 0).dimensions.map(
      ({ dimension }) => dimension,
    );
  const first = await drawn(1);
  expect(first).toHaveLength(3);
  expect(first).toEqual(await drawn(1));
  const others = await Promise.all([2, 3, 4, 5].map(drawn));
  expect(others.some((other) => other.join() !== first.join())).toBe(true);
});
