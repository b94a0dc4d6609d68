/**
 * Nulls in a chart over time: what its measures are where there is nothing to be seen, as level lines with names. White noise is
 * reckoned from the sizes of the task (src/measures/noise-nulls.ts); the untrained network is the run's own, at step 0.
 */

import type { Meaning } from '../../src/figures/palette.ts';
import type { LabRun } from '../run/lab-run.ts';

export interface NullPlan {
  readonly name: string;
  readonly color: Meaning;
  /** Lengths of strokes and gaps, in px. */
  readonly dash: readonly number[];
  /** The measure that it is of, where other networks may be measured beside. */
  readonly column?: string;
  /** Undefined where it is not known for a run. Reads signals. */
  readonly value: (run: LabRun) => number | undefined;
}

/** A null that is known. */
export interface Level extends Omit<NullPlan, 'value'> {
  readonly value: number;
}

/** The null that needs no network, in the colour of the axes: it is the same for all curves that it is drawn beside. */
export function noiseNull(name: string, value: NullPlan['value']): NullPlan {
  return { name, color: 'muted', dash: [2, 4], value };
}

/** The same network before its first step, in the colour of the curve. */
export function untrainedNull(column: string, color: Meaning, name = 'untrained'): NullPlan {
  return { name, color, dash: [9, 4, 2, 4], column, value: (run) => untrainedValue(run, column) };
}

/** What a measure of the network was at step 0; undefined where the run did not begin there, or it was no number. */
export function untrainedValue(run: LabRun, column: string): number | undefined {
  void run.rows.value;
  const { steps, values } = run.series('train', column);
  const value = steps[0] === 0 ? values[0] : undefined;
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}

/** The nulls that are known for a run. */
export function levelsOf(run: LabRun, nulls: readonly NullPlan[]): Level[] {
  return nulls.flatMap(({ value: of, ...look }) => {
    const value = of(run);
    return value === undefined || !Number.isFinite(value) ? [] : [{ ...look, value }];
  });
}
