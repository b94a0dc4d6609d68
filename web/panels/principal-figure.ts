/** Principal components of an embedding as a picture: two planes of tokens, and bars of what the components hold. */

import { cycle } from '../../src/figures/color-scales.ts';
import { drawPlane, drawTokenBar } from '../../src/figures/embedding-planes.ts';
import { EDGE, type FigureOptions, figureWidth } from '../../src/figures/line-chart.ts';
import { percentLabel, stepLabel } from '../../src/figures/number-labels.ts';
import { element, figure, line, text } from '../../src/figures/svg.ts';
import type { MomentComponents } from './moment-components.ts';

const GAP = 16;
const TOP = 8;
const CAPTION = 40;
const BARS = 10;
/** Rows below the bars: numbers of components, and two names. */
const BELOW_BARS = 58;
const TOKEN_BAR = 40;

interface Layout {
  readonly width: number;
  readonly columns: number;
  readonly side: number;
  readonly height: number;
}

function layoutOf(asked: number): Layout {
  const width = figureWidth({ width: asked });
  const columns = width < 620 ? 2 : 3;
  const side = Math.min(280, (width - 2 * EDGE - (columns - 1) * GAP) / columns);
  const barRows = columns === 3 ? 0 : 150 + BELOW_BARS + GAP;
  return { width, columns, side, height: TOP + side + CAPTION + TOKEN_BAR + barRows };
}

/** Its height in px at a width. */
export const principalHeight = (width: number): number => layoutOf(width).height;

export function principalFigure(
  { table, components, held, strongest, step }: MomentComponents & { readonly step: number },
  { width: asked = 720, theme = 'auto' }: FigureOptions,
): string {
  const { width, columns, side, height } = layoutOf(asked);
  const { count, scores, shares } = components;
  const planes = [0, 2].flatMap((first, place) => {
    if (first + 1 >= count) return [];
    const x = EDGE + place * (side + GAP);
    const points = Array.from(
      { length: table.rows },
      (_, t) => [scores[t * count + first], scores[t * count + first + 1]] as const,
    );
    const below = TOP + side + 17;
    return [
      ...drawPlane({ points }, x, TOP, side),
      text(x, below, `components ${first + 1}, ${first + 2}`, { bold: true }),
      text(x, below + 16, `${percentLabel(shares[first] + shares[first + 1])} of the variance`, {
        color: 'muted',
      }),
    ];
  });
  const tokenBar = TOP + side + CAPTION;
  const bars =
    columns === 3
      ? drawBars(EDGE + 2 * (side + GAP), TOP, side, side - 20)
      : drawBars(EDGE, tokenBar + TOKEN_BAR + GAP, width - 2 * EDGE, 150);
  return figure(
    {
      width,
      height,
      theme,
      title: `Principal components of ${table.name} at step ${stepLabel(step)}`,
      description: `Tokens on components 1 and 2, which hold ${percentLabel(shares[0] + (shares[1] ?? 0))} of the variance, and 3 and 4. By component: ${barWords()}.`,
      scale: cycle,
    },
    ...planes,
    ...drawTokenBar(table.rows, tokenBar, Math.min(260, width - 2 * EDGE)),
    ...bars,
  );

  function barWords(): string {
    return Array.from(
      { length: Math.min(BARS, count) },
      (_, c) =>
        `${c + 1}: ${percentLabel(shares[c])} of the variance, ${percentLabel(held[c])} of the frequency`,
    ).join('; ');
  }

  function drawBars(x: number, y: number, wide: number, tall: number): string[] {
    const shown = Math.min(BARS, count);
    const most = Math.max(...shares.subarray(0, shown), ...held.subarray(0, shown));
    const slot = wide / shown;
    const bar = Math.max(2, slot / 2 - 2);
    const bottom = y + tall;
    const heightOf = (share: number) =>
      Number.isFinite(most) && most > 0 ? (share / most) * (tall - 16) : 0;
    const parts = Array.from({ length: shown }, (_, c) => c).flatMap((c) => {
      const left = x + c * slot + 1;
      const [variance, frequency] = [heightOf(shares[c]), heightOf(held[c])];
      return [
        element('rect', { class: 'fill-axis', x: left, y: bottom - variance, width: bar, height: variance }),
        element('rect', {
          class: 'fill-frequencya',
          x: left + bar,
          y: bottom - frequency,
          width: bar,
          height: frequency,
        }),
        text(left + bar, bottom + 15, String(c + 1), { color: 'muted', anchor: 'middle', size: 11 }),
      ];
    });
    const swatch = (row: number, color: 'axis' | 'frequencya', words: string) => [
      element('rect', { class: `fill-${color}`, x, y: bottom + 22 + row * 16, width: 10, height: 10 }),
      text(x + 15, bottom + 31 + row * 16, words, { color: 'muted' }),
    ];
    return [
      ...parts,
      line(x, bottom, x + wide, bottom, { color: 'axis' }),
      text(x, y + 10, percentLabel(most), { color: 'muted', size: 11 }),
      ...swatch(0, 'axis', 'share of the variance'),
      ...swatch(1, 'frequencya', `share of k = ${strongest.frequency}`),
    ];
  }
}
