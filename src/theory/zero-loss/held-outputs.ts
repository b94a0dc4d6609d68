/**
 * What stays as it is while a loss is at its least: the outputs whose level set takes the place of the zero-loss set, and whether
 * a finite θ reaches that loss at all.
 */

import type { Experiment } from '../../config/index.ts';
import { type Expr, mean, sub } from '../../engine/index.ts';
import { TheoryError } from '../refusal.ts';

/** F, whose Jacobian is taken. */
export interface HeldOutputs {
  /** In words, for a report. */
  readonly words: string;
  /** Whether F(θ) = Y is the zero-loss set. Where it is not, ker J is tangent to the level set of F through θ. */
  readonly zeroLoss: boolean;
  /** F from the logits, of their shape, per example. */
  readonly of: (logits: Expr) => Expr;
}

/** Softmax, and differences of logits, ignore what all logits of an answer have in common. */
const withoutCommonShift = (logits: Expr): Expr => sub(logits, mean(logits, [-1], true));

const held: Record<Experiment['train']['loss'], HeldOutputs> = {
  mse: { words: 'the outputs', zeroLoss: true, of: (logits) => logits },
  cross_entropy: {
    words: 'the logits up to a common shift of each answer, which softmax ignores',
    zeroLoss: false,
    of: withoutCommonShift,
  },
  hinge: {
    words: 'the logits up to a common shift of each answer, as the hinge sees only differences',
    zeroLoss: false,
    of: withoutCommonShift,
  },
  stablemax: { words: 'the logits', zeroLoss: false, of: (logits) => logits },
};

/**
 * Mean squared error is 0 on a set F(θ) = Y. Cross-entropy and stablemax are above 0 at every finite θ, and the hinge is 0 on a
 * whole region, whose interior constrains nothing; there F holds what training has to keep.
 * @throws TheoryError for an experiment whose objective is not a loss of the outputs alone
 */
export function heldOutputs(experiment: Experiment): HeldOutputs {
  const { train, laplacian_penalty: penalty } = experiment;
  if (train.objective !== 'labels') {
    throw new TheoryError(
      `train.objective: the theory needs a loss on labels, got ${train.objective}, whose gradient is drawn at random; choose labels`,
    );
  }
  if (penalty.compute && penalty.alpha > 0) {
    throw new TheoryError(
      `laplacian_penalty: the theory knows the loss and ‖θ‖² alone, got a penalty of strength ${penalty.alpha} beside them; ` +
        'switch it off with laplacian_penalty.compute=false',
    );
  }
  return held[train.loss];
}
