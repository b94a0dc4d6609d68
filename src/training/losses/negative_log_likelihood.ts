/** −log p(label) with label smoothing, from log-probabilities: shared by cross-entropy and StableMax. */

import type { Expr } from '../../engine/index.ts';
import { add, mean, mul, neg, take } from '../../engine/index.ts';

/**
 * (1 − ε)·(−log p_y) + ε·mean_c(−log p_c): cross-entropy with the target (1 − ε)·e_y + ε/C, as PyTorch's
 * cross_entropy(label_smoothing=ε).
 *
 * @param logProbabilities [classes] or [answers, classes], per example
 */
export function negativeLogLikelihood(logProbabilities: Expr, label: Expr, smoothing: number): Expr {
  const ofLabel = neg(take(logProbabilities, label));
  if (smoothing === 0) return ofLabel;
  return add(mul(ofLabel, 1 - smoothing), mul(neg(mean(logProbabilities, [-1])), smoothing));
}
