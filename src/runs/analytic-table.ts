/** The tables of analytic/ as text; needs nothing of Node, so that a page can write them too. */

import { formatNumber } from './csv.ts';

/** A table of numbers. */
export interface AnalyticTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly number[])[];
}

/** The text of metrics.csv and frequencies.csv in analytic/. */
export function analyticCsv({ columns, rows }: AnalyticTable): string {
  return `${[columns.join(','), ...rows.map((row) => row.map(formatNumber).join(','))].join('\n')}\n`;
}
