/**
 * How cheaply a network is right (after Varma et al. 2023, arXiv:2309.02390: the circuit that makes more logit of less
 * norm wins under weight decay): parameter norm against logit margin, and the FLOPs of the neurons that do the work.
 */

import { wholePower } from '../training/whole_power.ts';
import { logitMargins } from './logit-margin.ts';

export interface MarginEfficiency {
  /** Examples answered correctly, those with a positive margin. */
  readonly correct: number;
  /** Mean margin of them, in units of a logit; NaN without any. */
  readonly meanMargin: number;
  /** ‖θ‖/mean margin. */
  readonly normPerMargin: number;
  /** mean margin/‖θ‖^L. */
  readonly marginPerNormPower: number;
}

/**
 * Norm and margin of a network with ‖θ‖ = `norm` and these logits [examples, classes] on train examples.
 *
 * A network homogeneous of degree L multiplies its logits by αᴸ when θ is multiplied by α: two layers without biases
 * have L = 2 (ReLU) or 3 (quadratic), an embedding in front adds 1. Then ‖θ‖/margin changes by α^(1−L): for L > 1 it falls
 * while a network does nothing but grow. margin/‖θ‖ᴸ does not change: the normalised margin of Lyu and Li (2020,
 * arXiv:1906.05890). Networks with biases, LayerNorm or softmax attention have no degree; give the number of weight
 * matrices in a row, and compare only networks of one shape.
 *
 * @param labels [examples], 0 … classes − 1, as trained on
 * @param degree L, a whole number of at least 1
 * @throws {RangeError} for another degree, or logits of another size
 */
export function marginEfficiency(
  logits: ArrayLike<number>,
  labels: ArrayLike<number>,
  classes: number,
  norm: number,
  degree: number,
): MarginEfficiency {
  if (!(Number.isInteger(degree) && degree >= 1)) {
    throw new RangeError(
      `marginEfficiency: the degree of homogeneity must be a whole number of at least 1, got ${degree}; count the weight matrices in a row`,
    );
  }
  let correct = 0;
  let sum = 0;
  for (const margin of logitMargins(logits, labels, classes)) {
    if (!(margin > 0)) continue;
    correct++;
    sum += margin;
  }
  const meanMargin = sum / correct;
  return {
    correct,
    meanMargin,
    normPerMargin: norm / meanMargin,
    marginPerNormPower: meanMargin / wholePower(norm, degree),
  };
}

/**
 * FLOPs of one example through a subset of a hidden layer: 2·neurons·(inputs + classes), two for each multiply-add from
 * the inputs to the neurons and from them to the classes. What feeds the inputs is not counted, nor nonlinearity and biases.
 */
export function circuitFlops(inputs: number, neurons: number, classes: number): number {
  return 2 * neurons * (inputs + classes);
}
