/** A plot of layers over two axes: curves, dots, arrows and words at places in the units of the axes. */
import { coordinate, element, escaped, text } from '../svg.ts';
import { fitted, textWidth } from '../text-width.ts';
import { drawValueAxis, type ValueRange, valueAxis } from '../value-axis.ts';
import { clipped, type Place, type Rectangle } from './clip.ts';
import { drawHorizontalAxis, HORIZONTAL_AXIS_HEIGHT, horizontalAxis } from './horizontal-axis.ts';
import { simplified } from './simplify.ts';

/** `color` names one of the palette or of the figure's scale. */
export type Layer =
  | {
      readonly kind: 'curve';
      readonly points: readonly Place[];
      readonly color: string;
      readonly width?: number;
      readonly dash?: string;
    }
  | {
      readonly kind: 'dot';
      readonly at: Place;
      readonly color: string;
      readonly hollow?: boolean;
      readonly small?: boolean;
    }
  | { readonly kind: 'arrow'; readonly from: Place; readonly to: Place; readonly color: string }
  | {
      readonly kind: 'words';
      readonly at: Place;
      readonly words: string;
      readonly color: string;
      readonly anchor?: 'start' | 'middle' | 'end';
      /** In px from `at`. */
      readonly offset?: Place;
    };

export interface Plot {
  readonly title: string;
  readonly x: ValueRange;
  readonly y: ValueRange;
  readonly xTitle: string;
  readonly layers: readonly Layer[];
  /** Height over width of the plot's area. Default 0.62; `true` scales both axes alike. */
  readonly aspect?: number | true;
}

const TITLE_HEIGHT = 22;
const LABEL_ROOM = 8;

function tickWidth({ y }: Plot): number {
  // Taller plots label more values; which height it will be depends on this width.
  const labels = [150, 300, 450].flatMap((height) => valueAxis(y, height, 0).ticks);
  return Math.max(...labels.map(({ label = '' }) => textWidth(label, 12)));
}

function areaHeight(plot: Plot, areaWidth: number): number {
  const { aspect = 0.62, x, y } = plot;
  return Math.round(areaWidth * (aspect === true ? (y.high - y.low) / (x.high - x.low) : aspect));
}

/** Height in px of a plot of a width, with its title and axis. */
export function plotHeight(plot: Plot, width: number): number {
  return TITLE_HEIGHT + areaHeight(plot, width - tickWidth(plot) - LABEL_ROOM) + HORIZONTAL_AXIS_HEIGHT;
}

/** Draws a plot with its top left corner at (left, top). */
export function drawPlot(plot: Plot, left: number, top: number, width: number): string[] {
  const areaLeft = left + tickWidth(plot) + LABEL_ROOM;
  const right = left + width;
  const areaTop = top + TITLE_HEIGHT;
  const bottom = areaTop + areaHeight(plot, right - areaLeft);
  const box = { left: areaLeft, right, top: areaTop, bottom };
  const xAxis = horizontalAxis(plot.x, areaLeft, right);
  const yAxis = valueAxis(plot.y, bottom, areaTop);
  // What is not finite must stay so: it interrupts a curve, where an axis would put it on its edge.
  const place = ([x, y]: Place): Place => [
    Number.isFinite(x) ? xAxis.position(x) : Number.NaN,
    Number.isFinite(y) ? yAxis.position(y) : Number.NaN,
  ];
  return [
    text(left, top + 12, fitted(plot.title, width, 12), { color: 'muted' }),
    ...drawValueAxis(yAxis, areaLeft, right),
    ...drawHorizontalAxis(xAxis, areaLeft, right, bottom, plot.xTitle),
    ...plot.layers.flatMap((layer) => drawLayer(layer, place, box)),
  ];
}

/** Draws a layer, given where values are. */
export function drawLayer(layer: Layer, place: (value: Place) => Place, box: Rectangle): string[] {
  const { color } = layer;
  if (layer.kind === 'curve') {
    return clipped(layer.points.map(place), box).map((piece) =>
      element('path', {
        d: pathOf(piece),
        class: `stroke-${color}`,
        'stroke-width': layer.width ?? 2,
        'stroke-dasharray': layer.dash,
      }),
    );
  }
  if (layer.kind === 'dot') {
    const [cx, cy] = place(layer.at);
    if (!isInside([cx, cy], box)) return [];
    const look = layer.hollow
      ? { class: `stroke-${color}`, 'stroke-width': 1.75, r: 3.5 }
      : { class: `fill-${color}`, r: layer.small ? 2.2 : 3.5 };
    return [element('circle', { cx, cy, ...look })];
  }
  if (layer.kind === 'arrow') return drawArrow(place(layer.from), place(layer.to), color);
  const [x, y] = place(layer.at);
  const [dx, dy] = layer.offset ?? [0, 0];
  const { anchor = 'start' } = layer;
  const attributes = {
    x: x + dx,
    y: y + dy,
    class: `fill-${color}`,
    'font-size': 12,
    'text-anchor': anchor === 'start' ? undefined : anchor,
  };
  return [element('text', attributes, escaped(layer.words))];
}

function isInside([x, y]: Place, box: Rectangle): boolean {
  return x >= box.left - 1 && x <= box.right + 1 && y >= box.top - 1 && y <= box.bottom + 1;
}

/** A curve may leave its points by this many px: less than can be seen. */
const CLOSE = 0.15;

function pathOf(points: readonly Place[]): string {
  const kept = simplified(points, CLOSE);
  return `M${kept.map(([x, y]) => `${coordinate(x)},${coordinate(y)}`).join('L')}`;
}

const HEAD = 7;

function drawArrow([x0, y0]: Place, [x1, y1]: Place, color: string): string[] {
  const length = Math.hypot(x1 - x0, y1 - y0);
  if (length < 1) return [];
  const [ux, uy] = [(x1 - x0) / length, (y1 - y0) / length];
  const [bx, by] = [x1 - HEAD * ux, y1 - HEAD * uy];
  const side = (sign: number): Place => [bx - sign * 0.42 * HEAD * uy, by + sign * 0.42 * HEAD * ux];
  const head = [[x1, y1] as Place, side(1), side(-1)];
  return [
    element('path', {
      d: pathOf([
        [x0, y0],
        [bx, by],
      ]),
      class: `stroke-${color}`,
      'stroke-width': 2,
    }),
    element('path', { d: `${pathOf(head)}Z`, class: `fill-${color}` }),
  ];
}
