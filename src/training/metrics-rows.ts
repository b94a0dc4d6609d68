/** One evaluation as rows of metrics.csv: what figures and summaries are made of. */

import type { MetricsRow } from './summary.ts';
import type { Snapshot } from './train.ts';

/** One row per split, `weight_norm` in each, `reward` where the task has one; none for a snapshot that is no evaluation. */
export function metricsRows({
  step,
  metrics,
  weightNorm,
}: Pick<Snapshot, 'step' | 'metrics' | 'weightNorm'>): MetricsRow[] {
  return Object.entries(metrics ?? {}).map(([split, { loss, accuracy, softmax_collapse, reward }]) => {
    const values = { loss, accuracy, softmax_collapse, weight_norm: weightNorm };
    return { step, split, values: reward === undefined ? values : { ...values, reward } };
  });
}
