/** One evaluation as rows of metrics.csv: what figures and summaries are made of. */

import type { MetricsRow } from './summary.ts';
import type { Snapshot } from './train.ts';

/**
 * One row per split, `weight_norm` in each, `reward` where the task has one, `laplacian_penalty` where the run has one; none
 * for a snapshot that is no evaluation.
 */
export function metricsRows({
  step,
  metrics,
  weightNorm,
  penalty,
}: Pick<Snapshot, 'step' | 'metrics' | 'weightNorm'> & Partial<Pick<Snapshot, 'penalty'>>): MetricsRow[] {
  return Object.entries(metrics ?? {}).map(([split, { loss, accuracy, softmax_collapse, reward }]) => {
    const values = { loss, accuracy, softmax_collapse, weight_norm: weightNorm };
    // Absent, not empty, where the run has none.
    const more = {
      ...(reward === undefined ? {} : { reward }),
      ...(penalty === undefined ? {} : { laplacian_penalty: penalty }),
    };
    return { step, split, values: { ...values, ...more } };
  });
}
