/** The axis of training steps, linear or logarithmic, with its ticks. */
import { scaleLinear, scaleLog } from 'd3-scale';
import { siLabel } from './number-labels.ts';
import { line, stroked, text } from './svg.ts';

export type StepScale = 'linear' | 'log';

export interface Tick {
  readonly at: number;
  /** Absent for a minor tick. */
  readonly label?: string;
}

export interface StepAxis {
  /** Where a step is, in px. */
  readonly position: (step: number) => number;
  readonly ticks: readonly Tick[];
  /** Between step 0 and the first step on a log axis, where the axis is interrupted. */
  readonly interruption?: number;
}

/** Room of a tick label, in px. */
const LABEL_ROOM = 56;
/** Width of the piece of a log axis that is set apart for step 0, in px. */
const ZERO_ROOM = 26;

/**
 * An axis from `left` to `right` px over the steps given (≥ 0, any order). Linear axes start at 0. Log axes start at the
 * first step ≥ 1; step 0 has no logarithm and is drawn at the left edge, behind an interruption of the axis.
 */
export function stepAxis(steps: readonly number[], scale: StepScale, left: number, right: number): StepAxis {
  const last = steps.reduce((a, b) => Math.max(a, b), 1);
  if (scale === 'linear') {
    const linear = scaleLinear([0, last], [left, right]);
    const ticks = linear
      .ticks(Math.max(2, Math.floor((right - left) / LABEL_ROOM / 1.3)))
      .filter(Number.isInteger);
    return { position: linear, ticks: ticks.map((step) => ({ at: linear(step), label: siLabel(step) })) };
  }
  const hasZero = steps.some((step) => step < 1);
  const positive = steps.filter((step) => step >= 1).reduce((a, b) => Math.min(a, b), last);
  // A single step would be a scale of no extent.
  const first = positive < last ? positive : last / 10;
  const start = hasZero ? left + ZERO_ROOM : left;
  const log = scaleLog([first, last], [start, right]);
  const ticks = logTicks(first, last, right - start)
    .filter(({ value }) => Number.isInteger(value))
    .map(({ value, labelled }) => ({ at: log(value), label: labelled ? siLabel(value) : undefined }));
  return {
    position: (step) => (step < 1 ? left : log(step)),
    ticks: hasZero ? [{ at: left, label: '0' }, ...ticks] : ticks,
    interruption: hasZero ? left + ZERO_ROOM / 2 : undefined,
  };
}

/** Powers of ten, with multiples of them where there is room, the others minor; below a factor of 4 round numbers. */
export function logTicks(first: number, last: number, room: number): { value: number; labelled: boolean }[] {
  if (last / first < 4) {
    const values = scaleLinear()
      .domain([first, last])
      .ticks(Math.max(2, Math.floor(room / LABEL_ROOM / 1.3)));
    return values.map((value) => ({ value, labelled: true }));
  }
  const decades = Math.log10(last) - Math.log10(first);
  const decadeRoom = room / decades;
  const labelled =
    decadeRoom > 6 * LABEL_ROOM ? [1, 2, 3, 5, 7] : decadeRoom > 3.4 * LABEL_ROOM ? [1, 2, 5] : [1];
  const everyDecade = Math.max(1, Math.ceil(LABEL_ROOM / 1.6 / decadeRoom));
  const ticks: { value: number; labelled: boolean }[] = [];
  for (let exponent = Math.floor(Math.log10(first)); exponent <= Math.ceil(Math.log10(last)); exponent++) {
    for (let multiple = 1; multiple < 10; multiple++) {
      // Dividing keeps 0.001 exact where 10 ** -3 need not be.
      const value = exponent < 0 ? multiple / 10 ** -exponent : multiple * 10 ** exponent;
      if (value < first * (1 - 1e-9) || value > last * (1 + 1e-9)) continue;
      const isLabelled = labelled.includes(multiple) && (multiple > 1 || exponent % everyDecade === 0);
      if (isLabelled || everyDecade === 1) ticks.push({ value, labelled: isLabelled });
    }
  }
  return ticks;
}

/** The drawn axis at height `y`, its title below the right end. */
export function drawStepAxis(
  axis: StepAxis,
  left: number,
  right: number,
  y: number,
  title: string,
): string[] {
  const { interruption } = axis;
  const baseline =
    interruption === undefined
      ? [line(left, y, right, y, { color: 'axis' })]
      : [
          line(left, y, interruption - 2, y, { color: 'axis' }),
          line(interruption + 2, y, right, y, { color: 'axis' }),
          ...[-2, 2].map((dx) =>
            stroked(`M${interruption + dx - 1.5},${y + 4}L${interruption + dx + 1.5},${y - 4}`, {
              color: 'axis',
            }),
          ),
        ];
  const ticks = axis.ticks.map(({ at, label }) => line(at, y, at, y + (label ? 6 : 3), { color: 'axis' }));
  const labels = axis.ticks.flatMap(({ at, label }) =>
    label ? text(at, y + 19, label, { color: 'muted', anchor: 'middle' }) : [],
  );
  return [...baseline, ...ticks, ...labels, text(right, y + 38, title, { color: 'muted', anchor: 'end' })];
}
