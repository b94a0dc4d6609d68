/**
 * The effects of comparisons with their intervals, one below the other (Lewis & Clarke 2001, “Forest plots: trying to see the
 * wood and the trees”), against the line of no effect and what the rule asks for.
 */
import type { ComparisonResult } from '../../trials/analysis.ts';
import { boundsOf } from '../../trials/verdict.ts';
import { drawTitle, EDGE, type FigureOptions, figureWidth } from '../line-chart.ts';
import type { Meaning } from '../palette.ts';
import { element, figure, line, stroked, text } from '../svg.ts';
import { fitted, textWidth } from '../text-width.ts';
import { wrapped } from '../wrapped-text.ts';
import { drawEffectAxis, EFFECT_AXIS_HEIGHT, type EffectAxis, effectAxis } from './effect-axis.ts';
import { effectLabel, intervalLabel } from './effect-words.ts';

/** Comparisons in one unit: ratios of times, or differences of one endpoint. */
export interface ForestPlot {
  readonly title: string;
  /** Below the axis, with its unit. */
  readonly axisTitle: string;
  readonly scale: ComparisonResult['scale'];
  readonly rows: readonly ForestRow[];
}

export interface ForestRow {
  readonly result: ComparisonResult;
  /** Of the arm that is compared. */
  readonly color: Meaning;
}

const NARROW = 480;
const RADIUS = 5;
/** By how much bold text may be wider than other text. */
const BOLD = 1.07;
/** A bound farther out than this many times all effects is drawn as an arrow, lest it squeeze the rest. */
const FAR = 4;

/** The colour in which a verdict is written. */
export const verdictColors = { supported: 'grokked', contradicted: 'val', undecided: 'muted' } as const;

/** Effects on this side of it are what the comparison predicts: from and to, infinite at the open end. */
export function predictedRange({ comparison, scale }: ComparisonResult): readonly [number, number] {
  const { expect } = comparison;
  const { low, high } = boundsOf(comparison, scale);
  if (expect === 'same') return [low, high];
  if (expect === 'larger') return [high, Number.POSITIVE_INFINITY];
  return [scale === 'ratio' ? 0 : Number.NEGATIVE_INFINITY, low];
}

/** Draws the comparisons as SVG, in their order. */
export function forestPlot(plot: ForestPlot, options: Omit<FigureOptions, 'xscale'> = {}): string {
  const { theme = 'auto' } = options;
  const { rows, scale } = plot;
  const width = figureWidth(options);
  const narrow = width < NARROW;
  const words = rows.map(({ result }) => effectWords(result));
  const nameRoom = narrow
    ? 0
    : Math.min(width * 0.3, Math.max(...rows.map(({ result }) => nameWidth(result))));
  const wordRoom = narrow ? 0 : Math.max(...words.map((label) => textWidth(label, 12)), 80);
  const left = EDGE + (narrow ? 6 : nameRoom + 14);
  const right = width - EDGE - (narrow ? 6 : wordRoom + 14);
  const none = scale === 'ratio' ? 1 : 0;
  const axis = effectAxis(axisValues(plot, none), scale === 'ratio' ? 'log' : 'linear', left, right);

  const legend = drawLegend(width, narrow);
  const top = 42 + legend.height + 8;
  const rowHeight = narrow ? 66 : 44;
  const bottom = top + rows.length * rowHeight + 6;
  const drawnAxis = drawEffectAxis(axis, left, right, top, bottom, plot.axisTitle);
  const zones = rows.map(({ result }, i) =>
    drawZone(
      result,
      axis,
      left,
      right,
      top + i * rowHeight + (narrow ? 19 : 5),
      narrow ? 26 : rowHeight - 10,
    ),
  );
  const drawn = rows.flatMap(({ result, color }, i) => {
    const y = top + i * rowHeight + (narrow ? 32 : rowHeight / 2);
    const { verdict } = result;
    const verdictText = (x: number, at: number, anchor: 'start' | 'end') =>
      text(x, at, verdict, { color: verdictColors[verdict], bold: true, anchor });
    const labels = narrow
      ? [
          text(EDGE, y - 18, fitted(result.comparison.name, width - 2 * EDGE, 12, true), { bold: true }),
          text(EDGE, y + 27, words[i]),
          verdictText(width - EDGE, y + 27, 'end'),
        ]
      : [
          ...drawName(result.comparison.name, nameRoom, y),
          text(right + 14, y - 3, words[i]),
          verdictText(right + 14, y + 13, 'start'),
        ];
    return [...labels, ...drawEffect(result, axis, color, left, right, y)];
  });
  const at = axis.position(none);
  // On phones words stand between the rows, which no line may cross.
  const noEffect = narrow
    ? rows.map((_, i) =>
        line(at, top + i * rowHeight + 19, at, top + i * rowHeight + 45, { color: 'ink', width: 1.25 }),
      )
    : [line(at, top, at, bottom, { color: 'ink', width: 1.25 })];
  return figure(
    {
      width,
      height: bottom + EFFECT_AXIS_HEIGHT + 4,
      theme,
      title: plot.title,
      description: rows
        .map(({ result }, i) => `${result.comparison.name}: ${words[i]}, ${result.verdict}.`)
        .join(' '),
    },
    drawTitle(plot.title, width),
    ...legend.parts,
    ...zones,
    ...drawnAxis.behind,
    ...noEffect,
    ...drawn,
    ...drawnAxis.front,
  );
}

/** A name beside its row, on up to three lines where one has no room for it. */
function drawName(name: string, room: number, y: number): string[] {
  const [first, second, ...rest] = wrapped(name, room / BOLD, 12);
  const lines = [first, second, rest.join(' ')].filter((words) => words !== undefined && words !== '');
  return lines.map((words, i) =>
    text(EDGE, y + 4 + 14 * (i - (lines.length - 1) / 2), fitted(words, room, 12, true), { bold: true }),
  );
}

function nameWidth({ comparison }: ComparisonResult): number {
  return textWidth(comparison.name, 12, true);
}

function effectWords({ effect, interval, scale }: ComparisonResult): string {
  return `${effectLabel(effect, scale)} (${intervalLabel(interval, scale)})`;
}

/** What the axis must show: no effect, the effects, what the rule asks for, and bounds that are not far out. */
function axisValues({ rows, scale }: ForestPlot, none: number): number[] {
  const needed = [none, ...rows.flatMap(({ result }) => [result.effect, ...predictedRange(result)])].filter(
    (value) => Number.isFinite(value) && (scale === 'difference' || value > 0),
  );
  const [low, high] = [Math.min(...needed), Math.max(...needed)];
  const [lowest, highest] =
    scale === 'ratio'
      ? [low / FAR, high * FAR]
      : [low - FAR * (high - low || 1), high + FAR * (high - low || 1)];
  const bounds = rows.flatMap(({ result: { interval } }) => [interval.low, interval.high]);
  return [...needed, ...bounds.filter((bound) => bound >= lowest && bound <= highest)];
}

/** The effects that the comparison predicts, tinted, with a dashed line where they begin. */
function drawZone(
  result: ComparisonResult,
  axis: EffectAxis,
  left: number,
  right: number,
  y: number,
  height: number,
): string {
  const [from, to] = predictedRange(result);
  const [x0, x1] = [axis.position(from), axis.position(to)];
  const borders = [x0, x1].filter((x) => x > left + 0.5 && x < right - 0.5);
  return [
    element('rect', { x: x0, y, width: x1 - x0, height, class: 'fill-grokked', 'fill-opacity': '0.1' }),
    ...borders.map((x) => line(x, y, x, y + height, { color: 'grokked', width: 1.25, dash: '4 3' })),
  ].join('');
}

/** The interval as a line, with an arrow where it goes on beyond the axis, and the effect as a square. */
function drawEffect(
  { effect, interval }: ComparisonResult,
  axis: EffectAxis,
  color: Meaning,
  left: number,
  right: number,
  y: number,
): string[] {
  const [x0, x1] = [axis.position(interval.low), axis.position(interval.high)];
  const end = (x: number, beyond: boolean, direction: number) =>
    beyond
      ? stroked(`M${x - 5 * direction},${y - 5}L${x},${y}L${x - 5 * direction},${y + 5}`, { color, width: 2 })
      : line(x, y - 5, x, y + 5, { color, width: 2 });
  const x = axis.position(effect);
  return [
    line(x0, y, x1, y, { color, width: 2 }),
    end(Number(x0.toFixed(2)), x0 <= left && !axis.holds(interval.low), -1),
    end(Number(x1.toFixed(2)), x1 >= right && !axis.holds(interval.high), 1),
    Number.isNaN(effect)
      ? ''
      : element('rect', {
          x: x - RADIUS,
          y: y - RADIUS,
          width: 2 * RADIUS,
          height: 2 * RADIUS,
          class: `fill-${color}`,
        }),
  ];
}

function drawLegend(width: number, narrow: boolean): { height: number; parts: string[] } {
  const items: [number, (x: number, y: number) => string, string][] = [
    [16, (x, y) => line(x + 8, y - 11, x + 8, y + 2, { color: 'ink', width: 1.25 }), 'no effect'],
    [
      24,
      (x, y) =>
        element('rect', {
          x,
          y: y - 11,
          width: 18,
          height: 13,
          class: 'fill-grokked',
          'fill-opacity': '0.1',
        }) + line(x, y - 11, x, y + 2, { color: 'grokked', width: 1.25, dash: '4 3' }),
      `what the claim predicts${narrow ? '' : ', from the smallest effect that counts'}`,
    ],
  ];
  const parts: string[] = [];
  let [x, y] = [EDGE, 48];
  for (const [room, draw, words] of items) {
    const needed = room + textWidth(words, 12);
    if (x > EDGE && x + needed > width - EDGE) [x, y] = [EDGE, y + 18];
    parts.push(draw(x, y), text(x + room, y, fitted(words, width - EDGE - x - room, 12), { color: 'muted' }));
    x += needed + 16;
  }
  return { parts, height: y - 30 };
}
