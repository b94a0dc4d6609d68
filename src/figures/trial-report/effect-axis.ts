/** A horizontal axis of effects or values, with grid lines through the rows above it. */
import { scaleLinear, scaleLog } from 'd3-scale';
import { logTicks, type Tick } from '../step-axis.ts';
import { line, text } from '../svg.ts';
import { numberLabel } from './effect-words.ts';

export interface EffectAxis {
  /** Where a value is, in px; what lies beyond the axis, or at infinity, is at its end. */
  readonly position: (value: number) => number;
  /** Whether the value lies on the axis. */
  readonly holds: (value: number) => boolean;
  readonly ticks: readonly Tick[];
}

const LABEL_ROOM = 70;
/** From the lowest row to the baseline of the title, in px. */
export const EFFECT_AXIS_HEIGHT = 44;

/**
 * An axis from `left` to `right` px that shows all values given, finite ones only, with a little air. On a log scale only
 * values above 0 count.
 */
export function effectAxis(
  values: readonly number[],
  scale: 'linear' | 'log',
  left: number,
  right: number,
): EffectAxis {
  const usable = values.filter((value) => Number.isFinite(value) && (scale === 'linear' || value > 0));
  const low = usable.reduce((a, b) => Math.min(a, b), usable[0] ?? (scale === 'log' ? 0.5 : 0));
  const high = usable.reduce((a, b) => Math.max(a, b), usable[0] ?? (scale === 'log' ? 2 : 1));
  if (scale === 'log') {
    const air = Math.max(1.12, (high / low) ** 0.06);
    const [first, last] = [low / air, high * air];
    const log = scaleLog([first, last], [left, right]);
    const ticks = logTicks(first, last, right - left).map(({ value, labelled }) => ({
      at: log(value),
      label: labelled ? numberLabel(Number(value.toPrecision(6))) : undefined,
    }));
    return {
      position: (value) => onAxis(value, log, first, last),
      holds: (value) => value >= first && value <= last,
      ticks,
    };
  }
  const air = high > low ? 0.06 * (high - low) : Math.max(0.5, Math.abs(high) * 0.1);
  const [first, last] = [low - air, high + air];
  const linear = scaleLinear([first, last], [left, right]);
  const ticks = linear.ticks(Math.max(2, Math.floor((right - left) / LABEL_ROOM)));
  return {
    position: (value) => onAxis(value, linear, first, last),
    holds: (value) => value >= first && value <= last,
    ticks: ticks.map((value) => ({ at: linear(value), label: numberLabel(Number(value.toPrecision(6))) })),
  };
}

/** Values are held before they are scaled, because infinity has no place on a scale; NaN lies at the left end. */
function onAxis(value: number, scale: (value: number) => number, first: number, last: number): number {
  return scale(value > first ? Math.min(value, last) : first);
}

/** The axis at height `bottom`, with grid lines up to `top` and its title below. */
export function drawEffectAxis(
  { ticks }: EffectAxis,
  left: number,
  right: number,
  top: number,
  bottom: number,
  title: string,
): { behind: string[]; front: string[] } {
  const labelled = ticks.filter(({ label }) => label !== undefined);
  return {
    behind: labelled.map(({ at }) => line(at, top, at, bottom, { color: 'grid' })),
    front: [
      line(left, bottom, right, bottom, { color: 'axis' }),
      ...ticks.map(({ at, label }) => line(at, bottom, at, bottom + (label ? 6 : 3), { color: 'axis' })),
      ...labelled.map(({ at, label = '' }) =>
        text(at, bottom + 19, label, { color: 'muted', anchor: 'middle' }),
      ),
      text(right, bottom + 37, title, { color: 'muted', anchor: 'end' }),
    ],
  };
}
