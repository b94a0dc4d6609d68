/** A matrix of levels as SVG: one path for each level, of its horizontal runs of cells, so that ten thousand cells stay small. */
import { element } from './svg.ts';

/**
 * Draws cells of `cell` px with the top left one at (x, y); `levels[row][column]` is named by `nameOf`. The commonest level
 * is a rectangle below all others.
 */
export function drawCells(
  levels: readonly (readonly number[])[],
  nameOf: (level: number) => string,
  x: number,
  y: number,
  cell: number,
): string[] {
  const paths = new Map<number, { d: string; x: number; y: number; cells: number }>();
  for (const [row, line] of levels.entries()) {
    for (let start = 0; start < line.length; ) {
      const level = line[start];
      let end = start + 1;
      while (end < line.length && line[end] === level) end++;
      const path = paths.get(level) ?? { d: '', x: 0, y: 0, cells: 0 };
      // Relative to the end of the run before; a minus sign needs no separator.
      const move = `m${start - path.x}${separated(row - path.y)}h${end - start}`;
      paths.set(level, { d: path.d + move, x: end, y: row, cells: path.cells + end - start });
      start = end;
    }
  }
  const commonest = [...paths].reduce((a, b) => (b[1].cells > a[1].cells ? b : a))[0];
  const width = levels[0].length;
  const height = levels.length;
  const ground = element('rect', {
    class: `fill-${nameOf(commonest)}`,
    x,
    y,
    width: width * cell,
    height: height * cell,
  });
  // A run is a stroke of one cell's width along the middle of its row.
  const transform = `translate(${fixed(x)} ${fixed(y + cell / 2)}) scale(${fixed(cell)})`;
  const others = [...paths]
    .filter(([level]) => level !== commonest)
    .sort(([a], [b]) => a - b)
    .map(([level, { d }]) => element('path', { d, class: `stroke-${nameOf(level)}` }));
  return [ground, element('g', { transform, 'shape-rendering': 'crispEdges' }, ...others)];
}

function separated(value: number): string {
  return value < 0 ? String(value) : ` ${value}`;
}

/** Enough digits for the last of hundreds of cells to stand where it should. */
function fixed(value: number): string {
  return String(Math.round(value * 1e5) / 1e5);
}
