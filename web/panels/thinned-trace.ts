/**
 * A curve in the plane that grows for long, kept as few points: of each stretch of evaluations its first point and the outermost
 * in either direction. Stretches grow with the curve, so that no spike is lost and there are never more points than a picture needs.
 */

export interface TracePoint {
  readonly step: number;
  readonly x: number;
  readonly y: number;
}

/** What is kept of a stretch. */
interface Stretch {
  readonly first: TracePoint;
  readonly left: TracePoint;
  readonly right: TracePoint;
  readonly low: TracePoint;
  readonly high: TracePoint;
}

/** Up to so many points all are kept; beyond, at most five of each of so many stretches. */
const MOST_STRETCHES = 1000;

export class ThinnedTrace {
  #stretches: Stretch[] = [];
  /** Points in a full stretch. */
  #size = 1;
  /** Points in the last one. */
  #filled = 0;
  #latest: TracePoint | undefined;

  /** Takes in the next point; steps ascend, coordinates are finite. */
  add(point: TracePoint): void {
    this.#latest = point;
    const alone = { first: point, left: point, right: point, low: point, high: point };
    const last = this.#stretches.at(-1);
    if (last !== undefined && this.#filled < this.#size) {
      this.#stretches[this.#stretches.length - 1] = joined(last, alone);
      this.#filled++;
      return;
    }
    if (this.#stretches.length === MOST_STRETCHES) {
      this.#stretches = this.#stretches.flatMap((one, i, all) =>
        i % 2 === 0 ? joined(one, all[i + 1]) : [],
      );
      this.#size *= 2;
    }
    this.#stretches.push(alone);
    this.#filled = 1;
  }

  /** Ascending by step; the first and the latest point are among them. */
  get points(): readonly TracePoint[] {
    const kept: TracePoint[] = [];
    const latest = this.#latest === undefined ? [] : [this.#latest];
    const inOrder = this.#stretches.flatMap(({ first, left, right, low, high }) =>
      [first, left, right, low, high].sort((a, b) => a.step - b.step),
    );
    for (const point of [...inOrder, ...latest]) if (kept.at(-1) !== point) kept.push(point);
    return kept;
  }
}

function joined(a: Stretch, b: Stretch): Stretch {
  return {
    first: a.first,
    left: b.left.x < a.left.x ? b.left : a.left,
    right: b.right.x > a.right.x ? b.right : a.right,
    low: b.low.y < a.low.y ? b.low : a.low,
    high: b.high.y > a.high.y ? b.high : a.high,
  };
}
