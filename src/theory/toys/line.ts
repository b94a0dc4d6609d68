/** Toy 1: ŷ = w₁x₁ + w₂x₂ fitted to one example, (1, 1) → 2. 𝓩 is the line w₁ + w₂ = 2, its shortest point (1, 1). */

import { Stream } from '../../engine/index.ts';
import { smallMap } from '../residual-map.ts';
import type { Toy } from './toy.ts';

const TEST_PAIRS = 100;

/** Inputs x ~ N(0, 1) of the examples that are not fitted; their labels are x₁ + x₂, which the weights (1, 1) say. */
function testInputs(seed: number): Float64Array {
  const stream = new Stream(seed, 'toy test pairs');
  return Float64Array.from({ length: 2 * TEST_PAIRS }, () => stream.normal());
}

/** @param seed of the test pairs */
export function lineToy(seed: number): Toy {
  const inputs = testInputs(seed);
  return {
    number: 1,
    name: 'line',
    network: 'ŷ = w₁x₁ + w₂x₂, one example (1, 1) → 2',
    set: 'w₁ + w₂ = 2',
    axes: ['w₁', 'w₂'],
    map: smallMap(
      2,
      1,
      (w, r) => {
        r[0] = w[0] + w[1] - 2;
      },
      (_, J) => J.fill(1),
    ),
    starts: [[-1, 1]],
    decays: [0.2, 0.1, 0.01],
    limit: () => [1, 1],
    // 2(2w − 2) + 2λw = 0.
    rest: (decay) => [2 / (2 + decay), 2 / (2 + decay)],
    distance: (w) => Math.abs(w[0] + w[1] - 2) / Math.SQRT2,
    curves: [{ from: -2, to: 4, at: (t) => [t, 2 - t] }],
    testLoss: (w) => {
      let sum = 0;
      for (let i = 0; i < inputs.length; i += 2) {
        sum += ((w[0] - 1) * inputs[i] + (w[1] - 1) * inputs[i + 1]) ** 2;
      }
      return sum / TEST_PAIRS;
    },
  };
}
