/** summary.json: what a run came to, from its rows; needs nothing of Node, so that a page writes the same. */

import type { Experiment } from '../config/index.ts';
import type { DivergenceError } from '../training/divergence.ts';
import { findMilestones, type MilestoneOptions, type Milestones } from '../training/milestones.ts';
import { accuracyCurvesOf, type RunSummary, summarize } from '../training/summary.ts';
import type { MetricsRow } from './metrics-table.ts';

/** summary.json: what `grokscope evaluate` prints, what it was measured by, and how the run ended. */
export interface RecordedSummary extends RunSummary {
  readonly unconfirmed_step: number | null;
  readonly memorized_censored: boolean;
  readonly grokked_censored: boolean;
  readonly last_step: number | null;
  readonly milestones: Experiment['milestones'];
  readonly run_id: string;
  readonly status: 'finished' | 'diverged';
  /** The step that was not finite, and what became so first. */
  readonly diverged?: { readonly step: number; readonly quantity: string };
}

/** The summary of a run that ended, by `divergence` or else as it should. */
export function recordedSummary(
  rows: readonly MetricsRow[],
  experiment: Experiment,
  runId: string,
  divergence?: Pick<DivergenceError, 'step' | 'quantity'>,
): RecordedSummary {
  const options = milestoneOptions(experiment.milestones);
  const found: Milestones = findMilestones(accuracyCurvesOf(rows), options);
  return {
    ...summarize(rows, options),
    unconfirmed_step: found.unconfirmed_step,
    memorized_censored: found.memorized_censored,
    grokked_censored: found.grokked_censored,
    last_step: found.last_step,
    milestones: experiment.milestones,
    run_id: runId,
    ...(divergence === undefined
      ? { status: 'finished' }
      : { status: 'diverged', diverged: { step: divergence.step, quantity: divergence.quantity } }),
  };
}

/** The thresholds of a configuration as the milestones take them. */
export function milestoneOptions(milestones: Experiment['milestones']): Required<MilestoneOptions> {
  return {
    memorizeThreshold: milestones.memorize_threshold,
    grokThreshold: milestones.grok_threshold,
    grokPatience: milestones.grok_patience,
  };
}

/** A value as the JSON files of a run hold it. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
