/** The numbers of a simulation as rows, for CSV. */

import type { Observation } from './observation.ts';
import { meanCosine, ratioSpread } from './verdict.ts';

/** Of `observationRows`, in their order. */
export const observationColumns: readonly string[] = [
  'step',
  'tau',
  'train_loss',
  'train_accuracy',
  'held_out_loss',
  'held_out_accuracy',
  'first_norm',
  'last_norm',
  'largest_ratio_error',
  'mean_abs_cosine',
  'same_pattern',
  'other_pattern',
];

/** One row an observation; NaN stands for circles that were not looked for. */
export function observationRows(observations: readonly Observation[]): number[][] {
  return observations.map((at) => [
    at.step,
    at.tau,
    at.train.loss,
    at.train.accuracy,
    at.heldOut.loss,
    at.heldOut.accuracy,
    at.firstNorm,
    at.lastNorm,
    ratioSpread(at) ?? Number.NaN,
    meanCosine(at) ?? Number.NaN,
    at.circles?.samePattern ?? Number.NaN,
    at.circles?.otherPattern ?? Number.NaN,
  ]);
}

/** Of `frequencyRows`, in their order. */
export const frequencyColumns: readonly string[] = [
  'step',
  'frequency',
  'real_norm',
  'imaginary_norm',
  'cosine',
];

/** One row for each observation and frequency. */
export function frequencyRows(observations: readonly Observation[]): number[][] {
  return observations.flatMap(({ step, circles }) =>
    circles === undefined
      ? []
      : Array.from(circles.cosines, (cosine, k) => [
          step,
          k + 1,
          circles.realNorms[k] as number,
          circles.imaginaryNorms[k] as number,
          cosine,
        ]),
  );
}
