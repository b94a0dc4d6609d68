/** What the theory asks of a network: residuals F(θ) − y on its train examples, and their derivatives. */

import { squaredNorm } from './vectors.ts';

/**
 * 𝓛(θ) = ‖r(θ)‖² with r(θ) = F(θ) − y; 𝓩 = {r = 0}. Implementations do not keep or change the arrays they are given.
 */
export interface ResidualMap {
  /** P, the dimension of θ. */
  readonly parameters: number;
  /** m, the number of residuals: train examples times outputs. */
  readonly residuals: number;
  /** Writes r(θ) [m]. */
  readonly residual: (theta: Float64Array, into: Float64Array) => void;
  /** Writes ∇𝓛 = 2 Jᵀr [P]. @returns 𝓛 */
  readonly gradient: (theta: Float64Array, into: Float64Array) => number;
  /** Writes J = ∂r/∂θ [m, P] in row-major order. */
  readonly jacobian: (theta: Float64Array, into: Float64Array) => void;
}

/** 𝓛(θ). */
export function lossOf(map: ResidualMap, theta: Float64Array): number {
  const r = new Float64Array(map.residuals);
  map.residual(theta, r);
  return squaredNorm(r);
}

/** A map of which r and J are known in closed form; its gradient is 2 Jᵀr. */
export function smallMap(
  parameters: number,
  residuals: number,
  residual: ResidualMap['residual'],
  jacobian: ResidualMap['jacobian'],
): ResidualMap {
  const r = new Float64Array(residuals);
  const J = new Float64Array(residuals * parameters);
  return {
    parameters,
    residuals,
    residual,
    jacobian,
    gradient: (theta, into) => {
      residual(theta, r);
      jacobian(theta, J);
      for (let j = 0; j < parameters; j++) {
        let sum = 0;
        for (let i = 0; i < residuals; i++) sum += J[i * parameters + j] * r[i];
        into[j] = 2 * sum;
      }
      return squaredNorm(r);
    },
  };
}
