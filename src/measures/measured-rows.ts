/** The rows of metrics.csv with everything that an experiment asks to be measured. */

import type { Experiment } from '../config/index.ts';
import { metricsRows } from '../training/metrics-rows.ts';
import type { MetricsRow } from '../training/summary.ts';
import type { Snapshot } from '../training/train.ts';
import { measuresOf, type OpenMeasure, openMeasures } from './index.ts';

/**
 * Prepares the rows of one training: the function returned gives those of an evaluation. What is measured on the network as
 * a whole stands in the row of every split.
 * @throws MeasureRefusal at the first evaluation, where a measure cannot be taken
 */
export function measuredRows(experiment: Experiment): (snapshot: Snapshot) => MetricsRow[] {
  const wanted = measuresOf(experiment).length > 0;
  let open: OpenMeasure | undefined;
  return (snapshot) => {
    const rows = metricsRows(snapshot);
    if (!wanted || rows.length === 0) return rows;
    open ??= openMeasures(snapshot.probe);
    const measured = open.values(snapshot.step);
    return rows.map(({ values, ...row }) => ({ ...row, values: { ...values, ...measured } }));
  };
}
