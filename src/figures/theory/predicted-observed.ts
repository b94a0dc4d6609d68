/** Predicted against observed times to grok, on logarithmic axes: a point for every run, a cross of intervals for every condition. */

import { scaleLog } from 'd3-scale';
import type { Condition } from '../../theory/isolated/prediction.ts';
import { drawTitle, EDGE, type FigureOptions, figureWidth } from '../line-chart.ts';
import { siLabel, valueLabel } from '../number-labels.ts';
import { logTicks } from '../step-axis.ts';
import { element, figure, line, text } from '../svg.ts';
import { paragraph } from '../wrapped-text.ts';
import { decayName } from './decay-colors.ts';

/** A run that grokked in simulation and in reality. */
export interface PredictedRun {
  readonly ridge: number;
  readonly predicted: number;
  readonly observed: number;
}

/** Null without a run in which both grokked. */
export function predictedObserved(
  {
    name,
    runs,
    conditions,
    words,
  }: {
    readonly name: string;
    readonly runs: readonly PredictedRun[];
    readonly conditions: readonly Condition[];
    /** How well they agree. */
    readonly words: string;
  },
  options: Omit<FigureOptions, 'xscale'> = {},
): string | null {
  if (runs.length === 0) return null;
  const { theme = 'auto' } = options;
  const width = figureWidth(options);
  const subtitle = paragraph(EDGE, 48, words, width - 2 * EDGE, { color: 'muted' });
  const left = EDGE + 48;
  const right = width - EDGE - 6;
  const decays = [...new Set(runs.map(({ ridge }) => ridge))].sort((a, b) => b - a);
  const colorOf = (ridge: number) => decayName(decays.indexOf(ridge));
  const legendAt = 48 + subtitle.height + 8;
  const top = legendAt + 32;
  const bottom = top + Math.min(440, right - left);
  const values = runs.flatMap(({ predicted, observed }) => [predicted, observed]);
  const range: [number, number] = [Math.min(...values) / 1.3, Math.max(...values) * 1.3];
  const x = scaleLog(range, [left, right]);
  const y = scaleLog(range, [bottom, top]);
  const inside = (value: number) => Math.min(range[1], Math.max(range[0], value));
  const ticks = logTicks(range[0], range[1], right - left).filter(({ labelled }) => labelled);
  const shown = conditions.filter(({ observed }) => Number.isFinite(observed.mean));
  return figure(
    {
      width,
      height: bottom + 48,
      theme,
      title: `${name}: when does it grok?`,
      description: words,
    },
    drawTitle(`${name}: when does it grok?`, width),
    ...subtitle.parts,
    ...decays.flatMap((ridge, i) => [
      element('circle', { cx: EDGE + 6 + i * 96, cy: legendAt - 4, r: 5, class: `fill-${colorOf(ridge)}` }),
      text(EDGE + 16 + i * 96, legendAt, `λ ${valueLabel(ridge)}`, { color: colorOf(ridge), bold: true }),
    ]),
    ...ticks.flatMap(({ value }) => [
      line(left, y(value), right, y(value), { color: 'grid' }),
      line(x(value), top, x(value), bottom, { color: 'grid' }),
      text(left - 8, y(value) + 4, siLabel(value), { color: 'muted', anchor: 'end' }),
      text(x(value), bottom + 19, siLabel(value), { color: 'muted', anchor: 'middle' }),
    ]),
    line(x(range[0]), y(range[0]), x(range[1]), y(range[1]), { color: 'muted', dash: '4 3' }),
    line(left, bottom, right, bottom, { color: 'axis' }),
    ...runs.map(({ ridge, predicted, observed }) =>
      element('circle', { cx: x(predicted), cy: y(observed), r: 2.5, class: `fill-${colorOf(ridge)}` }),
    ),
    ...shown.flatMap(({ ridge, predicted, observed }) => {
      const color = colorOf(ridge);
      const [cx, cy] = [x(predicted.mean), y(observed.mean)];
      const bars =
        observed.count > 1
          ? [
              line(cx, y(inside(observed.low)), cx, y(inside(observed.high)), { color, width: 1.5 }),
              line(x(inside(predicted.low)), cy, x(inside(predicted.high)), cy, { color, width: 1.5 }),
            ]
          : [];
      return [...bars, element('circle', { cx, cy, r: 5, class: `fill-${color}` })];
    }),
    text(EDGE, top - 10, 'observed steps', { color: 'muted' }),
    text(right, bottom + 38, 'predicted steps, from the simulation alone', { color: 'muted', anchor: 'end' }),
  );
}
