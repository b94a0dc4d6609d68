/** Three axes seen from the side (axonometric projection), with a triangle of the plane through equal intercepts, and curves. */
import { coordinate, element, text } from '../svg.ts';
import type { Place } from './clip.ts';
import type { Panel } from './panel-grid.ts';
import { drawLayer, type Layer } from './plot.ts';

export type SpacePoint = readonly [number, number, number];

/** A layer in space. */
export type SpaceLayer =
  | { readonly kind: 'curve'; readonly points: readonly SpacePoint[]; readonly color: string }
  | { readonly kind: 'dot'; readonly at: SpacePoint; readonly color: string; readonly hollow?: boolean }
  | {
      readonly kind: 'words';
      readonly at: SpacePoint;
      readonly words: string;
      readonly color: string;
      readonly offset?: Place;
    };

export interface Space {
  readonly title: string;
  readonly axes: readonly [string, string, string];
  /** The triangle with corners at this height of each axis. */
  readonly intercept: number;
  readonly layers: readonly SpaceLayer[];
}

/** From where one looks: turned about the third axis, and from above. Neither along the plane nor straight upon it. */
const [TURN, RISE] = [(20 * Math.PI) / 180, (22 * Math.PI) / 180];

/** Right and up, in the units of the axes. */
function seen([x, y, z]: SpacePoint): Place {
  const [cos, sin] = [Math.cos(TURN), Math.sin(TURN)];
  const right = -sin * x + cos * y;
  const towards = cos * x + sin * y;
  return [right, Math.cos(RISE) * z - Math.sin(RISE) * towards];
}

const TITLE_HEIGHT = 22;
const AIR = 22;

/** Draws the space to its own scale. */
export function spacePanel(space: Space): Panel {
  const reach = 1.12 * space.intercept;
  const tips: SpacePoint[] = [
    [reach, 0, 0],
    [0, reach, 0],
    [0, 0, reach],
  ];
  const places = space.layers.flatMap((layer) => (layer.kind === 'curve' ? layer.points : [layer.at]));
  const all = [...tips, [0, 0, 0] as SpacePoint, ...places].map(seen);
  const [xs, ys] = [all.map(([x]) => x), all.map(([, y]) => y)];
  const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scaleFor = (width: number) => (width - 2 * AIR) / (right - left);
  const height = (width: number) => TITLE_HEIGHT + 2 * AIR + scaleFor(width) * (high - low);
  return {
    height,
    draw: (x0, y0, width) => {
      const scale = scaleFor(width);
      const place = ([x, y]: Place): Place => [
        x0 + AIR + scale * (x - left),
        y0 + TITLE_HEIGHT + AIR + scale * (high - y),
      ];
      const box = { left: x0, right: x0 + width, top: y0, bottom: y0 + height(width) };
      const flat = (layer: Layer) => drawLayer(layer, place, box);
      const corner = (axis: number): SpacePoint =>
        [0, 1, 2].map((i) => (i === axis ? space.intercept : 0)) as unknown as SpacePoint;
      const triangle = [0, 1, 2].map((axis) => place(seen(corner(axis))));
      return [
        text(x0, y0 + 12, space.title, { color: 'muted' }),
        element('polygon', {
          points: triangle.map((at) => at.map(coordinate).join(',')).join(' '),
          class: 'fill-phase',
        }),
        ...tips.flatMap((tip, i) => [
          ...flat({ kind: 'curve', points: [seen([0, 0, 0]), seen(tip)], color: 'axis', width: 1 }),
          ...flat({ kind: 'words', at: seen(tip), words: space.axes[i], color: 'muted', offset: [5, 4] }),
        ]),
        ...flat({
          kind: 'curve',
          points: [0, 1, 2, 0].map((axis) => seen(corner(axis))),
          color: 'ink',
          width: 1.5,
        }),
        ...space.layers.flatMap((layer) =>
          layer.kind === 'curve'
            ? flat({ ...layer, points: layer.points.map(seen) })
            : flat({ ...layer, at: seen(layer.at) }),
        ),
      ];
    },
  };
}
