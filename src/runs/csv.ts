/** Comma-separated text: lines, cells, and numbers that survive being written and read. */

/**
 * The shortest decimal that reads back as exactly this f64 (ECMA-262 Number::toString, which Python's float() and
 * every CSV reader understand); besides `nan`, `inf`, `-inf` and `-0`.
 */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (value === Number.POSITIVE_INFINITY) return 'inf';
  if (value === Number.NEGATIVE_INFINITY) return '-inf';
  return Object.is(value, -0) ? '-0' : String(value);
}

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const special: Readonly<Record<string, number>> = {
  nan: Number.NaN,
  inf: Number.POSITIVE_INFINITY,
  infinity: Number.POSITIVE_INFINITY,
};

/** The number a cell spells, in the spelling of formatNumber, Python or JavaScript; undefined when it spells none. */
export function parseNumber(cell: string): number | undefined {
  const text = cell.trim();
  if (decimal.test(text)) return Number(text);
  const [, sign, word] = /^([+-]?)([a-z]+)$/i.exec(text) ?? ['', '', ''];
  const value = special[word.toLowerCase()];
  return value !== undefined && sign === '-' ? -value : value;
}

/** The cells of one line; a cell in double quotes may hold commas, and quotes doubled (RFC 4180). */
export function splitCells(line: string): string[] {
  if (!line.includes('"')) return line.split(',');
  const cells: string[] = [];
  let position = 0;
  while (position <= line.length) {
    const quoted = /^"((?:[^"]|"")*)"(?=,|$)/.exec(line.slice(position));
    if (quoted) {
      cells.push(quoted[1].replaceAll('""', '"'));
      position += quoted[0].length + 1;
    } else {
      const comma = line.indexOf(',', position);
      const end = comma === -1 ? line.length : comma;
      cells.push(line.slice(position, end));
      position = end + 1;
    }
  }
  return cells;
}

/** The lines that are ended by a line feed, and what follows the last of them ('' when nothing does). */
export function splitLines(text: string): { lines: string[]; tail: string } {
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  const tail = lines.pop() ?? '';
  return { lines: lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line)), tail };
}
