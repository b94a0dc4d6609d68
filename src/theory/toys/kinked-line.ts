/**
 * Toy 3, not smooth: two leaky-ReLU units added, ŷ = φ(w₁x) + φ(w₂x) on 1 → 1, φ(u) = u for u ≥ 0 and u/5 below. 𝓩 is a line
 * with kinks at the axes; its shortest point (½, ½) lies on the middle piece.
 */

import { smallMap } from '../residual-map.ts';
import { distanceToCurves } from './nearest-on-curve.ts';
import type { CurvePiece, Toy } from './toy.ts';

/** Slope of φ below 0: large enough for the kinks to be seen. */
export const LEAK = 0.2;

function leaky(u: number): number {
  return u >= 0 ? u : LEAK * u;
}

function slope(u: number): number {
  return u >= 0 ? 1 : LEAK;
}

const REACH = 3;
const pieces: readonly CurvePiece[] = [
  { from: -REACH, to: 0, at: (t) => [t, 1 - LEAK * t] },
  { from: 0, to: 1, at: (t) => [t, 1 - t] },
  { from: -REACH, to: 0, at: (t) => [1 - LEAK * t, t] },
];

export const kinkedLineToy: Toy = {
  number: 3,
  name: 'kinked-line',
  network: 'ŷ = φ(w₁x) + φ(w₂x), one example 1 → 1, φ leaky ReLU',
  set: 'φ(w₁) + φ(w₂) = 1',
  axes: ['w₁', 'w₂'],
  map: smallMap(
    2,
    1,
    (w, r) => {
      r[0] = leaky(w[0]) + leaky(w[1]) - 1;
    },
    (w, J) => {
      J[0] = slope(w[0]);
      J[1] = slope(w[1]);
    },
  ),
  starts: [
    [-2, 0.6],
    [1.9, -1.2],
    [1.3, 1.6],
  ],
  decays: [0.1, 0.01],
  limit: () => [0.5, 0.5],
  // 2(2w − 1) + 2λw = 0.
  rest: (decay) => [1 / (2 + decay), 1 / (2 + decay)],
  distance: (w) => distanceToCurves(pieces, w),
  curves: pieces,
};
