/** Where a training stands, as one line: rewritten in place in a terminal, or one after the other in a pipe. */

import type { Colors } from 'picocolors/types.js';
import type { SplitsMetrics } from '../../training/trainer.ts';
import { clockText, countText, lossText, rateText, shareText, UNKNOWN } from '../number-words.ts';

export interface Progress {
  readonly step: number;
  readonly totalSteps: number;
  /** Steps per second; NaN while nobody knows. */
  readonly rate: number;
  /** Of the last evaluation. */
  readonly metrics: SplitsMetrics | undefined;
}

export type Paint = Pick<Colors, 'blue' | 'yellow' | 'green' | 'dim' | 'bold'>;

interface Field {
  readonly text: string;
  readonly paint?: (text: string) => string;
  /** Fields of higher rank are the first to go where there is no room. */
  readonly rank: number;
}

const GAP = '  ';
const BAR_LEAST = 6;
const BAR_MOST = 24;

/** At most `columns` − 1 characters, so that no terminal wraps it; its fields keep their width from line to line. */
export function liveLine(progress: Progress, columns: number, paint: Paint, ascii: boolean): string {
  const room = columns - 1;
  let fields = fieldsOf(progress, paint);
  while (fields.length > 1 && widthOf(fields) > room) {
    const last = Math.max(...fields.map(({ rank }) => rank));
    fields = fields.filter(({ rank }) => rank !== last);
  }
  const [first, ...rest] = fields.map(({ text, paint: color = (plain) => plain }) => color(text));
  const barWidth = Math.min(BAR_MOST, room - widthOf(fields) - GAP.length);
  if (barWidth >= BAR_LEAST) return [first, bar(progress, barWidth, paint, ascii), ...rest].join(GAP);
  return widthOf(fields) > room ? fields[0].text.slice(0, Math.max(room, 0)) : [first, ...rest].join(GAP);
}

/** The same for a pipe: every field that is known, without colour. */
export function plainLine(progress: Progress): string {
  const { step, totalSteps } = progress;
  const known = fieldsOf(progress)
    .slice(1)
    .filter(({ text }) => !text.includes(UNKNOWN));
  const texts = known.map(({ text }) => text.trim().replace(/ +/g, ' '));
  return [`step ${step}/${totalSteps}`, ...texts].join(GAP);
}

function fieldsOf(progress: Progress, paint?: Paint): Field[] {
  const { step, totalSteps, rate, metrics } = progress;
  const total = countText(totalSteps);
  const heldOut = metrics?.test ?? metrics?.val;
  return [
    { text: `${countText(step).padStart(total.length)}/${total}`, rank: 0 },
    { text: `train ${shareText(metrics?.train.accuracy).padStart(7)}`, paint: paint?.blue, rank: 2 },
    { text: `held-out ${shareText(heldOut?.accuracy).padStart(7)}`, paint: paint?.yellow, rank: 1 },
    { text: `loss ${lossText(metrics?.train.loss).padEnd(7)}`, rank: 4 },
    { text: `${rateText(rate).padStart(4)}${paint ? '/s' : ' steps/s'}`, paint: paint?.dim, rank: 5 },
    { text: `${clockText((totalSteps - step) / rate).padStart(4)} left`, rank: 3 },
  ];
}

function widthOf(fields: readonly Field[]): number {
  return fields.reduce((width, { text }) => width + text.length, GAP.length * (fields.length - 1));
}

function bar({ step, totalSteps }: Progress, width: number, paint: Paint, ascii: boolean): string {
  const share = totalSteps > 0 ? Math.min(1, step / totalSteps) : 1;
  const done = Math.round(share * width);
  const [full, empty] = ascii ? ['#', '.'] : ['━', '─'];
  return paint.green(full.repeat(done)) + paint.dim(empty.repeat(width - done));
}
