/** Level lines of a chart over time, behind its curves. */

import type uPlot from 'uplot';
import { type Paper, palette } from '../../src/figures/palette.ts';
import type { Level } from './null-levels.ts';

export function drawLevels(u: uPlot, levels: readonly Level[], paper: Paper): void {
  const { ctx, bbox } = u;
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.lineWidth = 1.5 * ratio;
  for (const { value, color, dash } of levels) {
    const y = u.valToPos(value, 'y', true);
    ctx.strokeStyle = palette[paper][color];
    ctx.setLineDash(dash.map((length) => length * ratio));
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
  }
  ctx.restore();
}
