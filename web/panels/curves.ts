/** Which columns of a run a chart draws, and what they are at a step. */

import { percentLabel, stepLabel, valueLabel } from '../../src/figures/number-labels.ts';
import type { Meaning } from '../../src/figures/palette.ts';
import { milestoneMarks } from '../../src/figures/run-figure.ts';
import { heldOutSplit, type LabRun } from '../run/lab-run.ts';
import { type Series, valueAt } from '../run/series.ts';
import type { TimeMarks } from './chart-marks.ts';

export interface CurveStyle {
  readonly name: string;
  readonly color: Meaning;
  /** Lengths of strokes and gaps, in px. */
  readonly dash?: readonly number[];
}

/** A column of metrics.csv as a curve. */
export interface CurvePlan extends CurveStyle {
  readonly column: string;
  /** `held-out`: `test` where the run has it, else `val`. `model`: measured on the network, the same for every split. */
  readonly of: 'train' | 'held-out' | 'validation' | 'model';
}

export interface Curve extends CurveStyle {
  readonly column: string;
  readonly series: Series;
  /** Place in the series from which it is drawn. Default 0. */
  readonly start?: number;
}

/** Train and held-out, and the validation set where the run has one besides. */
export function splitPlans(column: string): CurvePlan[] {
  return [
    { column, name: 'train', color: 'train', of: 'train' },
    { column, name: 'held-out', color: 'val', of: 'held-out' },
    { column, name: 'validation', color: 'val', dash: [7, 3], of: 'validation' },
  ];
}

/** The curves that the run has numbers for. */
export function curvesOf(run: LabRun, plans: readonly CurvePlan[]): Curve[] {
  const held = heldOutSplit(run);
  return plans.flatMap(({ of, ...style }) => {
    if (of === 'validation' && held === 'val') return [];
    const split = of === 'held-out' ? held : of === 'validation' ? 'val' : 'train';
    const series = run.series(split, style.column);
    // In every figure held-out examples beside a validation set have a colour of their own.
    const color = of === 'held-out' && held === 'test' ? 'test' : style.color;
    return series.steps.length > 0 ? [{ ...style, color, series }] : [];
  });
}

/** A column of the network, or of the train split, at a step; undefined where it is not measured, or no number. */
export function numberAt(run: LabRun, column: string, step: number, split = 'train'): number | undefined {
  const value = valueAt(run.series(split, column), step);
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}

/** As people read it. */
export function worded(value: number | undefined, kind: 'percent' | 'number'): string {
  if (value === undefined || !Number.isFinite(value)) return 'no number';
  return kind === 'percent' ? percentLabel(value) : valueLabel(value);
}

/** When the run memorised and grokked; nothing while it has just begun. */
export function marksOf(run: LabRun): TimeMarks {
  const milestones = run.milestones.value;
  if (milestones === undefined) return { marks: [] };
  const { marks = [], phase } = milestoneMarks(milestones);
  const ended = run.status.value.kind === 'finished';
  // That it has not grokked yet is news only when the run has ended.
  return { marks: marks.filter(({ line }) => line !== false || ended), phase };
}

/** The milestones in half a sentence. */
export function milestoneClause(run: LabRun): string {
  const { memorized_step = null, grokked_step = null } = run.milestones.value ?? {};
  const ended = run.status.value.kind === 'finished';
  const memorised =
    memorized_step === null ? 'not memorised' : `memorised at step ${stepLabel(memorized_step)}`;
  const grokked = grokked_step === null ? 'not grokked' : `grokked at step ${stepLabel(grokked_step)}`;
  return ended || grokked_step !== null ? `${memorised}, ${grokked}` : `${memorised}, ${grokked} yet`;
}
