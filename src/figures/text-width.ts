/** How wide text will be, estimated without a font, so that labels can be laid out in Node and browser alike. */

/** Advance widths in em of DejaVu Sans, the widest of the usual interface fonts, by kind of character. */
const ADVANCES: readonly [RegExp, number][] = [
  [/[ijl.,:;'|!·]/, 0.33],
  [/[ ftr()[\]/-]/, 0.4],
  [/[mwMW%@]/, 0.99],
  [/[A-Z×≥→]/, 0.74],
  [/[\u2e80-\uffff]/, 1.0],
];
const USUAL_ADVANCE = 0.62;
/** Semibold is wider by about this factor. */
const BOLD = 1.07;

/** An upper estimate of the width in px of `text` at `size` px. */
export function textWidth(text: string, size: number, bold = false): number {
  const em = [...text].reduce(
    (sum, character) => sum + (ADVANCES.find(([kind]) => kind.test(character))?.[1] ?? USUAL_ADVANCE),
    0,
  );
  return em * size * (bold ? BOLD : 1);
}

/** `text`, cut with an ellipsis so that it takes at most `room` px. */
export function fitted(text: string, room: number, size: number, bold = false): string {
  if (textWidth(text, size, bold) <= room) return text;
  const characters = [...text];
  while (characters.length > 1 && textWidth(`${characters.join('')}…`, size, bold) > room) characters.pop();
  return `${characters.join('').trimEnd()}…`;
}
