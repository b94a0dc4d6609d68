/**
 * The part of a vector in ker J, the tangent space of a level set: (I − J⁺J)v. By factorisation, exactly, where J fits into
 * memory; by conjugate gradients, from products with J alone, where it does not.
 */

import { addScaled, innerProduct, norm } from '../vectors.ts';
import type { LinearMap } from './differentiated.ts';
import { type PivotedCholesky, pivotedCholesky } from './pivoted-cholesky.ts';

/** A projection, and how far it can be trusted. */
export interface Projected {
  /** (I − J⁺J)v, [columns]. */
  readonly vector: Float64Array;
  /** ‖J·vector‖/‖J·v‖: 0 in exact arithmetic. */
  readonly residual: number;
  /** Of conjugate gradients; 0 by factorisation. */
  readonly iterations: number;
}

/** Projects onto the kernel of a J that is held fixed. */
export interface KernelProjection {
  /** Of J; null where it was not computed. */
  readonly rank: number | null;
  project(v: Float64Array): Projected;
}

/** A squared singular value (by pivots of JJᵀ) below this share of the largest counts as 0. */
export const PIVOT_TOLERANCE = 1e-10;

/**
 * By factorisation of JJᵀ. With J_r as many independent rows as the rank, J⁺Jv = J_rᵀ(J_rJ_rᵀ)⁻¹J_rv, whatever the rank.
 * @param K JJᵀ, [rows, rows]
 * @throws TheoryError when K is not finite
 */
export function exactProjection(
  J: LinearMap,
  K: Float64Array,
  tolerance: number = PIVOT_TOLERANCE,
): KernelProjection {
  const factor = pivotedCholesky(K, J.rows, tolerance);
  return {
    rank: factor.rank,
    project: (v) => {
      const vector = v.slice();
      const first = J.times(v);
      removeRowSpace(J, factor, vector, first);
      // Once more on what is left: the square of J's condition number cost as many digits.
      removeRowSpace(J, factor, vector, J.times(vector));
      return { vector, residual: share(norm(J.times(vector)), norm(first)), iterations: 0 };
    },
  };
}

function removeRowSpace(
  J: LinearMap,
  { rank, order, solve }: PivotedCholesky,
  v: Float64Array,
  Jv: Float64Array,
): void {
  const y = solve(Float64Array.from(order.subarray(0, rank), (row) => Jv[row]));
  const weights = new Float64Array(J.rows);
  for (let i = 0; i < rank; i++) weights[order[i]] = y[i];
  addScaled(v, -1, J.transposeTimes(weights));
}

/** When conjugate gradients end. */
export interface IterationLimits {
  /** At a residual of at most this. */
  readonly tolerance: number;
  /** At the latest. */
  readonly mostIterations: number;
}

/**
 * By conjugate gradients on JJᵀ y = Jv in the form of CGLS (Björck 1996, §7.4): the residual of the least-squares problem
 * min ‖Jᵀy − v‖ is the projection itself, and is what is kept. The system is consistent whatever the rank, and from y = 0 the
 * iteration stays in the range of J, where JJᵀ is definite. The engine's `conjugateGradients` would keep y and its residual, and not the
 * projection, whose digits are lost where y is large.
 */
export function iterativeProjection(J: LinearMap, limits: IterationLimits): KernelProjection {
  return { rank: null, project: (v) => conjugateGradients(J, v, limits) };
}

function conjugateGradients(J: LinearMap, v: Float64Array, limits: IterationLimits): Projected {
  const vector = v.slice();
  let slope = J.times(vector);
  const first = norm(slope);
  const direction = slope.slice();
  let squared = innerProduct(slope, slope);
  let iterations = 0;
  while (share(Math.sqrt(squared), first) > limits.tolerance && iterations < limits.mostIterations) {
    const step = J.transposeTimes(direction);
    addScaled(vector, -squared / innerProduct(step, step), step);
    slope = J.times(vector);
    const next = innerProduct(slope, slope);
    const kept = next / squared;
    for (let i = 0; i < direction.length; i++) direction[i] = slope[i] + kept * direction[i];
    squared = next;
    iterations++;
  }
  return { vector, residual: share(Math.sqrt(squared), first), iterations };
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
