/** One training step as expressions: gradient of the objective, clipping, optimiser, norm clamp, moving average. */

import type { TrainConfig } from '../config/index.ts';
import type { Expr } from '../engine/index.ts';
import { add, gradient } from '../engine/index.ts';
import { clipGlobalNorm, globalNorm } from './clipping.ts';
import { movingAverage } from './ema.ts';
import { clampNorm } from './norm_clamp.ts';
import { objective } from './objective.ts';
import { optimizers, type ParameterUpdate } from './optimizers/index.ts';
import { schedule } from './schedules.ts';

export interface UpdateRule {
  /** What the gradient is taken of; differs from the mean loss for weight decay of kind `loss` only. */
  objective: Expr;
  /** Gradients of the objective and what was added, in the order of the parameters, before clipping. */
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
 * @param added by parameter, what is added to its gradient before anything else is done with it
 */
export function updateRule(
  meanLoss: Expr,
  parameters: readonly Expr[],
  train: TrainConfig,
  added: ReadonlyMap<Expr, Expr> = new Map(),
): UpdateRule {
  const optimizer = optimizers[train.optimizer](train, train.dtype);
  const learningRate = schedule(train);
  const minimized = objective(meanLoss, parameters, train);
  const gradients = gradient(minimized, [...parameters]).map((slope, i) => {
    const more = added.get(parameters[i] as Expr);
    return more === undefined ? slope : add(slope, more);
  });
  const gradientNorm = globalNorm(gradients);
  const clipped =
    train.grad_clip_norm === null ? gradients : clipGlobalNorm(gradients, gradientNorm, train.grad_clip_norm);

  const state: Expr[] = [];
  const shadows = new Map<Expr, Expr>();
  const updates: [Expr, Expr][] = [];
  const steps = parameters.map((parameter, i) => optimizer.update(parameter, clipped[i] as Expr));
  const moved = steps.map((one) => nextOf(one));
  const values = train.norm_clamp === null ? moved : clampNorm(moved, train.norm_clamp);
  for (const [i, parameter] of parameters.entries()) {
    const one = steps[i] as ParameterUpdate;
    const next = values[i] as Expr;
    state.push(...one.state);
    updates.push(...one.updates.slice(0, -1), [parameter, next]);
    if (train.ema.use) {
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

/** The parameter's own next value: the last of an optimiser's updates. */
function nextOf({ updates }: ParameterUpdate): Expr {
  return (updates[updates.length - 1] as [Expr, Expr])[1];
}
