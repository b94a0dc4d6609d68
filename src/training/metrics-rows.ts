/** One evaluation as rows of metrics.csv: what figures and summaries are made of. */

import type { MetricsRow } from './summary.ts';
import type { Snapshot } from './train.ts';

/**
 * One row per split, `weight_norm` in each, `reward` and `laplacian_penalty` where the run has them; none for a snapshot that
 * is no evaluation.
 */
export function metricsRows({
  step,
  metrics,
  weightNorm,
  penalty,
}: Pick<Snapshot, 'step' | 'metrics' | 'weightNorm'> & Partial<Pick<Snapshot, 'penalty'>>): MetricsRow[] {
  return Object.entries(metrics ?? {}).map(([split, { loss, accuracy, softmax_collapse, reward }]) => ({
    step,
    split,
    values: {
      loss,
      accuracy,
      softmax_collapse,
      weight_norm: weightNorm,
      // Absent, not empty, where the run has none.
      ...(reward === undefined ? {} : { reward }),
      ...(penalty === undefined ? {} : { laplacian_penalty: penalty }),
    },
  }));
}
