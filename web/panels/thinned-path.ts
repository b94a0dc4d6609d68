/** A path in the plane without the points that cannot be seen: a run of 10⁵ evaluations would be megabytes of SVG. */

import { coordinate } from '../../src/figures/svg.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Points nearer than this to the last one that was kept are left out, in px. */
const NEAR = 0.7;

/** As the `d` of an SVG path, the first and the last point kept; a single point is a dot. */
export function thinnedPath(points: readonly Point[], near = NEAR): string {
  let last: Point | undefined;
  const kept = points.filter((point, i) => {
    const far = last === undefined || Math.hypot(point.x - last.x, point.y - last.y) >= near;
    if (far) last = point;
    return far || i === points.length - 1;
  });
  return kept.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${coordinate(x)},${coordinate(y)}`).join('');
}
