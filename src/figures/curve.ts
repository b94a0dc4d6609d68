/** One curve over training steps, and the ways to name curves: at their ends, or in a legend where that has no room. */
import { line as linePath } from 'd3-shape';
import { spread } from './end-labels.ts';
import type { Meaning } from './palette.ts';
import type { StepAxis } from './step-axis.ts';
import { coordinate, element, escaped, line, stroked } from './svg.ts';
import { textWidth } from './text-width.ts';
import { type Position, thinned } from './thinning.ts';
import type { ValueAxis } from './value-axis.ts';

export interface Curve {
  /** Empty for one of several that another names. */
  readonly name: string;
  /** The last value in words, written behind the name. */
  readonly final?: string;
  readonly color: Meaning;
  readonly dash?: string;
  /** In px. Default 2. */
  readonly width?: number;
  /** In ascending order of step. A value that is not finite interrupts the curve. */
  readonly points: readonly { readonly step: number; readonly value: number }[];
}

const TEXT = 12;
const STROKE = 2;
const ROW = 18;
/** From the end of a curve to its name; the line that connects them fits between. */
export const END_LABEL_OFFSET = 14;
const END_LABEL_SPACING = 16;

const path = linePath<Position>(
  ({ x }) => x,
  ({ y }) => y,
).digits(2);

/** The curve as a polyline, thinned to what can be seen. Points without neighbours are drawn as dots. */
export function drawCurve(curve: Curve, xAxis: StepAxis, yAxis: ValueAxis): string[] {
  const { color, dash, width = STROKE } = curve;
  return finitePieces(curve).map((piece) => {
    const positions = piece.map(({ step, value }) => ({ x: xAxis.position(step), y: yAxis.position(value) }));
    if (positions.length === 1) {
      return element('circle', { cx: positions[0].x, cy: positions[0].y, r: STROKE, class: `fill-${color}` });
    }
    return stroked(path(thinned(positions)) ?? '', { color, width, dash });
  });
}

function finitePieces({ points }: Curve): Curve['points'][number][][] {
  const pieces: Curve['points'][number][][] = [[]];
  for (const point of points) {
    if (Number.isFinite(point.value)) pieces[pieces.length - 1].push(point);
    else pieces.push([]);
  }
  return pieces.filter((piece) => piece.length > 0);
}

function lastFinite({ points }: Curve): Curve['points'][number] | undefined {
  return points.findLast(({ value }) => Number.isFinite(value));
}

/** Room that the name of a curve takes at its end, in px. */
export function endLabelWidth({ name, final }: Curve): number {
  return textWidth(name, TEXT, true) + (final ? textWidth(` ${final}`, TEXT) : 0);
}

function drawName({ name, final, color }: Curve, x: number, y: number): string {
  return element(
    'text',
    { x, y, class: `fill-${color}`, 'font-size': TEXT },
    element('tspan', { 'font-weight': '600' }, escaped(name)),
    final ? escaped(` ${final}`) : '',
  );
}

/** Names at the right of the plot, at the height of the last values and not over each other. */
export function drawEndLabels(
  curves: readonly Curve[],
  xAxis: StepAxis,
  yAxis: ValueAxis,
  right: number,
  top: number,
  bottom: number,
): string[] {
  const named = curves.flatMap((curve) => {
    const end = lastFinite(curve);
    return end && curve.name !== ''
      ? [{ curve, x: xAxis.position(end.step), y: yAxis.position(end.value) }]
      : [];
  });
  const heights = spread(
    named.map(({ y }) => y),
    END_LABEL_SPACING,
    top,
    bottom,
  );
  return named.flatMap(({ curve, x, y }, i) => {
    const height = heights[i];
    const label = drawName(curve, right + END_LABEL_OFFSET, height + 4);
    const far = Math.abs(height - y) > 3 || right - x > 3;
    return far
      ? [line(x + 3, y, right + END_LABEL_OFFSET - 3, height, { color: curve.color }), label]
      : [label];
  });
}

/** Names in rows from (left, y) on, for figures too narrow for names at the line ends. */
export function drawLegend(
  curves: readonly Curve[],
  left: number,
  y: number,
  right: number,
): { height: number; parts: string[] } {
  const parts: string[] = [];
  let x = left;
  let row = 0;
  for (const curve of curves.filter(({ name }) => name !== '')) {
    const width = 20 + endLabelWidth(curve);
    if (x > left && x + width > right) {
      x = left;
      row++;
    }
    const baseline = y + row * ROW;
    const sample = `M${coordinate(x)},${coordinate(baseline - 4)}h15`;
    parts.push(stroked(sample, { color: curve.color, width: STROKE, dash: curve.dash }));
    parts.push(drawName(curve, x + 20, baseline));
    x += width + 14;
  }
  return { height: curves.length > 0 ? (row + 1) * ROW : 0, parts };
}
