/** One evaluation as rows of metrics.csv: what figures and summaries are made of. */

import type { MetricsRow } from './summary.ts';
import type { Snapshot } from './train.ts';

/** One row per split, `weight_norm` in each; none for a snapshot that is no evaluation. */
export function metricsRows({
  step,
  metrics,
  weightNorm,
}: Pick<Snapshot, 'step' | 'metrics' | 'weightNorm'>): MetricsRow[] {
  return Object.entries(metrics ?? {}).map(([split, { loss, accuracy, softmax_collapse, reward }]) => ({
    step,
    split,
    values: {
      loss,
      accuracy,
      softmax_collapse,
      ...(reward !== undefined && { reward }),
      weight_norm: weightNorm,
    },
  }));
}
