/** The losses by their names in the configuration: a new one is one file, named here and in the schema. */

import type { TrainConfig } from '../../config/index.ts';
import { type Expr, mean } from '../../engine/index.ts';
import { crossEntropy } from './cross_entropy.ts';
import { hinge } from './hinge.ts';
import type { Loss, LossOptions } from './loss.ts';
import { meanSquaredError } from './mse.ts';
import { stablemax } from './stablemax.ts';

export type { Loss, LossOptions } from './loss.ts';

export const losses: Record<TrainConfig['loss'], Loss> = {
  cross_entropy: crossEntropy,
  mse: meanSquaredError,
  hinge,
  stablemax,
};

/** The loss of an example, shape []: the mean over its answers. */
export function exampleLoss(logits: Expr, label: Expr, train: Pick<TrainConfig, 'loss'> & LossOptions): Expr {
  return overAnswers(losses[train.loss](logits, label, train));
}

/** The mean over the answers of an example; what has one answer stays as it is. */
export function overAnswers(values: Expr): Expr {
  return values.shape.length === 0 ? values : mean(values);
}
