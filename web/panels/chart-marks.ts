/** What happened when, drawn into a chart over time: the phase between memorising and grokking, dashed lines and their names. */

import type uPlot from 'uplot';
import { arrangeFlags, FLAG_GAP, flagExtent } from '../../src/figures/flags.ts';
import { type Meaning, type Paper, palette } from '../../src/figures/palette.ts';
import { textWidth } from '../../src/figures/text-width.ts';

export interface TimeMark {
  readonly step: number;
  readonly label: string;
  readonly color: Meaning;
  /** False for a remark about the end of the run. Default true. */
  readonly line?: boolean;
}

export interface TimeMarks {
  readonly marks: readonly TimeMark[];
  /** Steps between which the background is tinted. */
  readonly phase?: readonly [from: number, to: number] | undefined;
}

const ROW = 16;

/** Room above the plot for the names, in px: as many rows as names, so that nothing moves when one is arranged anew. */
export function marksHeight({ marks }: TimeMarks): number {
  return ROW * marks.length;
}

/** The tint, before the curves are drawn. */
export function drawBehind(u: uPlot, { phase }: TimeMarks, paper: Paper): void {
  if (phase === undefined) return;
  const { left, top, width, height } = u.bbox;
  const clamp = (x: number) => Math.min(left + width, Math.max(left, x));
  const [from, to] = phase.map((step) => clamp(u.valToPos(step, 'x', true)));
  u.ctx.fillStyle = palette[paper].phase;
  u.ctx.fillRect(from, top, to - from, height);
}

/** Lines over the plot and names above it, after the curves are drawn. */
export function drawMarks(u: uPlot, { marks }: TimeMarks, paper: Paper, font: string): void {
  const { ctx, bbox } = u;
  const ratio = devicePixelRatio;
  const [left, top, right, bottom] = [bbox.left, bbox.top, bbox.left + bbox.width, bbox.top + bbox.height];
  const shown = marks.flatMap((mark) => {
    const x = mark.line === false ? right : u.valToPos(mark.step, 'x', true);
    return x >= left - 1 && x <= right + 1 ? [{ mark, x }] : [];
  });
  const requests = shown.map(({ mark, x }) => ({
    x: x / ratio,
    width: textWidth(mark.label, 12, true),
    line: mark.line !== false,
  }));
  const flags = arrangeFlags(requests, 0, right / ratio);
  ctx.save();
  ctx.font = `600 ${font.replace('12px', `${12 * ratio}px`)}`;
  ctx.textBaseline = 'alphabetic';
  for (const [i, { mark, x }] of shown.entries()) {
    const names = top - ROW * marks.length * ratio;
    const y = names + flags[i].row * ROW * ratio;
    const [from, to] = flagExtent(requests[i], flags[i].side, FLAG_GAP);
    const color = palette[paper][mark.color];
    ctx.fillStyle = color;
    ctx.textAlign = flags[i].side === 'right' ? 'left' : 'right';
    ctx.fillText(mark.label, (flags[i].side === 'right' ? from : to) * ratio, y + 10 * ratio);
    if (mark.line === false) continue;
    ctx.strokeStyle = color;
    ctx.lineWidth = 1.25 * ratio;
    ctx.setLineDash([4 * ratio, 3 * ratio]);
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.lineTo(x, bottom);
    ctx.stroke();
  }
  ctx.restore();
}
