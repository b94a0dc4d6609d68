/**
 * Effective sparsity (Merrill et al. 2023, arXiv:2303.11873): the smallest subset of hidden neurons whose network gives
 * the same predictions. To find it exactly is NP-hard (set cover is a special case); what is computed is an upper bound.
 */

import {
  addNeurons,
  argmaxOf,
  type HiddenLayer,
  logitsOfNeurons,
  type NeuronMatrix,
  neuronMatrix,
  readOutContributions,
} from './hidden-layer.ts';
import { NeuronRemoval } from './neuron-removal.ts';

export interface EffectiveSparsity {
  /** The neurons kept, ascending; their number is the effective sparsity. */
  readonly neurons: Int32Array;
  /** Fraction of examples on which their network predicts what the whole one does. */
  readonly agreement: number;
}

/** What the subset has to predict, and on how many examples it may not. */
interface Demand {
  readonly target: Int32Array;
  readonly allowed: number;
}

/**
 * Neurons that suffice for the predictions (first of the largest logits) of the whole layer on at least the fraction
 * `agreement` of the examples. Others are removed altogether, their activation set to 0; the bias stays.
 *
 * 1. Neurons are ranked by ‖h_i‖·‖w_i‖, h_i the activations over the examples, w_i the read-out less its mean over the
 *    classes, of equal ones the first. 2. Bisection finds m such that the m first suffice and the m − 1 first do not.
 * 3. From the last of them to the first, each is removed that is not needed, in passes, until a pass removes none. No
 *    single neuron of the result can be removed then.
 *
 * @throws {RangeError} for arrays of other sizes, or an agreement outside (0, 1]
 */
export function effectiveSparsity(layer: HiddenLayer, agreement = 1): EffectiveSparsity {
  const matrix = neuronMatrix('effectiveSparsity', layer);
  if (!(agreement > 0 && agreement <= 1)) {
    throw new RangeError(
      `effectiveSparsity: the agreement must be above 0 and at most 1, got ${agreement}; it is a fraction of the examples`,
    );
  }
  const { examples, width, classes } = matrix;
  const all = Array.from({ length: width }, (_, i) => i);
  const whole = logitsOfNeurons(matrix, all);
  const needed = Math.ceil(agreement * examples - 1e-9); // 0.07·100 is a little more than 7
  const demand = { target: argmaxOf(whole, classes), allowed: examples - needed };

  const contribution = readOutContributions(matrix);
  const ranked = all
    .filter((i) => contribution[i] > 0) // silent ones would only move the points of the bisection
    .sort((i, j) => contribution[j] - contribution[i] || i - j);
  const prefix = sufficientPrefix(matrix, ranked, whole, demand);
  const pruned = withoutTheNeedless(matrix, prefix.neurons, prefix.logits, demand);

  // Running sums round a little differently from a fresh one, which decides.
  for (const candidate of [pruned, prefix.neurons]) {
    const neurons = [...candidate].sort((i, j) => i - j);
    const wrong = disagreements(logitsOfNeurons(matrix, neurons), demand.target);
    if (wrong <= demand.allowed) {
      return { neurons: Int32Array.from(neurons), agreement: (examples - wrong) / examples };
    }
  }
  return { neurons: Int32Array.from(all), agreement: 1 };
}

function disagreements(logits: Float64Array, target: Int32Array): number {
  const predictions = argmaxOf(logits, logits.length / target.length);
  let count = 0;
  for (let example = 0; example < target.length; example++) {
    if (predictions[example] !== target[example]) count++;
  }
  return count;
}

/** The m first of the ranked neurons, m by bisection, and their logits; each step adds only the neurons in between. */
function sufficientPrefix(
  layer: NeuronMatrix,
  ranked: readonly number[],
  whole: Float64Array,
  { target, allowed }: Demand,
): { neurons: readonly number[]; logits: Float64Array } {
  let failing = { length: 0, logits: logitsOfNeurons(layer, []) };
  if (disagreements(failing.logits, target) <= allowed) return { neurons: [], logits: failing.logits };
  let sufficient = { length: ranked.length, logits: whole };
  while (sufficient.length - failing.length > 1) {
    const length = Math.floor((failing.length + sufficient.length) / 2);
    const logits = failing.logits.slice();
    addNeurons(layer, ranked.slice(failing.length, length), logits);
    if (disagreements(logits, target) <= allowed) sufficient = { length, logits };
    else failing = { length, logits };
  }
  return { neurons: ranked.slice(0, sufficient.length), logits: sufficient.logits };
}

/** Passes from the last neuron to the first that remove what is not needed, until nothing is left to remove. */
function withoutTheNeedless(
  layer: NeuronMatrix,
  neurons: readonly number[],
  logits: Float64Array,
  { target, allowed }: Demand,
): readonly number[] {
  const network = new NeuronRemoval(layer, logits, target);
  let kept = neurons;
  for (;;) {
    const needed = [...kept].reverse().filter((neuron) => {
      if (!network.removable(neuron, allowed)) return true;
      network.remove(neuron);
      return false;
    });
    if (needed.length === kept.length) return kept;
    kept = needed.reverse();
  }
}
