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

/** Every `stride`-th step from 0 to `last`. */
export function everySteps(stride: number, last: number): number[] {
  return Array.from({ length: Math.floor(last / stride) + 1 }, (_, i) => i * stride);
}
