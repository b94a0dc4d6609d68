// How the time of a step grows: curves over p, width or threads, both axes logarithmic, one panel beside the other.

import { programNamed } from './colors.mjs';

/**
 * @typedef {object} GrowthCurve
 * @property {string} program
 * @property {{ x: number, value: number }[]} points ascending in x
 */
/** @typedef {{ title: string, xTitle: string, curves: GrowthCurve[] }} GrowthPanel */

const WIDTH = 720;
const EDGE = 14;
const PLOT = 220;
const PANEL_TITLE = 62;
const LEGEND_ROW = 18;
const INSET = 12;
const TICKS_ROOM = 40;

/**
 * The figure as SVG.
 * @param {{ title: string, yTitle: string, panels: readonly GrowthPanel[] }} chart
 * @param {import('../grokscope.mjs').Drawing} drawing
 */
export function growthFigure({ title, yTitle, panels }, drawing) {
  const { figure, text, line, element, stroked, coordinate, valueAxis, rangeOf, valueLabel } = drawing;
  const used = [...new Set(panels.flatMap(({ curves }) => curves.map(({ program }) => program)))];
  const legend = drawLegend(used, drawing);
  const top = PANEL_TITLE + legend.height + 46;
  const bottom = top + PLOT;
  const width = (WIDTH - 2 * EDGE - (panels.length - 1) * EDGE) / panels.length;
  const parts = panels.flatMap((panel, i) => {
    const from = EDGE + i * (width + EDGE);
    const [left, right] = [from + TICKS_ROOM, from + width];
    const points = panel.curves.flatMap(({ points }) => points);
    const values = points.map(({ value }) => value);
    const yAxis = valueAxis(rangeOf(values, 'log'), bottom, top);
    const xs = [...new Set(points.map(({ x }) => x))].sort((a, b) => a - b);
    const span = Math.log2((xs[xs.length - 1] ?? 1) / (xs[0] ?? 1)) || 1;
    const xOf = (/** @type {number} */ x) =>
      left + INSET + ((right - left - 2 * INSET) * Math.log2(x / (xs[0] ?? 1))) / span;
    const grid = yAxis.ticks.flatMap(({ at, label }) =>
      label
        ? [
            line(left, at, right, at, { color: 'grid' }),
            text(left - 6, at + 4, label, { color: 'muted', anchor: 'end' }),
          ]
        : [],
    );
    const ticks = xs.flatMap((x) => [
      line(xOf(x), bottom, xOf(x), bottom + 5, { color: 'axis' }),
      text(xOf(x), bottom + 19, valueLabel(x), { color: 'muted', anchor: 'middle' }),
    ]);
    const curves = panel.curves.flatMap(({ program, points }) => {
      const { color, dash } = programNamed(program);
      const d = points
        .map(
          ({ x, value }, at) => `${at ? 'L' : 'M'}${coordinate(xOf(x))},${coordinate(yAxis.position(value))}`,
        )
        .join('');
      const dots = points.map(({ x, value }) =>
        element('circle', { cx: xOf(x), cy: yAxis.position(value), r: 3, class: `fill-${color}` }),
      );
      return [stroked(d, { color, width: 2, dash }), ...dots];
    });
    return [
      text(from, top - 12, panel.title, { bold: true }),
      ...grid,
      line(left, bottom, right, bottom, { color: 'axis' }),
      ...ticks,
      ...curves,
      text(right, bottom + 38, panel.xTitle, { color: 'muted', anchor: 'end' }),
    ];
  });
  const description = panels
    .flatMap((panel) =>
      panel.curves.map(
        ({ program, points }) =>
          `${panel.title}, ${programNamed(program).short}: ${points.map(({ x, value }) => `${valueLabel(value)} at ${x}`).join(', ')}.`,
      ),
    )
    .join(' ');
  return figure(
    { width: WIDTH, height: bottom + 50, theme: 'auto', title, description },
    text(EDGE, 27, title, { size: 15, bold: true }),
    text(EDGE, 46, yTitle, { color: 'muted' }),
    ...legend.parts,
    ...parts,
  );
}

/**
 * @param {readonly string[]} used
 * @param {import('../grokscope.mjs').Drawing} drawing
 */
function drawLegend(used, { stroked, text, textWidth, coordinate }) {
  let [x, y] = [EDGE, PANEL_TITLE + 6];
  const parts = used.flatMap((program) => {
    const { short, color, dash } = programNamed(program);
    const width = 26 + textWidth(short, 12, true);
    if (x > EDGE && x + width > WIDTH - EDGE) [x, y] = [EDGE, y + LEGEND_ROW];
    const sample = stroked(`M${coordinate(x)},${coordinate(y - 4)}h20`, { color, width: 2, dash });
    const name = text(x + 26, y, short, { color, bold: true });
    x += width + 16;
    return [sample, name];
  });
  return { parts, height: y - PANEL_TITLE };
}
