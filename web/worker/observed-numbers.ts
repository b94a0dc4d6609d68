/**
 * The measures that the lab takes beside those the settings ask for, and the evaluations at which it does. Which ones these are is
 * decided by sizes alone, so that the same settings give the same numbers at the same steps on every machine and at every speed,
 * and with them the phases.
 */

import { type MeasuredValues, openMeasures } from 'grokscope';
import type { MeasureName } from '../../src/config/schema/measures.ts';
import { measures, measuresOf } from '../../src/measures/index.ts';
import {
  embeddingOperations,
  neighbourOperations,
  spectrumOperations,
  trainingOperations,
} from '../../src/measures/observation-costs.ts';
import type { Probe } from '../../src/training/probe.ts';

/** A measure that is taken where the task has it. */
interface ObservedMeasure {
  readonly name: MeasureName;
  /** What taking it once costs, by sizes. */
  readonly operations: (probe: Probe) => number;
  /** Of the work of training it takes at most this. */
  readonly share: number;
  /** Whether it fits into the memory of a page at all; by default it does. */
  readonly fits?: (probe: Probe) => boolean;
}

/** A new one is a line here. */
const observed: readonly ObservedMeasure[] = [
  { name: 'spectrum', operations: spectrumOperations, share: 0.25, fits: hasCheapSpectrum },
  { name: 'embedding', operations: embeddingOperations, share: 0.1 },
  { name: 'neighbours', operations: neighbourOperations, share: 0.05 },
];

/** Operations that are not felt: a fraction of a millisecond. */
const FREE = 1e7;

/** Inputs of a group up to which its logits are transformed: the tables of more would not fit beside the training. */
const MOST_INPUTS = 20_000;

/** Whether the spectrum of the logits can be had beside the training. */
export function hasCheapSpectrum({ dataset }: Pick<Probe, 'dataset'>): boolean {
  return dataset.inputs !== undefined && dataset.size <= MOST_INPUTS;
}

/**
 * From one evaluation at which a measure is taken to the next: the power of 2 (as of what is kept of long runs) from which on it
 * costs at most `share` of the training, or nothing to speak of.
 */
export function strideOfCost(operations: number, training: number, share: number): number {
  let stride = 1;
  while (operations > Math.max(FREE, share * training) * stride) stride *= 2;
  return stride;
}

export interface ObservedNumbers {
  /** From one evaluation to the next at which all are taken. */
  readonly stride: number;
  /** The numbers that are due at an evaluation, by column. @param evaluation its place in the run, from 0 */
  values(step: number, evaluation: number, isLast: boolean): MeasuredValues;
}

/** Makes ready what is measured beside one training. */
export function openNumbers(probe: Probe): ObservedNumbers {
  const asked = measuresOf(probe.experiment);
  const wanted = observed.filter(
    ({ name, fits }) =>
      !asked.includes(name) && fits?.(probe) !== false && measures[name].refusal(probe) === undefined,
  );
  const training = trainingOperations(probe);
  const opened = wanted.map(({ name, operations, share }) => ({
    stride: strideOfCost(operations(probe), training, share),
    measure: openMeasures(probe, [name]),
  }));
  return {
    stride: Math.max(1, ...opened.map(({ stride }) => stride)),
    values: (step, evaluation, isLast) =>
      Object.assign(
        {},
        ...opened
          .filter(({ stride }) => isLast || evaluation % stride === 0)
          .map(({ measure }) => measure.values(step)),
      ),
  };
}
