/**
 * Softmax collapse (Prieto et al. 2501.04697): in floats, Σ_j exp(z_j) has become exp(z_y), so that the loss is exactly
 * 0 and the label's logit gets no gradient.
 */

import type { Expr } from '../../engine/index.ts';
import { cast, equal, exp, max, sub, sum, take } from '../../engine/index.ts';
import { type LossOptions, temperedInLossDtype } from './loss.ts';

/** 1 where the softmax of an answer has collapsed, 0 elsewhere, in the loss's own format; of the label's shape, per example, f32. */
export function softmaxCollapse(logits: Expr, label: Expr, options: LossOptions): Expr {
  const z = temperedInLossDtype(logits, options);
  const exponentials = exp(sub(z, max(z, [-1], true)));
  return cast(equal(sum(exponentials, [-1]), take(exponentials, label)), 'f32');
}
