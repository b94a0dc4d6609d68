/** A table of numbers as aligned text. */

import { lossText } from '../number-words.ts';
import type { NumberTable } from './report.ts';

/** Numbers of four digits at most at the right of their columns, words at the left. */
export function tableText({ title, columns, rows }: NumberTable): string {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'number' ? numberText(cell) : cell)));
  const widths = columns.map((name, i) => Math.max(name.length, ...cells.map((row) => row[i]?.length ?? 0)));
  const right = columns.map((_, i) => rows.every((row) => typeof row[i] === 'number'));
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) => (right[i] ? cell.padStart(widths[i]) : cell.padEnd(widths[i])))
      .join('  ')
      .trimEnd();
  return [title, ...[columns, ...cells].map((row) => `  ${line(row)}`)].join('\n');
}

/** Whole numbers in full, others with a few digits. */
function numberText(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return String(value);
  const size = Math.abs(value);
  return size >= 1e-3 && size < 1e4 ? String(Number(value.toPrecision(4))) : lossText(value);
}
