/** Cuts polylines to a rectangle (Liang and Barsky 1984), so that curves end at the edge of their plot. */

/** Edges in px, y downwards. */
export interface Rectangle {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export type Place = readonly [x: number, y: number];

/** The pieces of a polyline inside; what is not finite interrupts it. */
export function clipped(points: readonly Place[], box: Rectangle): Place[][] {
  const pieces: Place[][] = [];
  let piece: Place[] = [];
  const end = () => {
    if (piece.length > 1) pieces.push(piece);
    piece = [];
  };
  for (let i = 1; i < points.length; i++) {
    const inside = segmentInside(points[i - 1], points[i], box);
    if (inside === undefined) {
      end();
      continue;
    }
    const [from, to] = inside;
    const last = piece[piece.length - 1];
    if (last === undefined || last[0] !== from[0] || last[1] !== from[1]) {
      end();
      piece = [from];
    }
    piece.push(to);
  }
  end();
  return pieces;
}

function segmentInside([x0, y0]: Place, [x1, y1]: Place, box: Rectangle): [Place, Place] | undefined {
  const [dx, dy] = [x1 - x0, y1 - y0];
  if (!Number.isFinite(dx) || !Number.isFinite(dy)) return undefined;
  let [first, last] = [0, 1];
  const edges = [
    [-dx, x0 - box.left],
    [dx, box.right - x0],
    [-dy, y0 - box.top],
    [dy, box.bottom - y0],
  ];
  for (const [direction, room] of edges) {
    if (direction === 0) {
      if (room < 0) return undefined;
    } else if (direction < 0) first = Math.max(first, room / direction);
    else last = Math.min(last, room / direction);
  }
  if (first > last) return undefined;
  const at = (t: number): Place => (t === 0 ? [x0, y0] : t === 1 ? [x1, y1] : [x0 + t * dx, y0 + t * dy]);
  return [at(first), at(last)];
}
