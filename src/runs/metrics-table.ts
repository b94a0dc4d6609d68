/** metrics.csv as rows: step, split, loss, accuracy, then further columns in the order of their first value. */

import { formatNumber } from './csv.ts';

/** What was measured on one split at one step; a value that is absent or undefined is an empty cell. */
export interface MetricsRow {
  readonly step: number;
  readonly split: string;
  readonly values: Readonly<Record<string, number | undefined>>;
}

/** The columns that every metrics.csv begins with. */
export const fixedColumns: readonly string[] = ['step', 'split', 'loss', 'accuracy'];

const columnName = /^[A-Za-z_][\w./-]*$/;

/** The columns after these rows are added: known ones stay where they are, new ones come at the right. */
export function columnsWith(known: readonly string[], rows: readonly MetricsRow[]): readonly string[] {
  const columns = new Set(known);
  for (const { values } of rows) {
    for (const [name, value] of Object.entries(values)) {
      if (value === undefined) continue;
      if (!columnName.test(name) || name === 'step' || name === 'split') {
        throw new Error(`internal: '${name}' cannot name a column of metrics.csv`);
      }
      columns.add(name);
    }
  }
  return columns.size === known.length ? known : [...columns];
}

/** One line of metrics.csv with its line feed. */
export function formatRow(columns: readonly string[], row: MetricsRow): string {
  if (!Number.isSafeInteger(row.step) || row.step < 0 || !columnName.test(row.split)) {
    throw new Error(`internal: no row of metrics.csv can have step ${row.step} and split '${row.split}'`);
  }
  const cells = columns.map((column) => {
    if (column === 'step') return String(row.step);
    if (column === 'split') return row.split;
    const value = row.values[column];
    return value === undefined ? '' : formatNumber(value);
  });
  return `${cells.join(',')}\n`;
}

/** Adds empty cells at the right of every line until it has the columns asked for; the header gets their names. */
export function widened(text: string, from: readonly string[], to: readonly string[]): string {
  const empty = ','.repeat(to.length - from.length);
  const [, ...rows] = text.split('\n').slice(0, -1);
  return `${[to.join(','), ...rows.map((row) => row + empty)].join('\n')}\n`;
}
