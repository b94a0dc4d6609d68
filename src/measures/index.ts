/** The list of measures: a new one is a file beside this, named here and in src/config/schema/measures.ts. */

import type { Experiment } from '../config/index.ts';
import { type MeasureName, measureNames, spectralMeasures } from '../config/schema/measures.ts';
import type { Probe } from '../training/probe.ts';
import { circuitsMeasure } from './circuits-measure.ts';
import { efficiencyMeasure } from './efficiency-measure.ts';
import { embeddingMeasure, neighboursMeasure } from './embedding-measure.ts';
import type { Measure, MeasuredValues, OpenMeasure } from './measure.ts';
import { sparsityMeasure } from './sparsity-measure.ts';
import { spectrumMeasure } from './spectrum-measure.ts';

export type { Column, Measure, MeasuredValues, OpenMeasure } from './measure.ts';

/** Every measure by its name in a configuration. */
export const measures: Readonly<Record<MeasureName, Measure>> = {
  spectrum: spectrumMeasure,
  embedding: embeddingMeasure,
  neighbours: neighboursMeasure,
  circuits: circuitsMeasure,
  efficiency: efficiencyMeasure,
  sparsity: sparsityMeasure,
};

/** The measures that an experiment asks for, in the order of the list. */
export function measuresOf({ spectral, measures: further }: Experiment): MeasureName[] {
  const wanted = new Set([...(spectral.compute ? spectralMeasures : []), ...further]);
  return measureNames.filter((name) => wanted.has(name));
}

/**
 * Makes measures ready for a training.
 * @param names by default those that the experiment asks for; of those that `spectral.compute` brings along, the ones that
 *   have no meaning for the task are left out
 * @throws MeasureRefusal naming a measure that cannot be taken, and why
 */
export function openMeasures(probe: Probe, names?: readonly MeasureName[]): OpenMeasure {
  const { measures: named } = probe.experiment;
  const opened = (names ?? measuresOf(probe.experiment)).flatMap((name) => {
    const measure = measures[name];
    const refusal = measure.refusal(probe);
    if (refusal === undefined) return [measure.open(probe)];
    if (names === undefined && name !== 'spectrum' && !named.includes(name)) return [];
    throw new MeasureRefusal(`measure ${name}: ${refusal}`);
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
