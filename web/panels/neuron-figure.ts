/** How many hidden neurons have which frequency, each bar in steps by how much of their power it holds. */

import { heat, heatName } from '../../src/figures/color-scales.ts';
import { EDGE, type FigureOptions, figureWidth } from '../../src/figures/line-chart.ts';
import { stepLabel } from '../../src/figures/number-labels.ts';
import { element, figure, line, text } from '../../src/figures/svg.ts';
import { textWidth } from '../../src/figures/text-width.ts';
import { drawValueAxis, valueAxis } from '../../src/figures/value-axis.ts';
import type { NeuronTable } from '../run/moment.ts';

/** Sharply tuned neurons first: they stand at the foot of a bar. `level` of the scale of amounts, told apart on either paper. */
export const tunings = [
  { from: 0.75, words: '≥ 75%', level: 14 },
  { from: 0.5, words: '50–75%', level: 10 },
  { from: 0.25, words: '25–50%', level: 6 },
  { from: 0, words: '< 25%', level: 3 },
] as const;

/** The first that finds room. */
const titles = [
  'neurons, by the share of their power that the frequency holds',
  'neurons, by its share of their power',
  'neurons',
] as const;

const PLOT = 170;
const TITLE = 24;
const ROW = 18;
const TEXT = 12;

/** The legend's places, and the rows that it takes. */
function legendOf(width: number) {
  let [x, row] = [EDGE, 0];
  const places = tunings.map(({ words }) => {
    const wide = 16 + textWidth(words, TEXT) + 14;
    if (x > EDGE && x + wide > width - EDGE) [x, row] = [EDGE, row + 1];
    const place = { x, row };
    x += wide;
    return place;
  });
  return { places, rows: row + 1 };
}

/** Its height in px at a width. */
export function neuronHeight(asked: number): number {
  return TITLE + legendOf(figureWidth({ width: asked })).rows * ROW + 10 + PLOT + 42;
}

/** [frequency − 1][tuning]: how many neurons; those that are constant have no frequency. */
export function tunedCounts({ order, frequency, share }: NeuronTable): number[][] {
  const counts = Array.from({ length: Math.floor(order / 2) }, () => tunings.map(() => 0));
  for (const [i, k] of frequency.entries()) {
    const tuning = tunings.findIndex(({ from }) => (share[i] as number) >= from);
    const bar = counts[k - 1];
    if (bar !== undefined && tuning >= 0) bar[tuning] = (bar[tuning] as number) + 1;
  }
  return counts;
}

export function neuronFigure(
  neurons: NeuronTable,
  step: number,
  { width: asked = 720, theme = 'auto' }: FigureOptions,
): string {
  const width = figureWidth({ width: asked });
  const counts = tunedCounts(neurons);
  const { places, rows } = legendOf(width);
  const top = TITLE + rows * ROW + 10;
  const bottom = top + PLOT;
  const tallest = Math.max(1, ...counts.map((bar) => bar.reduce((a, b) => a + b, 0)));
  const range = {
    scale: 'linear',
    low: 0,
    high: tallest,
    format: (n: number) => (n % 1 === 0 ? String(n) : ''),
  };
  const axis = valueAxis({ ...range, scale: 'linear' }, bottom, top);
  const left = EDGE + 8 + Math.max(...axis.ticks.map(({ label = '' }) => textWidth(label, TEXT)));
  const slot = (width - EDGE - left) / counts.length;
  const bars = counts.flatMap((bar, i) => {
    let sum = 0;
    return bar.flatMap((count, tuning) => {
      if (count === 0) return [];
      const y = axis.position(sum + count);
      const height = axis.position(sum) - y;
      sum += count;
      const gap = slot > 4 ? 1 : 0;
      const level = tunings[tuning]?.level ?? 0;
      return [
        element('rect', {
          class: `fill-${heatName(level)}`,
          x: left + i * slot,
          y,
          width: slot - gap,
          height,
        }),
      ];
    });
  });
  const spacing = [1, 2, 5, 10, 20, 50].find((size) => size * slot >= 26) ?? 100;
  const numbers = counts.flatMap((_, i) => {
    const k = i + 1;
    if (k !== 1 && k % spacing !== 0) return [];
    if (k === 1 && spacing > 1 && (spacing - 1) * slot < 20) return [];
    const x = left + (i + 0.5) * slot;
    return [
      line(x, bottom, x, bottom + 4, { color: 'axis' }),
      text(x, bottom + 18, String(k), { color: 'muted', anchor: 'middle' }),
    ];
  });
  return figure(
    {
      width,
      height: neuronHeight(asked),
      theme,
      title: `Frequencies of the hidden neurons at step ${stepLabel(step)}`,
      description: `Neurons by frequency: ${barWords(counts)}.`,
      scale: heat,
    },
    text(EDGE, 16, titles.find((words) => textWidth(words, TEXT) <= width - 2 * EDGE) ?? '', {
      color: 'muted',
    }),
    ...tunings.flatMap(({ words, level }, i) => {
      const { x = EDGE, row = 0 } = places[i] ?? {};
      const y = TITLE + row * ROW;
      return [
        element('rect', { class: `fill-${heatName(level)}`, x, y: y + 2, width: 11, height: 11 }),
        element('rect', { class: 'stroke-axis', x, y: y + 2, width: 11, height: 11, 'stroke-width': 1 }),
        text(x + 16, y + 12, words, { color: 'muted' }),
      ];
    }),
    ...drawValueAxis(axis, left, width - EDGE),
    ...bars,
    line(left, bottom, width - EDGE, bottom, { color: 'axis' }),
    ...numbers,
    text(width - EDGE, bottom + 36, 'frequency', { color: 'muted', anchor: 'end' }),
  );
}

/** The bars with the most neurons, in words. */
function barWords(counts: readonly (readonly number[])[]): string {
  const bars = counts
    .map((bar, i) => ({ frequency: i + 1, neurons: bar.reduce((a, b) => a + b, 0), sharp: bar[0] ?? 0 }))
    .filter(({ neurons }) => neurons > 0)
    .sort((a, b) => b.neurons - a.neurons);
  if (bars.length === 0) return 'none has one';
  const words = bars
    .slice(0, 8)
    .map(({ frequency, neurons, sharp }) => `${frequency}: ${neurons}, ${sharp} of them with 75% or more`);
  return `${words.join('; ')}${bars.length > 8 ? `; and ${bars.length - 8} others` : ''}`;
}
