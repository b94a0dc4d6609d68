/**
 * The multi-class hinge of Crammer and Singer (2001): max(0, 1 + max_{j ≠ y} z_j − z_y), on logits divided by τ. Not
 * PyTorch's MultiMarginLoss, which sums over all j. For two classes it is the binary hinge on the difference z_y − z_j.
 */

import { add, max, oneHot, relu, select, sub, take } from '../../engine/index.ts';
import { type Loss, temper } from './loss.ts';

/** Stands for −∞ in the maximum over the other classes; finite, because gradients multiply it by zero. */
const NO_RIVAL = -1e30;

export const hinge: Loss = (logits, label, options) => {
  const z = temper(logits, options.temperature);
  const isLabel = oneHot(label, logits.shape.at(-1) as number, logits.dtype);
  const rival = max(select(isLabel, NO_RIVAL, z), [-1], false);
  return relu(add(sub(rival, take(z, label)), 1));
};
