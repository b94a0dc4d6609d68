/** The reward a policy expects: an answer drawn from softmax(z/τ) earns 1 where it is right, so that it is p_y. */

import type { Expr } from '../../engine/index.ts';
import { softmax, take } from '../../engine/index.ts';
import { type LossOptions, temperedInLossDtype } from './loss.ts';

/** The probability of each right answer, of the label's shape, per example, in dtype `log_softmax_dtype`. */
export function expectedReward(logits: Expr, label: Expr, options: LossOptions): Expr {
  return take(softmax(temperedInLossDtype(logits, options)), label);
}
