/** The curves of the same training on random labels, beside the measures that a chart has nulls for. */

import { percentLabel, valueLabel } from '../../src/figures/number-labels.ts';
import { randomLabelsOf } from '../nulls/random-labels-null.ts';
import type { LabRun } from '../run/lab-run.ts';
import { valueAt } from '../run/series.ts';
import type { Curve } from './curves.ts';
import type { NullPlan } from './null-levels.ts';

/** Those that were measured, in the colours of their curves. Reads signals. */
export function nullCurves(run: LabRun, nulls: readonly NullPlan[]): Curve[] {
  const measured = randomLabelsOf(run).value;
  if (measured === undefined) return [];
  return nulls.flatMap(({ column, name, color }) => {
    if (column === undefined) return [];
    const series = measured.series(column);
    const words = name.replace('untrained', 'random labels');
    return series.steps.length === 0 ? [] : [{ column, name: words, color, dash: [1.5, 3], series }];
  });
}

/** What they are at a step, in half a sentence; empty where there are none. */
export function nullWords(
  run: LabRun,
  nulls: readonly NullPlan[],
  step: number,
  kind: 'percent' | 'number',
): string {
  const values = nullCurves(run, nulls).flatMap(({ name, series }) => {
    const value = valueAt(series, step);
    if (value === undefined || !Number.isFinite(value)) return [];
    const of = name.replace(/^random labels(, )?/, '');
    return [`${of} ${kind === 'percent' ? percentLabel(value) : valueLabel(value)}`.trim()];
  });
  return values.length === 0 ? '' : ` Trained on random labels: ${values.join(', ')}.`;
}
