/** Gradient flow with weight decay: θ̇ = −∇𝓛_λ(θ), 𝓛_λ = 𝓛 + λ‖θ‖² (Musat, arXiv:2511.01938). */

import type { Flow } from './integrators/flow.ts';
import { TheoryError } from './refusal.ts';
import { lossOf, type ResidualMap } from './residual-map.ts';
import { squaredNorm } from './vectors.ts';

/** Checks a weight decay. @throws TheoryError unless λ is a finite number of at least 0 */
export function checkDecay(decay: number): void {
  if (decay >= 0 && Number.isFinite(decay)) return;
  throw new TheoryError(
    `the weight decay λ needs a number of at least 0, got ${decay}: a negative one would let the weights grow without bound`,
  );
}

/**
 * The flow of 𝓛 + λ‖θ‖² from `start`.
 * @throws TheoryError for a negative λ
 */
export function gradientFlow(
  map: ResidualMap,
  decay: number,
  start: Float64Array,
  times: readonly number[],
): Flow {
  checkDecay(decay);
  return {
    start,
    times,
    field: (theta, into) => {
      map.gradient(theta, into);
      for (let i = 0; i < into.length; i++) into[i] = -into[i] - 2 * decay * theta[i];
    },
    descending: (theta) => lossOf(map, theta) + decay * squaredNorm(theta),
  };
}
