/**
 * What the isolated dynamics computes at a point W₁, whoever computes it. With H = σ(XW₁) and B = (HHᵀ + λI)⁻¹Y the best last
 * layer is W₂ = HᵀB, and gradient flow on R(W₁) = min over W₂ of 𝓛 + λ‖θ‖², in the time τ = 2λt, is
 * dW₁/dτ = Xᵀ[(BBᵀH) ⊙ σ′(XW₁)] − W₁ for every λ > 0; λ = 0 is its limit (Musat, arXiv:2511.01938).
 */

import type { IsolatedProblem } from './problem.ts';

/** W₁ is [inputs, width] and W₂ [width, classes], both row-major. */
export interface IsolatedStep {
  readonly problem: IsolatedProblem;
  /**
   * Writes dW₁/dτ into `out`.
   * @returns R/λ = ‖W₁‖² + tr YᵀB (in the limit ‖W₁‖² + ‖W₂‖²), which falls along the flow
   */
  velocity(weights: Float64Array, out: Float64Array): number;
  /** W₂ at W₁: the ridge solution, in the limit the one of least norm. */
  readOut(weights: Float64Array): Float64Array;
}
