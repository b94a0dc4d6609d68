/**
 * REINFORCE (Williams 1992) for policies of one step: each answer is an action drawn from π = softmax(z/τ), its reward r is 1
 * where it is the label and 0 elsewhere, and −(r − b)·log π(action) has the gradient of −E[r] in expectation for every b
 * that does not depend on the action. Here b is the moving average of the mean reward of earlier steps.
 */

import type { TrainConfig } from '../config/index.ts';
import {
  add,
  cast,
  constant,
  type Expr,
  equal,
  greater,
  logSoftmax,
  matmul,
  meanExamples,
  mul,
  neg,
  parameter,
  reshape,
  softmax,
  stopGradient,
  sub,
  sum,
  take,
  uniform,
} from '../engine/index.ts';
import { overAnswers } from './losses/index.ts';
import { temperedInLossDtype } from './losses/loss.ts';
import { flush } from './optimizers/flush.ts';

type PolicyOptions = Pick<
  TrainConfig,
  'dtype' | 'temperature' | 'label_smoothing' | 'log_softmax_dtype' | 'baseline_decay'
>;

/** What a step minimises, and what it keeps beside the weights. */
export interface StepLoss {
  /** Shape []: the mean over the examples of the step. */
  meanLoss: Expr;
  /** Parameters that begin at zero. */
  state: Expr[];
  /** Pairs of a parameter and its next value. */
  updates: [Expr, Expr][];
}

/**
 * Draws an answer from a distribution by its inverse: the number of classes whose cumulative probability does not pass a
 * uniform number u, so that class j is drawn for c_(j−1) ≤ u < c_j. The last takes what rounding leaves.
 *
 * @param probabilities [classes] or [answers, classes], per example
 * @param u uniform on [0, 1), [] or [answers], per example
 * @returns i32, of the shape of u
 */
export function drawnAnswer(probabilities: Expr, u: Expr): Expr {
  const classes = probabilities.shape.at(-1) as number;
  const summed = Array.from({ length: classes }, (_, i) =>
    Array.from({ length: classes - 1 }, (_, j) => (i <= j ? 1 : 0)),
  );
  const triangle = constant(summed.flat(), [classes, classes - 1], probabilities.dtype);
  const cumulative = matmul(probabilities, triangle);
  const beyond = sum(greater(cumulative, reshape(u, [...u.shape, 1])), [-1]);
  return cast(sub(classes - 1, beyond), 'i32');
}

/**
 * The surrogate −(r − b)·log π(action), whose gradient over actions drawn from π is that of −E[r] in expectation, and r.
 *
 * @param z logits over τ, [classes] or [answers, classes], per example
 * @param baseline b, shape []
 * @returns both of the label's shape, per example
 */
export function policyLoss(z: Expr, label: Expr, action: Expr, baseline: Expr): { loss: Expr; reward: Expr } {
  const reward = cast(equal(action, label), z.dtype);
  return { loss: neg(mul(sub(reward, baseline), take(logSoftmax(z), action))), reward };
}

/** State: `reinforce.baseline` (b), shape []. Actions come from stream `actions`. */
export function reinforce(logits: Expr, label: Expr, options: PolicyOptions): StepLoss {
  const { dtype, baseline_decay: decay } = options;
  const z = temperedInLossDtype(logits, options);
  const action = drawnAnswer(stopGradient(softmax(z)), uniform(label.shape, 'actions', z.dtype));
  const baseline = parameter('reinforce.baseline', [], dtype);
  const { loss, reward } = policyLoss(z, label, action, cast(baseline, z.dtype));
  const meanReward = cast(meanExamples(overAnswers(reward)), dtype);
  const next = flush(add(mul(baseline, decay), mul(meanReward, 1 - decay)), 'value');
  return { meanLoss: meanExamples(overAnswers(loss)), state: [baseline], updates: [[baseline, next]] };
}
