/** What is minimised: the mean loss over the examples of a step and, for weight decay of kind `loss`, (wd/2)·‖θ‖². */

import type { TrainConfig } from '../config/index.ts';
import type { Expr } from '../engine/index.ts';
import { add, cast, mul, square, sum } from '../engine/index.ts';

/** Σ‖w‖² over the parameters, shape []. */
export function squaredNorm(parameters: readonly Expr[]): Expr {
  return parameters.map((w) => sum(square(w))).reduce((total, part) => add(total, part));
}

/** @param meanLoss shape [], the mean of the per-example loss; returned as it is for the other kinds of decay */
export function objective(
  meanLoss: Expr,
  parameters: readonly Expr[],
  train: Pick<TrainConfig, 'weight_decay' | 'weight_decay_kind'>,
): Expr {
  if (train.weight_decay_kind !== 'loss' || train.weight_decay === 0) return meanLoss;
  const penalty = mul(squaredNorm(parameters), train.weight_decay / 2);
  return add(meanLoss, penalty.dtype === meanLoss.dtype ? penalty : cast(penalty, meanLoss.dtype));
}
