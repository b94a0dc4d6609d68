/** The vertical axis: a linear or logarithmic scale of measured values with ticks and grid lines. */
import { scaleLinear, scaleLog } from 'd3-scale';
import { powerLabel, valueLabel } from './number-labels.ts';
import { logTicks, type Tick } from './step-axis.ts';
import { line, text } from './svg.ts';

export interface ValueRange {
  readonly scale: 'linear' | 'log';
  readonly low: number;
  readonly high: number;
  /** How a tick of a linear axis is written. */
  readonly format?: (value: number) => string;
}

export interface ValueAxis {
  /** Where a value is, in px; on a log axis what is not above the range lies on its lower edge. */
  readonly position: (value: number) => number;
  readonly ticks: readonly Tick[];
}

const TICK_ROOM = 42;

/** What is smaller counts as 0: no measurement is, and scales of such numbers lose all digits. */
const SMALLEST = 1e-300;

/**
 * The range that shows all values, finite ones only, with a little air. On a log scale values ≤ 0 (a loss that collapsed
 * to exactly 0) do not count; without any positive value the range is 0.1 to 1.
 */
export function rangeOf(values: readonly number[], scale: 'linear' | 'log'): ValueRange {
  const usable = values.filter((value) => Number.isFinite(value) && (scale === 'linear' || value > SMALLEST));
  const low = usable.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = usable.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  if (usable.length === 0) return scale === 'log' ? { scale, low: 0.1, high: 1 } : { scale, low: 0, high: 1 };
  if (scale === 'log') {
    // The difference of logarithms, because the quotient of the ends may overflow.
    const air = Math.max(10 ** (0.04 * (Math.log10(high) - Math.log10(low))), 1.15);
    return { scale, low: Math.max(low / air, SMALLEST), high: Math.min(high * air, Number.MAX_VALUE) };
  }
  const size = Math.max(Math.abs(low), Math.abs(high));
  // A range narrower than this against its values would be rounding noise blown up to a curve.
  const constant = high - low <= 1e-9 * size || size < SMALLEST;
  const air = constant ? (size < SMALLEST ? 0.5 : 0.05 * size) : 0.05 * (high - low);
  return { scale, low: low - air, high: high + air };
}

/** An axis from `bottom` up to `top` px. */
export function valueAxis(range: ValueRange, bottom: number, top: number): ValueAxis {
  const { low, high, format = valueLabel } = range;
  if (range.scale === 'linear') {
    const linear = scaleLinear([low, high], [bottom, top]);
    const ticks = linear.ticks(Math.max(3, Math.round((bottom - top) / TICK_ROOM)));
    return { position: linear, ticks: ticks.map((value) => ({ at: linear(value), label: format(value) })) };
  }
  const log = scaleLog([low, high], [bottom, top]);
  const asPowers = low < 0.0009 || high > 99_999;
  const ticks = logTicks(low, high, (bottom - top) * 1.7).map(({ value, labelled }) => ({
    at: log(value),
    label: labelled ? decadeLabel(value, asPowers) : undefined,
  }));
  return { position: (value) => (value > low ? log(value) : bottom), ticks };
}

function decadeLabel(value: number, asPower: boolean): string {
  const exponent = Math.round(Math.log10(value));
  return asPower && Math.abs(value / 10 ** exponent - 1) < 1e-6 ? powerLabel(exponent) : valueLabel(value);
}

/** Grid lines from `left` to `right` and the labels to the left of them. */
export function drawValueAxis(axis: ValueAxis, left: number, right: number): string[] {
  return axis.ticks.flatMap(({ at, label }) =>
    label
      ? [
          line(left, at, right, at, { color: 'grid' }),
          text(left - 8, at + 4, label, { color: 'muted', anchor: 'end' }),
        ]
      : [line(left - 4, at, left, at, { color: 'grid' })],
  );
}
