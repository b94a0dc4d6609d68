/** The values of every run, a row for each arm and a dot for each seed; a line leads from a seed to itself in the next row. */
import { drawTitle, EDGE, type FigureOptions, figureWidth } from '../line-chart.ts';
import { element, figure, line, text } from '../svg.ts';
import { fitted, textWidth } from '../text-width.ts';
import { drawEffectAxis, EFFECT_AXIS_HEIGHT, effectAxis } from './effect-axis.ts';
import { numberLabel } from './effect-words.ts';
import type { ArmStyle } from './trial-report.ts';

export interface PairStrips {
  readonly title: string;
  readonly axisTitle: string;
  readonly rows: readonly StripRow[];
}

export interface StripRow {
  readonly name: string;
  readonly style: ArmStyle;
  readonly dots: readonly StripDot[];
}

export interface StripDot {
  readonly seed: number;
  readonly value: number;
  /** False for a bound: an open dot. */
  readonly observed: boolean;
}

const NARROW = 480;
/** Dots of a row are set apart in height by at most this, so that equal ones can be told apart. */
const SPREAD = 8;

/** The plain median; null without values. */
export function medianOf(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** Draws the rows as SVG; null without any value. */
export function pairStrips(strips: PairStrips, options: Omit<FigureOptions, 'xscale'> = {}): string | null {
  const { theme = 'auto' } = options;
  const { rows, title, axisTitle } = strips;
  const values = rows.flatMap(({ dots }) => dots.map(({ value }) => value));
  if (values.length === 0) return null;
  const width = figureWidth(options);
  const narrow = width < NARROW;
  const nameRoom = narrow
    ? 0
    : Math.min(width * 0.28, Math.max(...rows.map(({ name }) => textWidth(name, 12, true))));
  const left = EDGE + (narrow ? 6 : nameRoom + 14);
  const right = width - EDGE - 8;
  const axis = effectAxis(values, 'linear', left, right);
  const top = 44;
  const rowHeight = narrow ? 54 : 46;
  const bottom = top + rows.length * rowHeight + 4;
  const heightOf = (row: number, seed: number) =>
    top + row * rowHeight + (narrow ? 34 : rowHeight / 2) + SPREAD * offsetOf(seed);
  const drawnAxis = drawEffectAxis(axis, left, right, top, bottom, axisTitle);

  const pairs = rows.slice(1).flatMap(({ dots }, i) =>
    dots.flatMap(({ seed, value }) => {
      const before = rows[i].dots.find((dot) => dot.seed === seed);
      if (before === undefined) return [];
      return line(
        axis.position(before.value),
        heightOf(i, seed),
        axis.position(value),
        heightOf(i + 1, seed),
        {
          color: 'axis',
          width: 0.5,
        },
      );
    }),
  );
  const drawn = rows.flatMap(({ name, style, dots }, row) => {
    const y = heightOf(row, 0) - SPREAD * offsetOf(0);
    const median = medianOf(dots.map(({ value }) => value));
    const label = narrow
      ? text(EDGE, y - 20, fitted(name, width - 2 * EDGE, 12, true), { color: style.color, bold: true })
      : text(EDGE, y + 4, fitted(name, nameRoom, 12, true), { color: style.color, bold: true });
    return [
      label,
      median === null
        ? ''
        : line(axis.position(median), y - 14, axis.position(median), y + 14, { color: 'ink', width: 3 }),
      ...dots.map(({ seed, value, observed }) => {
        const place = { cx: axis.position(value), cy: heightOf(row, seed), r: 3.5 };
        return observed
          ? element('circle', { ...place, class: `fill-${style.color}`, 'fill-opacity': '0.8' })
          : element('circle', { ...place, class: `stroke-${style.color}`, 'stroke-width': 1.5 });
      }),
    ];
  });
  const zero = axis.holds(0)
    ? [line(axis.position(0), top, axis.position(0), bottom, { color: 'ink', width: 1.25 })]
    : [];
  const words = rows.map(({ name, dots }) => {
    const median = medianOf(dots.map(({ value }) => value));
    return `${name}: ${median === null ? 'no values' : `median ${numberLabel(median)} of ${dots.length}`}.`;
  });
  return figure(
    { width, height: bottom + EFFECT_AXIS_HEIGHT + 4, theme, title, description: words.join(' ') },
    drawTitle(title, width),
    ...drawnAxis.behind,
    ...zero,
    ...pairs,
    ...drawn,
    ...drawnAxis.front,
  );
}

/** Between −1 and 1, evenly spread over any run of seeds: multiples of the golden ratio. */
function offsetOf(seed: number): number {
  return 2 * ((seed * 0.6180339887498949) % 1) - 1;
}
