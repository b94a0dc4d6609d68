/** What is looked at along the simulation: losses and accuracies of the network with its solved last layer, norms, circles. */

import { norm } from '../vectors.ts';
import { type FourierCircles, fourierCircles } from './fourier-circles.ts';
import type { FirstLayerExamples, IsolatedProblem } from './problem.ts';
import { hiddenRows } from './reference-step.ts';

/** How well a set of examples is answered. */
export interface Fit {
  /** Mean over examples and classes of (ŷ − y)². */
  readonly loss: number;
  /** Share of examples whose largest output is the label's. */
  readonly accuracy: number;
}

/** A simulation looked at after one of its steps. */
export interface Observation {
  readonly step: number;
  /** τ = step size × steps; 2λ times the time of gradient flow on 𝓛 + λ‖θ‖². */
  readonly tau: number;
  readonly train: Fit;
  readonly heldOut: Fit;
  /** ‖W₁‖ */
  readonly firstNorm: number;
  /** ‖W₂‖ */
  readonly lastNorm: number;
  /** Of W₁ (of its first operand's rows); absent where tokens are no residues modulo a prime. */
  readonly circles?: FourierCircles;
}

/** Loss and accuracy of ŷ = σ(XW₁)W₂ on examples. */
export function fitOf(
  problem: IsolatedProblem,
  examples: FirstLayerExamples,
  weights: Float64Array,
  readOut: Float64Array,
): Fit {
  const { width, classes } = problem;
  const hidden = new Float64Array(examples.count * width);
  hiddenRows(problem, examples, weights, new Float64Array(hidden.length), hidden);
  const outputs = new Float64Array(classes);
  let squares = 0;
  let right = 0;
  for (let i = 0; i < examples.count; i++) {
    outputs.fill(0);
    for (let j = 0; j < width; j++) {
      const h = hidden[i * width + j];
      if (h === 0) continue;
      for (let c = 0; c < classes; c++) outputs[c] += h * readOut[j * classes + c];
    }
    let largest = 0;
    for (let c = 0; c < classes; c++) {
      if (outputs[c] > outputs[largest]) largest = c;
      const error = outputs[c] - (c === examples.labels[i] ? 1 : 0);
      squares += error * error;
    }
    if (largest === examples.labels[i]) right++;
  }
  return { loss: squares / (examples.count * classes), accuracy: right / examples.count };
}

/** @param modulus of the tokens, where circles are to be looked for */
export function observe(
  problem: IsolatedProblem,
  weights: Float64Array,
  readOut: Float64Array,
  at: { step: number; tau: number },
  modulus: number | undefined,
): Observation {
  const { width } = problem;
  return {
    ...at,
    train: fitOf(problem, problem.train, weights, readOut),
    heldOut: fitOf(problem, problem.heldOut, weights, readOut),
    firstNorm: norm(weights),
    lastNorm: norm(readOut),
    circles:
      modulus === undefined
        ? undefined
        : fourierCircles(weights.subarray(0, modulus * width), modulus, width),
  };
}
