/** What the figures of one run have in common: its splits as curves, its milestones as marks and in words. */

import { findMilestones, type MilestoneOptions, type Milestones } from '../training/milestones.ts';
import { accuracyCurvesOf, type MetricsRow, seriesOf } from '../training/summary.ts';
import type { Curve } from './curve.ts';
import type { LineChart } from './line-chart.ts';
import type { Mark } from './mark.ts';
import { stepLabel } from './number-labels.ts';

/** A run to be drawn. */
export interface RunMetrics {
  readonly name: string;
  readonly rows: readonly MetricsRow[];
}

/** The milestones of a run's accuracies; all null when it has none. */
export function milestonesOf(run: RunMetrics, options: MilestoneOptions = {}): Milestones {
  return findMilestones(accuracyCurvesOf(run.rows), options);
}

/** One curve per split that has numbers in the column; `describe` words the last value. */
export function splitCurves(run: RunMetrics, column: string, describe: (value: number) => string): Curve[] {
  const hasTest = run.rows.some(({ split }) => split === 'test');
  const styles = [
    { split: 'train', name: 'train', color: 'train' },
    { split: 'val', name: hasTest ? 'validation' : 'held-out', color: 'val' },
    { split: 'test', name: 'test', color: 'test', dash: '7 3' },
  ] as const;
  return styles.flatMap(({ split, ...style }) => {
    const points = seriesOf(run.rows, split, column);
    if (points.length === 0) return [];
    const final = points[points.length - 1].value;
    return [{ ...style, points, final: Number.isFinite(final) ? describe(final) : undefined }];
  });
}

/** Marks for what happened, a remark for what did not, and the phase between memorising and grokking. */
export function milestoneMarks(milestones: Milestones): Pick<LineChart, 'marks' | 'phase'> {
  const { memorized_step, first_crossing_step, grokked_step, unconfirmed_step, last_step } = milestones;
  const marks: Mark[] = [];
  if (memorized_step !== null) {
    marks.push({ step: memorized_step, label: `memorised ${stepLabel(memorized_step)}`, color: 'memorized' });
  }
  if (first_crossing_step !== null && first_crossing_step !== (grokked_step ?? unconfirmed_step)) {
    const label = `first crossing ${stepLabel(first_crossing_step)}`;
    marks.push({ step: first_crossing_step, label, color: 'muted', dash: '1.5 3' });
  }
  if (grokked_step !== null) {
    marks.push({ step: grokked_step, label: `grokked ${stepLabel(grokked_step)}`, color: 'grokked' });
  } else if (last_step !== null) {
    const label =
      unconfirmed_step === null
        ? `not grokked by ${stepLabel(last_step)}`
        : `unconfirmed since ${stepLabel(unconfirmed_step)}`;
    marks.push({ step: last_step, label, color: 'muted', line: false });
  }
  const phaseEnd = grokked_step ?? last_step;
  const hasPhase = memorized_step !== null && phaseEnd !== null && phaseEnd > memorized_step;
  return { marks, phase: hasPhase ? [memorized_step, phaseEnd] : undefined };
}

/** The milestones as a sentence or two, for descriptions. */
export function milestoneWords(milestones: Milestones): string {
  const { memorized_step, grokked_step, delay, last_step } = milestones;
  if (last_step === null) return 'No accuracies were recorded.';
  const memorized =
    memorized_step === null
      ? `Not memorised by step ${stepLabel(last_step)}`
      : `Memorised at step ${stepLabel(memorized_step)}`;
  const grokked =
    grokked_step === null
      ? `not grokked by step ${stepLabel(last_step)}`
      : `grokked at step ${stepLabel(grokked_step)}${delay === null ? '' : `, a delay of ${stepLabel(delay)} steps`}`;
  return `${memorized}; ${grokked}.`;
}
