/** Thins a long curve to what can be seen: per column of pixels its first, lowest, highest and last point. */

export interface Position {
  readonly x: number;
  readonly y: number;
}

/**
 * Of points in ascending x (px) keeps at most four per column of `columnWidth` px, in their order. The polyline through
 * them covers the same pixels as the one through all, because within a column only the extent in y can be seen.
 */
export function thinned(points: readonly Position[], columnWidth = 1): Position[] {
  const kept: Position[] = [];
  for (let start = 0; start < points.length; ) {
    const column = Math.floor(points[start].x / columnWidth);
    let end = start + 1;
    let lowest = start;
    let highest = start;
    for (; end < points.length && Math.floor(points[end].x / columnWidth) === column; end++) {
      if (points[end].y < points[lowest].y) lowest = end;
      if (points[end].y > points[highest].y) highest = end;
    }
    const indices = new Set([start, Math.min(lowest, highest), Math.max(lowest, highest), end - 1]);
    for (const index of indices) kept.push(points[index]);
    start = end;
  }
  return kept;
}
