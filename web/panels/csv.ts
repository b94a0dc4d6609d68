/** Numbers of a picture as comma-separated text (RFC 4180), each in the shortest form that reads back as the same number. */

export type CsvCell = number | string | undefined;

/** A header line and the rows; what is undefined is an empty cell. */
export function csvOf(header: readonly string[], rows: Iterable<readonly CsvCell[]>): string {
  const lines = [header.map(cell).join(',')];
  for (const row of rows) lines.push(row.map(cell).join(','));
  return `${lines.join('\n')}\n`;
}

function cell(value: CsvCell): string {
  if (value === undefined) return '';
  const text = String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
