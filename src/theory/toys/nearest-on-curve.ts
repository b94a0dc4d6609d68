/** Distance from a point to curves in the plane: the nearest of many points of each, then golden-section search around it. */

import type { CurvePiece } from './toy.ts';

const SCANNED = 240;
/** (√5 − 1)/2. */
const GOLDEN = 0.6180339887498949;
/** Golden sections from a two-hundredth of the curve to the square root of the f64 unit, where a minimum cannot be told closer. */
const SECTIONS = 60;

/** The least distance from θ to the pieces, exact to about 1e-8 of their size. */
export function distanceToCurves(curves: readonly CurvePiece[], theta: Float64Array): number {
  return Math.min(...curves.map((curve) => distanceToCurve(curve, theta)));
}

function distanceToCurve({ from, to, at }: CurvePiece, theta: Float64Array): number {
  const distance = (t: number) => {
    const [x, y] = at(t);
    return Math.hypot(x - theta[0], y - theta[1]);
  };
  const step = (to - from) / SCANNED;
  let best = 0;
  for (let i = 1; i <= SCANNED; i++) if (distance(from + i * step) < distance(from + best * step)) best = i;
  let low = from + Math.max(0, best - 1) * step;
  let high = from + Math.min(SCANNED, best + 1) * step;
  for (let section = 0; section < SECTIONS; section++) {
    const a = high - GOLDEN * (high - low);
    const b = low + GOLDEN * (high - low);
    if (distance(a) <= distance(b)) high = b;
    else low = a;
  }
  return Math.min(distance((low + high) / 2), distance(from + best * step));
}
