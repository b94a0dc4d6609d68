/**
 * The network on which the direction of training was validated (Musat 2511.01938, fig. 5): addition modulo 11 of unordered pairs, of
 * which there are 66 (the paper's text says 77), 7 held out, two layers of 128 ReLU units without biases, full-batch gradient
 * descent of rate 1 on mean squared error, λ = 1e-4.
 */

import { type Activation, type Experiment, parseExperiment } from '../../config/index.ts';
import { TheoryError } from '../refusal.ts';

/** What may differ from the paper's. */
export interface ReferenceOptions {
  /** Of split and initial weights. Default 0. */
  readonly seed?: number;
  /** Default 1e-4. */
  readonly lambda?: number;
  /** Default relu; the others are smooth. */
  readonly activation?: Activation;
}

/** λ of the paper. */
export const REFERENCE_LAMBDA = 1e-4;
/** The paper's figure ends here. */
export const REFERENCE_STEPS = 20_000;

/**
 * Gradient descent subtracts lr·(∇L + λθ): decay of kind l2.
 * @throws TheoryError when λ is negative or no number
 */
export function referenceExperiment({
  seed = 0,
  lambda = REFERENCE_LAMBDA,
  activation = 'relu',
}: ReferenceOptions = {}): Experiment {
  if (!(lambda >= 0 && Number.isFinite(lambda))) {
    throw new TheoryError(
      `λ: needs a number of at least 0, got ${lambda}: the theory is of decay, and below 0 weights grow without end`,
    );
  }
  const text = `
name: zero-loss-direction
seed: ${seed}
dataset: {N: 11, op: add, pairs: unordered, split: random, train_fraction: ${59 / 66}, val_fraction: 0}
model: {type: two_layer, hidden_dim: 128, input: sum, activation: ${activation}, init: {type: uniform}}
train:
  {total_steps: ${REFERENCE_STEPS}, optimizer: sgd, lr: 1, weight_decay: ${lambda}, weight_decay_kind: l2,
   scheduler: {name: constant}, dtype: f64, loss: mse}
`;
  return parseExperiment(text).experiment;
}
