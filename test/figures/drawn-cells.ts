/** Reads a map of cells back from its SVG: what a reader would see. */

/**
 * The level of every cell of a map of `columns` × `rows`, by the classes `fill-heatN` of its ground and `stroke-heatN` of
 * its runs.
 */
export function drawnCells(svg: string, columns: number, rows: number): number[][] {
  const group = svg.indexOf('shape-rendering="crispEdges"');
  const grounds = [...svg.slice(0, group).matchAll(/<rect class="fill-heat(\d+)"/g)];
  const cells = Array.from({ length: rows }, () =>
    new Array<number>(columns).fill(Number(grounds[grounds.length - 1][1])),
  );
  for (const [, d, level] of svg.slice(group).matchAll(/<path d="([^"]*)" class="stroke-heat(\d+)"/g)) {
    let [x, y] = [0, 0];
    for (const [, dx, dy, length] of d.matchAll(/m(-?\d+) ?(-?\d+)h(\d+)/g)) {
      x += Number(dx);
      y += Number(dy);
      for (let i = 0; i < Number(length); i++) cells[y][x++] = Number(level);
    }
  }
  return cells;
}
