/** Flags above a plot: the names of vertical marks, arranged so that no name is crossed by another mark's line. */

export interface FlagRequest {
  /** Where the mark stands. */
  readonly x: number;
  readonly width: number;
  /** Without a line the name belongs to the right edge and always lies to the left of x. */
  readonly line: boolean;
}

export interface Flag {
  /** Row from the top. The line starts in this row and goes down through all others. */
  readonly row: number;
  readonly side: 'left' | 'right';
}

/** Between a line and its name in a figure, in px; twice that between two names. */
export const FLAG_GAP = 5;

/** Where a name is, in the unit of its request; `gap` lies between a line and its name. */
export function flagExtent(
  request: FlagRequest,
  side: Flag['side'],
  gap: number,
): [from: number, to: number] {
  const near = request.line ? gap : 0;
  return side === 'right'
    ? [request.x + near, request.x + near + request.width]
    : [request.x - near - request.width, request.x - near];
}

function conflict(a: FlagRequest, flagA: Flag, b: FlagRequest, flagB: Flag, gap: number): boolean {
  const [a0, a1] = flagExtent(a, flagA.side, gap);
  const [b0, b1] = flagExtent(b, flagB.side, gap);
  if (flagA.row === flagB.row && a0 < b1 + 2 * gap && b0 < a1 + 2 * gap) return true;
  const crosses = (mark: FlagRequest, flag: Flag, other: Flag, from: number, to: number) =>
    mark.line && flag.row <= other.row && mark.x > from - gap && mark.x < to + gap;
  return crosses(a, flagA, flagB, b0, b1) || crosses(b, flagB, flagA, a0, a1);
}

/**
 * Rows and sides for at most a handful of marks, names staying between `left` and `right`: as few rows as possible, names
 * to the right of their lines where that is free. Lengths are px, or columns of a terminal.
 */
export function arrangeFlags(
  requests: readonly FlagRequest[],
  left: number,
  right: number,
  gap = FLAG_GAP,
): Flag[] {
  let best: Flag[] = [];
  let bestCost = Number.POSITIVE_INFINITY;
  const place = (flags: Flag[], cost: number): void => {
    if (cost >= bestCost) return;
    const request = requests[flags.length];
    if (request === undefined) {
      best = flags;
      bestCost = cost;
      return;
    }
    const rowsSoFar = flags.reduce((rows, { row }) => Math.max(rows, row + 1), 0);
    for (let row = 0; row < requests.length; row++) {
      for (const side of request.line ? (['right', 'left'] as const) : (['left'] as const)) {
        const flag: Flag = { row, side };
        const [from, to] = flagExtent(request, side, gap);
        const outside = Math.max(0, left - from) + Math.max(0, to - right);
        const collisions = flags.filter((other, i) =>
          conflict(request, flag, requests[i], other, gap),
        ).length;
        const rowCost = 20 * Math.max(0, row + 1 - rowsSoFar);
        place(
          [...flags, flag],
          cost + rowCost + 1000 * collisions + 100 * Math.ceil(outside) + (side === 'left' ? 1 : 0),
        );
      }
    }
  };
  place([], 0);
  return best;
}
