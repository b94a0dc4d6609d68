/** Names written at the ends of curves, moved apart where they would overlap. */

/**
 * Positions (px, baseline centre) as near to the wanted ones as possible, at least `spacing` apart and between `top` and
 * `bottom`, in the same order: least squares by pooling neighbours that touch (isotonic regression). If there is not room
 * for all, they are spread evenly.
 */
export function spread(wanted: readonly number[], spacing: number, top: number, bottom: number): number[] {
  const gap = Math.min(spacing, wanted.length > 1 ? (bottom - top) / (wanted.length - 1) : spacing);
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a] - wanted[b] || a - b);
  // With rank·gap taken off, "at least gap apart" becomes "not descending".
  const blocks: { sum: number; count: number }[] = [];
  for (const [rank, index] of order.entries()) {
    blocks.push({ sum: wanted[index] - rank * gap, count: 1 });
    while (blocks.length > 1 && mean(blocks[blocks.length - 2]) >= mean(blocks[blocks.length - 1])) {
      const [upper, lower] = blocks.splice(-2);
      blocks.push({ sum: upper.sum + lower.sum, count: upper.count + lower.count });
    }
  }
  const highest = bottom - (wanted.length - 1) * gap;
  const levels = blocks.flatMap((block) =>
    new Array<number>(block.count).fill(Math.min(Math.max(mean(block), top), Math.max(highest, top))),
  );
  const placed = new Array<number>(wanted.length);
  for (const [rank, index] of order.entries()) placed[index] = levels[rank] + rank * gap;
  return placed;
}

function mean(block: { sum: number; count: number }): number {
  return block.sum / block.count;
}
