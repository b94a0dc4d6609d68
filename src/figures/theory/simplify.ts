/** Leaves out points of a polyline that a straight line replaces (Ramer 1972, Douglas and Peucker 1973). */
import type { Place } from './clip.ts';

/** Some of the points, ends included, so that none is further than `tolerance` px from the line through the rest. */
export function simplified(points: readonly Place[], tolerance: number): Place[] {
  if (points.length < 3) return [...points];
  const kept = new Set([0, points.length - 1]);
  const open: [number, number][] = [[0, points.length - 1]];
  for (let range = open.pop(); range !== undefined; range = open.pop()) {
    const [first, last] = range;
    let furthest = first;
    let most = tolerance;
    for (let i = first + 1; i < last; i++) {
      const away = distanceToSegment(points[i], points[first], points[last]);
      if (away > most) [furthest, most] = [i, away];
    }
    if (furthest === first) continue;
    kept.add(furthest);
    open.push([first, furthest], [furthest, last]);
  }
  return points.filter((_, i) => kept.has(i));
}

function distanceToSegment([x, y]: Place, [x0, y0]: Place, [x1, y1]: Place): number {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const length2 = dx * dx + dy * dy;
  const t = length2 > 0 ? Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / length2)) : 0;
  return Math.hypot(x - x0 - t * dx, y - y0 - t * dy);
}
