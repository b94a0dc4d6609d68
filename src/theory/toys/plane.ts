/** Toy 2: three weights on one example, (1, 1, 1) → 3. 𝓩 is the plane w₁ + w₂ + w₃ = 3, its shortest point (1, 1, 1). */

import { smallMap } from '../residual-map.ts';
import type { Toy } from './toy.ts';

export const planeToy: Toy = {
  number: 2,
  name: 'plane',
  network: 'ŷ = w₁x₁ + w₂x₂ + w₃x₃, one example (1, 1, 1) → 3',
  set: 'w₁ + w₂ + w₃ = 3',
  axes: ['w₁', 'w₂', 'w₃'],
  map: smallMap(
    3,
    1,
    (w, r) => {
      r[0] = w[0] + w[1] + w[2] - 3;
    },
    (_, J) => J.fill(1),
  ),
  starts: [
    [0, 0, 2],
    [2.5, 0.5, 2],
    [0.2, 2, -0.4],
    [2.6, -0.3, -0.5],
  ],
  decays: [0.1, 0.01],
  limit: () => [1, 1, 1],
  // 2(3w − 3) + 2λw = 0.
  rest: (decay) => [3 / (3 + decay), 3 / (3 + decay), 3 / (3 + decay)],
  distance: (w) => Math.abs(w[0] + w[1] + w[2] - 3) / Math.sqrt(3),
};
