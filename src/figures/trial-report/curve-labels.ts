/** Names beside falling curves: for each the place where it hides least of the others. */
import { textWidth } from '../text-width.ts';

export interface NamedCurve {
  readonly name: string;
  /** Corners of a line that runs along the axes only, in px. */
  readonly corners: readonly (readonly [x: number, y: number])[];
}

/** Baseline of a name. */
export interface CurveLabel {
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'end';
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const TEXT = 12;
const GAP = 6;
/** More than this means that the name would lie on another one or outside of the plot. */
const UNBEARABLE = 1000;

/** A place for each name within `plot`, or null where there is none that leaves the other names readable. */
export function placeCurveLabels(curves: readonly NamedCurve[], plot: Box): (CurveLabel | null)[] {
  const taken: Box[] = [];
  return curves.map((curve) => {
    const others = curves.filter((other) => other !== curve);
    const width = textWidth(curve.name, TEXT, true);
    const rated = candidates(curve, plot).map((label, preference) => {
      const box = boxOf(label, width);
      const cost =
        (taken.some((other) => overlap(box, other)) ? UNBEARABLE : 0) +
        (inside(box, plot) ? 0 : UNBEARABLE) +
        20 * others.reduce((sum, other) => sum + crossings(other, box), 0) +
        40 * crossings(curve, box) +
        preference;
      return { label, box, cost };
    });
    const best = rated.reduce<(typeof rated)[number] | null>(
      (a, b) => (a === null || b.cost < a.cost ? b : a),
      null,
    );
    if (best === null || best.cost >= UNBEARABLE) return null;
    taken.push(best.box);
    return best.label;
  });
}

/** Places along the curve, better ones first: above its end, then right and left of where it falls, from the middle outwards. */
function candidates({ corners }: NamedCurve, plot: Box): CurveLabel[] {
  const [endX, endY] = corners[corners.length - 1];
  const middle = (plot.top + plot.bottom) / 2;
  const falls = corners
    .slice(1)
    .map(([x, y], i) => ({ x, from: corners[i][1], to: y }))
    .filter(({ from, to }) => to > from)
    .map(({ x, from, to }) => ({ x, y: (from + to) / 2 }))
    .sort((a, b) => Math.abs(a.y - middle) - Math.abs(b.y - middle));
  return [
    { x: endX - 2, y: endY - GAP, anchor: 'end' },
    { x: endX - 2, y: endY + GAP + TEXT - 3, anchor: 'end' },
    ...falls.flatMap(({ x, y }): CurveLabel[] => [
      { x: x + GAP, y: y + 4, anchor: 'start' },
      { x: x - GAP, y: y + 4, anchor: 'end' },
    ]),
  ];
}

function boxOf({ x, y, anchor }: CurveLabel, width: number): Box {
  const left = anchor === 'start' ? x : x - width;
  return { left, right: left + width, top: y - 11, bottom: y + 4 };
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function inside(box: Box, plot: Box): boolean {
  return box.left >= plot.left && box.right <= plot.right && box.top >= plot.top && box.bottom <= plot.bottom;
}

/** How many pieces of the curve run through the box. */
function crossings({ corners }: NamedCurve, box: Box): number {
  return corners.slice(1).filter(([x1, y1], i) => {
    const [x0, y0] = corners[i];
    const piece = {
      left: Math.min(x0, x1),
      right: Math.max(x0, x1),
      top: Math.min(y0, y1),
      bottom: Math.max(y0, y1),
    };
    return (
      piece.left <= box.right && piece.right >= box.left && piece.top <= box.bottom && piece.bottom >= box.top
    );
  }).length;
}
