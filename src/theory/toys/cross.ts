/** Toy 3, singular: the same two layers on 1 → 0. 𝓩 is w₁w₂ = 0, two lines; where they cross, at the shortest point, J = 0. */

import { smallMap } from '../residual-map.ts';
import type { Toy } from './toy.ts';

const REACH = 3;

export const crossToy: Toy = {
  number: 3,
  name: 'cross',
  network: 'ŷ = w₂·w₁x, one example 1 → 0',
  set: 'w₁w₂ = 0',
  axes: ['w₁', 'w₂'],
  map: smallMap(
    2,
    1,
    (w, r) => {
      r[0] = w[0] * w[1];
    },
    (w, J) => {
      J[0] = w[1];
      J[1] = w[0];
    },
  ),
  starts: [
    [0.9, 1.8],
    [2, -1],
    [-1.7, -0.9],
  ],
  decays: [0.1, 0.01],
  limit: () => [0, 0],
  rest: () => [0, 0],
  distance: (w) => Math.min(Math.abs(w[0]), Math.abs(w[1])),
  curves: [
    { from: -REACH, to: REACH, at: (t) => [t, 0] },
    { from: -REACH, to: REACH, at: (t) => [0, t] },
  ],
};
