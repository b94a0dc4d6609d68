/** The list of measures: a new one is a file beside this, named here and in src/config/schema/measures.ts. */

import type { Experiment } from '../config/index.ts';
import { type MeasureName, spectralMeasures } from '../config/schema/measures.ts';
import type { Probe } from '../training/probe.ts';
import type { Measure, MeasuredValues, OpenMeasure } from './measure.ts';
import { spectrumMeasure } from './spectrum-measure.ts';

export type { Column, Measure, MeasuredValues, OpenMeasure } from './measure.ts';

export const measures: Readonly<Record<MeasureName, Measure>> = {
  spectrum: spectrumMeasure,
};

/** The measures that an experiment asks for, in the order of the list. */
export function measuresOf({ spectral, measures: further }: Experiment): MeasureName[] {
  const wanted = new Set([...(spectral.compute ? spectralMeasures : []), ...further]);
  return (Object.keys(measures) as MeasureName[]).filter((name) => wanted.has(name));
}

/**
 * Makes measures ready for a training.
 * @param names by default those that the experiment asks for
 * @throws Error naming a measure that cannot be taken, and why
 */
export function openMeasures(probe: Probe, names = measuresOf(probe.experiment)): OpenMeasure {
  const opened = names.map((name) => {
    const measure = measures[name];
    const refusal = measure.refusal(probe);
    if (refusal !== undefined) throw new MeasureRefusal(`measure ${name}: ${refusal}`);
    return measure.open(probe);
  });
  return {
    values: (step) =>
      opened.reduce<MeasuredValues>((values, one) => Object.assign(values, one.values(step)), {}),
  };
}

/** A measure cannot be taken of this training; the message says what is missing and what would have it. */
export class MeasureRefusal extends Error {
  override name = 'MeasureRefusal';
}
