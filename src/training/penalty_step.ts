/**
 * The penalty of an experiment beside its training step: a graph of its own, run before the step, that leaves α·∂penalty/∂w of
 * every parameter in memory, where the step adds it to the gradient of the loss.
 */

import type { Experiment } from '../config/index.ts';
import { type Expr, type Graph, gradient, mul, parameter as newParameter } from '../engine/index.ts';
import type { Model } from '../models/index.ts';
import { parameterName } from './optimizers/parameter_name.ts';
import { type Penalty, penalties } from './penalties/index.ts';

export interface PenaltyStep {
  readonly penalty: Penalty;
  /** Output `penalty`, and updates of the stored gradients; for α = 0 the output alone. */
  readonly graph: Graph;
  /** Examples of a run. */
  readonly examples: number;
  /** By parameter of the model: α times its gradient. Empty for α = 0, so that the step is the one without a penalty. */
  readonly gradients: ReadonlyMap<Expr, Expr>;
}

/**
 * @param order values of an operand, N
 * @param trainExamples what runs over the train examples is made cheap for so many
 * @returns undefined where no penalty is switched on
 */
export function penaltyStep(
  experiment: Experiment,
  model: Model,
  order: number,
  trainExamples: number,
): PenaltyStep | undefined {
  const { compute, kind, alpha } = experiment.laplacian_penalty;
  if (!compute) return undefined;
  const penalty = penalties[kind]({ experiment, model, order, trainExamples });
  const gradients = new Map<Expr, Expr>();
  const updates: [Expr, Expr][] = [];
  for (const [i, slope] of (alpha === 0 ? [] : gradient(penalty.value, model.parameters)).entries()) {
    const w = model.parameters[i] as Expr;
    const stored = newParameter(`penalty_gradient.${parameterName(w)}`, w.shape, w.dtype);
    gradients.set(w, stored);
    updates.push([stored, mul(slope, alpha)]);
  }
  const examples = { all: order * order, train: trainExamples, none: 0 }[penalty.inputs];
  return { penalty, graph: { outputs: { penalty: penalty.value }, updates }, examples, gradients };
}
