/**
 * StableMax (Prieto et al. 2501.04697): cross-entropy with s(z) = z + 1 for z ≥ 0, 1/(1 − z) below in place of exp, so
 * that no sum swallows the small terms.
 */

import type { Expr } from '../../engine/index.ts';
import { add, greater, log, minimum, reciprocal, select, sub, sum } from '../../engine/index.ts';
import { type Loss, temperedInLossDtype } from './loss.ts';
import { negativeLogLikelihood } from './negative_log_likelihood.ts';

/** s(z), elementwise; min(z, 0) keeps the branch that is not taken away from its pole at 1. */
export function stableExponential(z: Expr): Expr {
  return select(greater(0, z), reciprocal(sub(1, minimum(z, 0))), add(z, 1));
}

/** −log(s(z_y/τ) / Σ_j s(z_j/τ)), in dtype `log_softmax_dtype`. */
export const stablemax: Loss = (logits, label, options) => {
  const s = stableExponential(temperedInLossDtype(logits, options));
  return negativeLogLikelihood(sub(log(s), log(sum(s, [-1], true))), label, options.label_smoothing);
};
