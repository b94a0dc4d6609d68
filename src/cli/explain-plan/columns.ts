/** Rows of text in columns that fit a terminal of 80: the first gives way, numbers stand at the right. */

/** Characters of a line. */
export const WIDTH = 80;

/** `1.94 G`, `60.2 M`, `384`: three digits and a decimal prefix. */
export function quantity(value: number): string {
  const scales: readonly (readonly [number, string])[] = [
    [1e12, 'T'],
    [1e9, 'G'],
    [1e6, 'M'],
    [1e3, 'k'],
  ];
  for (const [scale, prefix] of scales) {
    // What would be rounded up to four digits belongs to the next prefix.
    if (value < 0.9995 * scale) continue;
    const scaled = value / scale;
    const digits = scaled < 9.995 ? 2 : scaled < 99.95 ? 1 : 0;
    return `${scaled.toFixed(digits)} ${prefix}`;
  }
  return String(Math.round(value));
}

/** The text in so many characters: filled up, or shortened in the middle. */
export function fitted(text: string, width: number): string {
  if (text.length <= width) return text.padEnd(width);
  const kept = width - 1;
  const head = Math.ceil(kept / 2);
  return `${text.slice(0, head)}…${text.slice(text.length - (kept - head))}`;
}

/** A line: the first cell over what is left of the width, the others at the right of columns of their widths. */
export function line(
  first: string,
  others: readonly (readonly [text: string, width: number])[],
  indent = 2,
): string {
  const right = others.map(([text, width]) => text.padStart(width)).join('');
  return `${' '.repeat(indent)}${fitted(first, WIDTH - indent - right.length)}${right}`;
}

const PLAIN: Readonly<Record<string, string>> = {
  '·': '*',
  '×': 'x',
  '−': '-',
  '…': '~',
  '→': '->',
  Σ: 'sum',
  '–': '-',
};

/** Without characters beyond ASCII; columns may shift by a little. */
export function toAscii(text: string): string {
  return text.replace(/[^\n -~]/g, (character) => PLAIN[character] ?? '?');
}
