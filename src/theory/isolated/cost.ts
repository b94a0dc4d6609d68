/** What a simulation will cost, said before it starts: FLOPs and bytes by the sizes of its equations; seconds are timed. */

import type { IntegratorName } from './integrator.ts';
import { KernelStep } from './kernel-step.ts';
import type { IsolatedProblem } from './problem.ts';
import { solvesByUnits } from './reference-step.ts';

export interface StepCost {
  /** Of one velocity: two for each multiply-add. */
  readonly flops: number;
  /** Held while it is computed. */
  readonly bytes: number;
}

/** Velocities of a step. */
export const SLOPES: Readonly<Record<IntegratorName, number>> = { euler: 1, rk4: 4 };

/** The kernels are so much faster than plain code that fewer unknowns have to be far fewer. */
const FAR_FEWER = 3;

/** Whether the engine's kernels compute a problem, by its train examples; plain code does where hidden units are far fewer. */
export function usesKernels(problem: IsolatedProblem): boolean {
  return !(solvesByUnits(problem) && FAR_FEWER * problem.width < problem.train.count);
}

/** What one evaluation of the velocity takes. */
export function velocityCost(problem: IsolatedProblem): StepCost {
  if (usesKernels(problem)) {
    return { flops: KernelStep.predictedFlops(problem), bytes: KernelStep.predictedBytes(problem) };
  }
  const { train, width, classes, inputs } = problem;
  // HᵀH (one triangle), Cholesky, two triangular solutions; HᵀY has no products; then B and BW₂ᵀ.
  const solution = width * (width + 1) * train.count + width ** 3 / 3 + 2 * width * width * classes;
  const products = 2 * 2 * train.count * width * classes;
  const held = 3 * train.count * width + width * width + (train.count + width) * classes + 6 * inputs * width;
  return { flops: solution + products, bytes: 8 * held };
}
