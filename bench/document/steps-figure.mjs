// The time of a step, ours and the peers', task by task: medians as dots on a logarithmic axis, their spread as lines.

import { works } from '../peers/works.mjs';
import { median } from '../statistics.mjs';
import { standings } from '../targets.mjs';
import { programNamed } from './colors.mjs';

/** @typedef {import('../peers/contest.mjs').Standing} Standing */

const WIDTH = 720;
const EDGE = 14;
const ROW = 19;
const BLOCK_TITLE = 24;
const NAMES = 168;
const VALUES = 136;
/** Of VALUES, for the time itself; the rest is for the factor. */
const MS = 78;
const TOP = 62;
const RADIUS = 4.5;
const TITLE = 'Time of a training step';

/**
 * The figure as SVG.
 * @param {import('../targets.mjs').Results} results
 * @param {import('../grokscope.mjs').Drawing} drawing
 */
export function stepsFigure(results, drawing) {
  const { figure, text, line, element, valueAxis, rangeOf, valueLabel } = drawing;
  const found = standings(results, 'peers');
  const blocks = works
    .map((work) => ({ work, rows: found.filter((standing) => standing.work === work.name) }))
    .filter(({ rows }) => rows.length > 0);
  const [left, right] = [EDGE + NAMES, WIDTH - EDGE - VALUES];
  // An axis made for heights serves for widths: its low end is the left one.
  const axis = valueAxis(
    rangeOf(
      found.map(({ step_ms }) => median(step_ms)),
      'log',
    ),
    left,
    right,
  );
  const parts = [];
  let y = TOP;
  for (const { work, rows } of blocks) {
    parts.push(text(EDGE, y + 16, work.title, { bold: true }));
    y += BLOCK_TITLE;
    const own = rows.find(({ contestant }) => contestant === 'node24') ?? rows.find(({ ours }) => ours);
    for (const standing of [...rows].sort((a, b) => median(a.step_ms) - median(b.step_ms))) {
      const { short, color } = programNamed(standing.contestant);
      const value = median(standing.step_ms);
      const [x, middle] = [axis.position(value), y + ROW / 2];
      const [low, high] = [Math.min(...standing.step_ms), Math.max(...standing.step_ms)].map((ms) =>
        Math.min(right, Math.max(left, axis.position(ms))),
      );
      const factor = own && !standing.ours ? times(value / median(own.step_ms)) : '';
      parts.push(
        text(left - 10, middle + 4, short, { color, anchor: 'end', bold: standing.ours }),
        line(left, middle, right, middle, { color: 'grid' }),
        line(low, middle, high, middle, { color, width: 2 }),
        element('circle', { cx: x, cy: middle, r: RADIUS, class: `fill-${color}` }),
        text(right + MS, middle + 4, `${valueLabel(value)} ms`, { bold: standing.ours, anchor: 'end' }),
        text(WIDTH - EDGE, middle + 4, factor, { color: 'muted', anchor: 'end' }),
      );
      y += ROW;
    }
    y += 6;
  }
  const ticks = axis.ticks.flatMap(({ at, label }) => [
    line(at, y, at, y + (label ? 6 : 3), { color: 'axis' }),
    ...(label ? [text(at, y + 19, label, { color: 'muted', anchor: 'middle' })] : []),
  ]);
  const description = blocks
    .map(({ work, rows }) => {
      const shown = rows.map(({ title, step_ms }) => `${title} ${valueLabel(median(step_ms))} ms`);
      return `${work.title}: ${shown.join(', ')}.`;
    })
    .join(' ');
  return figure(
    { width: WIDTH, height: y + 48, theme: 'auto', title: TITLE, description },
    text(EDGE, 27, TITLE, { size: 15, bold: true }),
    text(EDGE, 48, `Median and range of the turns; × is how much longer than grokscope on Node 24.`, {
      color: 'muted',
    }),
    ...parts,
    line(left, y, right, y, { color: 'axis' }),
    ...ticks,
    text(right, y + 38, 'ms per step (log scale)', { color: 'muted', anchor: 'end' }),
  );
}

/** @param {number} factor */
function times(factor) {
  return `${factor < 9.95 ? factor.toFixed(1) : Math.round(factor)} ×`;
}
