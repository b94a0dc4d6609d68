/** A horizontal axis of any quantity, linear or logarithmic, with ticks below the plot. */
import { scaleLinear, scaleLog } from 'd3-scale';
import { powerLabel, valueLabel } from '../number-labels.ts';
import { logTicks, type Tick } from '../step-axis.ts';
import { line, text } from '../svg.ts';
import { textWidth } from '../text-width.ts';
import type { ValueRange } from '../value-axis.ts';

export interface HorizontalAxis {
  /** Where a value is, in px; on a log axis what is not above 0 lies at the left edge. */
  readonly position: (value: number) => number;
  readonly ticks: readonly Tick[];
}

const TICK_ROOM = 54;

/** An axis from `left` to `right` px. */
export function horizontalAxis(range: ValueRange, left: number, right: number): HorizontalAxis {
  const { low, high, format = valueLabel } = range;
  if (range.scale === 'linear') {
    const linear = scaleLinear([low, high], [left, right]);
    const ticks = linear.ticks(Math.max(2, Math.floor((right - left) / TICK_ROOM)));
    return { position: linear, ticks: ticks.map((value) => ({ at: linear(value), label: format(value) })) };
  }
  const log = scaleLog([low, high], [left, right]);
  const asPowers = low < 0.0009 || high > 99_999;
  const ticks = logTicks(low, high, right - left).map(({ value, labelled }) => {
    const exponent = Math.round(Math.log10(value));
    const power = asPowers && Math.abs(value / 10 ** exponent - 1) < 1e-6;
    return {
      at: log(value),
      label: labelled ? (power ? powerLabel(exponent) : valueLabel(value)) : undefined,
    };
  });
  return { position: (value) => (value > 0 ? log(value) : left), ticks };
}

/** A label may stand out of the plot by this much: less than the margin of a figure. */
const OVERHANG = 10;

/** Where a label is centred so that it stays in the figure. */
function centred(at: number, label: string, right: number): number {
  return Math.min(at, right + OVERHANG - textWidth(label, 11) / 2);
}

/** Height of what is drawn below the plot. */
export const HORIZONTAL_AXIS_HEIGHT = 40;

/** The axis at height `y` with its title below the right end. */
export function drawHorizontalAxis(
  axis: HorizontalAxis,
  left: number,
  right: number,
  y: number,
  title: string,
): string[] {
  const ticks = axis.ticks.map(({ at, label }) => line(at, y, at, y + (label ? 5 : 3), { color: 'axis' }));
  const labels = axis.ticks.flatMap(({ at, label }) =>
    label
      ? text(centred(at, label, right), y + 17, label, { color: 'muted', anchor: 'middle', size: 11 })
      : [],
  );
  return [
    line(left, y, right, y, { color: 'axis' }),
    ...ticks,
    ...labels,
    text(right, y + 33, title, { color: 'muted', anchor: 'end' }),
  ];
}
