/** The rows of a metrics.csv as evaluations, as a training that is forked hands them on. */

import type { Experiment, MeasuredValues, MetricsRow } from 'grokscope';
import { MilestoneTracker } from '../../src/training/milestones.ts';
import type { History } from './forkable-run.ts';
import type { Moment } from './moment.ts';

/** What is known beside the rows. */
export interface Beside {
  /** Ascending by step. */
  readonly moments: readonly Moment[];
  /** What was measured beside, by step and column. */
  readonly measured: ReadonlyMap<number, MeasuredValues>;
}

/** @param rows ascending by step */
export function historyOf(
  rows: readonly MetricsRow[],
  { milestones: { memorize_threshold, grok_threshold, grok_patience } }: Pick<Experiment, 'milestones'>,
  { moments, measured }: Beside,
): History {
  const tracker = new MilestoneTracker({
    memorizeThreshold: memorize_threshold,
    grokThreshold: grok_threshold,
    grokPatience: grok_patience,
  });
  const momentAt = new Map(moments.map((moment) => [moment.step, moment]));
  const byStep = new Map<number, MetricsRow[]>();
  for (const row of rows) byStep.set(row.step, [...(byStep.get(row.step) ?? []), row]);
  return [...byStep].map(([step, ofStep]) => {
    const accuracies = Object.fromEntries(ofStep.map(({ split, values }) => [split, values.accuracy]));
    tracker.observe(step, accuracies);
    const moment = momentAt.get(step);
    return {
      rows: ofStep,
      extra: measured.get(step) ?? {},
      milestones: tracker.state,
      ...(moment !== undefined && { moment }),
    };
  });
}
