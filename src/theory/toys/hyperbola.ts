/** Toy 3, curved: two linear layers of one weight each, ŷ = w₂w₁x on 1 → 1. 𝓩 is the hyperbola w₁w₂ = 1 with two shortest points. */

import { smallMap } from '../residual-map.ts';
import { distanceToCurves } from './nearest-on-curve.ts';
import type { CurvePiece, Point, Toy } from './toy.ts';

/** In t = ln |w₁|, so that both arms are run through evenly. */
const branches: readonly CurvePiece[] = [1, -1].map((sign) => ({
  from: -2,
  to: 2,
  at: (t) => [sign * Math.exp(t), sign * Math.exp(-t)],
}));

/** The sign of w₁ + w₂ is kept: on the line w₂ = −w₁ the flow goes to the origin. */
function branchOf([w1, w2]: Point): number {
  return w1 + w2 >= 0 ? 1 : -1;
}

export const hyperbolaToy: Toy = {
  number: 3,
  name: 'hyperbola',
  network: 'ŷ = w₂·w₁x, one example 1 → 1',
  set: 'w₁w₂ = 1',
  axes: ['w₁', 'w₂'],
  map: smallMap(
    2,
    1,
    (w, r) => {
      r[0] = w[0] * w[1] - 1;
    },
    (w, J) => {
      J[0] = w[1];
      J[1] = w[0];
    },
  ),
  starts: [
    [0.2, 1.6],
    [2.2, -0.3],
    [-2, 0.1],
  ],
  decays: [0.1, 0.01],
  limit: (start) => [branchOf(start), branchOf(start)],
  // w₁ = w₂ = w with 2(w² − 1)w + 2λw = 0.
  rest: (decay, start) => {
    const w = branchOf(start) * Math.sqrt(Math.max(0, 1 - decay));
    return [w, w];
  },
  distance: (w) => distanceToCurves(branches, w),
  curves: branches,
};
