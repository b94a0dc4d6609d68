/** Runs made up for tests and examples of figures: smooth curves with a little seeded noise, nothing is trained. */

import type { RunMetrics } from '../../src/figures/run-figure.ts';
import { erf } from '../../src/training/erf.ts';
import type { MetricsRow } from '../../src/training/summary.ts';

export interface SimulatedRun {
  readonly name: string;
  /** Steps of evaluation, ascending. */
  readonly steps: readonly number[];
  readonly memorized: number;
  /** Middle of the transition; beyond the last step for a run that does not grok. */
  readonly grokked: number;
  readonly test?: boolean;
  readonly spectral?: boolean;
}

/** A linear congruential generator (Numerical Recipes): noise that is the same everywhere. */
function noise(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
}

const rise = (step: number, middle: number, sharpness: number) =>
  0.5 + 0.5 * erf(sharpness * (Math.log10(Math.max(step, 0.1)) - Math.log10(middle)));

export function simulatedRun({
  name,
  steps,
  memorized,
  grokked,
  test = false,
  spectral = false,
}: SimulatedRun): RunMetrics {
  const random = noise(name.length);
  const rows: MetricsRow[] = steps.flatMap((step) => {
    const fit = rise(step, memorized * 0.6, 5);
    const understanding = rise(step, grokked * 0.78, 10);
    const wiggle = 1 + 0.25 * random();
    const trainAccuracy = Math.min(1, 0.01 + 0.995 * fit);
    const heldOut = (extra: number) =>
      Math.min(
        1,
        Math.max(
          0,
          0.01 + 0.22 * fit * (1 - understanding) + 0.992 * understanding + extra * (1 - understanding),
        ),
      );
    const trainLoss = (4.7 * (1 - fit) + 0.02 * fit * (1 - 0.99 * understanding) + 1e-4) * wiggle;
    const valLoss = (4.7 + 9 * fit) * (1 - understanding) * (1 + 0.04 * random()) + 0.0015 * wiggle;
    const spectrum: Record<string, number> = spectral
      ? {
          spectral_low_frac: 0.12 + 0.55 * understanding + 0.1 * fit,
          spectral_entropy: 7.9 - 1.2 * fit - 3.4 * understanding,
          spectral_energy: 1 - 0.2 * fit - 0.7 * understanding,
          spectral_zero_share: 0.02 + 0.3 * fit + 0.65 * understanding,
          gauge_free_low_frac: 0.1 + 0.2 * fit - 0.2 * understanding,
          gauge_free_entropy: 7.8 - 0.9 * fit - 4.9 * understanding,
          gauge_free_energy: 0.98 - 0.47 * fit + 0.9 * understanding,
          best_relabelled_energy: 0.96 - 0.2 * fit - 0.3 * understanding,
          diagonal_share: 0.01 + 0.2 * fit + 0.75 * rise(step, grokked * 0.3, 3),
          spectral_gini: 0.3 + 0.3 * fit + 0.38 * understanding,
          embedding_gini: 0.07 + 0.1 * fit + 0.7 * understanding,
          embedding_top5_share: 0.15 + 0.1 * fit + 0.7 * understanding,
          embedding_ipr: 0.03 + 0.02 * fit + 0.16 * understanding,
          knn_energy: 1 - 0.1 * fit - 0.5 * understanding,
        }
      : {};
    const row = (split: string, loss: number, accuracy: number): MetricsRow => ({
      step,
      split,
      values: { loss, accuracy, ...spectrum },
    });
    return [
      row('train', trainLoss, trainAccuracy),
      row('val', valLoss, heldOut(0.01 * random())),
      ...(test ? [row('test', valLoss * 1.1, heldOut(0.02 * random() - 0.02))] : []),
    ];
  });
  return { name, rows };
}

/**
 * The spectrum of logits that know a + b mod p by the frequencies given, above a floor of seeded noise, with some power in
 * the modes of one operand alone; p rows of p.
 */
export function simulatedSpectrum(p: number, frequencies: readonly number[], floor: number): number[][] {
  const random = noise(p);
  const power = Array.from({ length: p }, () =>
    Array.from({ length: p }, () => floor * 10 ** (2 * random())),
  );
  power[0][0] = 3;
  for (const [index, k] of frequencies.entries()) {
    for (const mode of [k, p - k]) {
      power[mode][mode] += 1 / (1 + index);
      power[mode][0] += 0.01;
      power[0][mode] += 0.01;
    }
  }
  // Real logits have the same power at a mode and at its negative.
  const opposite = (k: number) => (p - k) % p;
  return power.map((row, i) => row.map((value, j) => (value + power[opposite(i)][opposite(j)]) / 2));
}

/** The plane of one frequency of Z_p: a circle, squeezed by `ratio`, with seeded noise of the size given. */
export function simulatedPlane(p: number, frequency: number, share: number, ratio: number, size: number) {
  const random = noise(frequency);
  const points = Array.from({ length: p }, (_, token): [number, number] => {
    const angle = (2 * Math.PI * ((frequency * token) % p)) / p;
    return [ratio * Math.cos(angle) + size * random(), Math.sin(angle) + size * random()];
  });
  return { frequency, share, points, ratio, cos: 0.01 };
}

/** Every `stride`-th step from 0 to `last`. */
export function everySteps(stride: number, last: number): number[] {
  return Array.from({ length: Math.floor(last / stride) + 1 }, (_, i) => i * stride);
}
