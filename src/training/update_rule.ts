/** One training step as expressions: gradient of the objective, clipping, optimiser, moving average. */

import type { TrainConfig } from '../config/index.ts';
import type { Expr } from '../engine/index.ts';
import { gradient } from '../engine/index.ts';
import { clipGlobalNorm, globalNorm } from './clipping.ts';
import { movingAverage } from './ema.ts';
import { objective } from './objective.ts';
import { optimizers } from './optimizers/index.ts';
import { schedule } from './schedules.ts';

export interface UpdateRule {
  /** What the gradient is taken of; differs from the mean loss for weight decay of kind `loss` only. */
  objective: Expr;
  /** Gradients of the objective, in the order of the parameters, before clipping. */
  gradients: Expr[];
  /** Global norm of the gradients before clipping. */
  gradientNorm: Expr;
  /** Parameters of the optimiser, all zero before the first step. */
  state: Expr[];
  /** The moving average of each parameter, if there is one; equal to the parameter before the first step. */
  shadows: Map<Expr, Expr>;
  /** Pairs of a parameter and its next value. */
  updates: [Expr, Expr][];
  /** Names of the settings of a step: `step` (which dropout reads), and the inputs of the updates. */
  settings: readonly string[];
  /** Writes their values for a step, counted from 1, in the order of their names; makes no objects. */
  writeSettings(step: number, values: Float64Array): void;
}

/**
 * @param meanLoss shape [], the mean of the per-example loss over the examples of a step
 * @param parameters the model's
 */
export function updateRule(meanLoss: Expr, parameters: readonly Expr[], train: TrainConfig): UpdateRule {
  const optimizer = optimizers[train.optimizer](train, train.dtype);
  const learningRate = schedule(train);
  const minimized = objective(meanLoss, parameters, train);
  const gradients = gradient(minimized, [...parameters]);
  const gradientNorm = globalNorm(gradients);
  const clipped =
    train.grad_clip_norm === null ? gradients : clipGlobalNorm(gradients, gradientNorm, train.grad_clip_norm);

  const state: Expr[] = [];
  const shadows = new Map<Expr, Expr>();
  const updates: [Expr, Expr][] = [];
  for (const [i, parameter] of parameters.entries()) {
    const one = optimizer.update(parameter, clipped[i]);
    state.push(...one.state);
    updates.push(...one.updates);
    if (train.ema.use) {
      const next = one.updates[one.updates.length - 1][1];
      const { shadow, update } = movingAverage(parameter, next, train.ema.decay);
      shadows.set(parameter, shadow);
      updates.push(update);
    }
  }
  return {
    objective: minimized,
    gradients,
    gradientNorm,
    state,
    shadows,
    updates,
    settings: ['step', ...optimizer.settings],
    writeSettings: (step, values) => {
      values[0] = step;
      optimizer.writeSettings(step, learningRate(step), values, 1);
    },
  };
}
