/**
 * What a measure is: numbers of a network as it stands, with their formula, their unit, and what they are where there is
 * nothing to be measured (the null). A pure function of a snapshot: it reads the evaluated weights and changes nothing.
 */

import type { Probe } from '../training/probe.ts';

/** A number that a measure gives, under its name in metrics.csv. */
export interface Column {
  readonly name: string;
  /** `1` for a share or ratio, otherwise as nats, steps, … */
  readonly unit: string;
  readonly about: string;
}

/** The numbers of a measure at one snapshot, by column; what is undefined there has no value. */
export type MeasuredValues = Readonly<Record<string, number | undefined>>;

/** A measure made ready for one training. */
export interface OpenMeasure {
  /**
   * The numbers at the weights as they stand.
   * @param step of the training: what was computed for a step is not computed twice
   */
  values(step: number): MeasuredValues;
}

export interface Measure {
  readonly name: string;
  readonly about: string;
  /** As it is computed, in one line. */
  readonly formula: string;
  /** The value on an untrained network of the same shape, and on one fitted to random labels, in words. */
  readonly nulls: string;
  /** What it costs, in terms of the sizes. */
  readonly cost: string;
  readonly columns: readonly Column[];
  /** Why the measure cannot be taken of this training, what is missing and what would have it; undefined where it can. */
  refusal(probe: Probe): string | undefined;
  /** Compiles what it needs; only after `refusal` was asked. */
  open(probe: Probe): OpenMeasure;
}
