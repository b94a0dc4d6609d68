/** metrics.csv of a run trained here: byte for byte what the command line writes. */

import type { MetricsRow } from 'grokscope';
import { columnsWith, fixedColumns, formatRow } from '../../src/runs/metrics-table.ts';

/** The file's text. A column that comes late stands at the right, with empty cells before. */
export function metricsCsv(rows: readonly MetricsRow[]): string {
  const columns = columnsWith(fixedColumns, rows);
  return [`${columns.join(',')}\n`, ...rows.map((row) => formatRow(columns, row))].join('');
}
