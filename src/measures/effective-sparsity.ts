/**
 * Effective sparsity (Merrill et al. 2023, arXiv:2303.11873): the smallest subset of hidden neurons whose network gives
 * the same predictions. To find it exactly is NP-hard (set cover is a special case); what is computed is an upper bound.
 */

import { requireShape } from './expected-shape.ts';
import { argmaxOf, type HiddenLayer, logitsOfNeurons, readOutContributions } from './hidden-layer.ts';

export interface EffectiveSparsity {
  /** The neurons kept, ascending; their number is the effective sparsity. */
  readonly neurons: Int32Array;
  /** Fraction of examples on which their network predicts what the whole one does. */
  readonly agreement: number;
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
  const { examples, width, classes } = layer;
  requireShape('effectiveSparsity', 'the activations', layer.hidden, [examples, width]);
  requireShape('effectiveSparsity', 'the read-out', layer.readOut, [width, classes]);
  if (layer.bias) requireShape('effectiveSparsity', 'the bias', layer.bias, [classes]);
  if (!(agreement > 0 && agreement <= 1)) {
    throw new RangeError(
      `effectiveSparsity: the agreement must be above 0 and at most 1, got ${agreement}; it is a fraction of the examples`,
    );
  }
  const all = Array.from({ length: width }, (_, i) => i);
  const target = argmaxOf(logitsOfNeurons(layer, all), classes);
  const needed = Math.ceil(agreement * examples - 1e-9); // 0.07·100 is a little more than 7
  const allowed = examples - needed;

  const contribution = readOutContributions(layer);
  const ranked = [...all].sort((i, j) => contribution[j] - contribution[i] || i - j);
  const prefix = sufficientPrefix(layer, ranked, target, allowed);
  const pruned = withoutTheNeedless(layer, prefix, target, allowed);

  // Running sums round a little differently from a fresh one, which decides.
  for (const candidate of [pruned, prefix, all]) {
    const neurons = [...candidate].sort((i, j) => i - j);
    const wrong = disagreements(argmaxOf(logitsOfNeurons(layer, neurons), classes), target);
    if (wrong <= allowed) {
      return { neurons: Int32Array.from(neurons), agreement: (examples - wrong) / examples };
    }
  }
  return { neurons: Int32Array.from(all), agreement: 1 };
}

function disagreements(predictions: Int32Array, target: Int32Array): number {
  let count = 0;
  for (let example = 0; example < target.length; example++) {
    if (predictions[example] !== target[example]) count++;
  }
  return count;
}

/** The m first of the ranked neurons, m by bisection; each step adds only the neurons in between. */
function sufficientPrefix(
  layer: HiddenLayer,
  ranked: readonly number[],
  target: Int32Array,
  allowed: number,
): number[] {
  let failing = 0;
  let failingLogits = logitsOfNeurons(layer, []);
  if (disagreements(argmaxOf(failingLogits, layer.classes), target) <= allowed) return [];
  let sufficient = ranked.length;
  while (sufficient - failing > 1) {
    const middle = Math.floor((failing + sufficient) / 2);
    const logits = logitsOfNeurons(layer, ranked.slice(failing, middle), failingLogits);
    if (disagreements(argmaxOf(logits, layer.classes), target) <= allowed) sufficient = middle;
    else {
      failing = middle;
      failingLogits = logits;
    }
  }
  return ranked.slice(0, sufficient);
}

/** Passes from the last neuron to the first that remove what is not needed, until nothing is left to remove. */
function withoutTheNeedless(
  layer: HiddenLayer,
  neurons: readonly number[],
  target: Int32Array,
  allowed: number,
): number[] {
  const logits = logitsOfNeurons(layer, neurons);
  const wrong = argmaxOf(logits, layer.classes).map((prediction, i) => (prediction === target[i] ? 0 : 1));
  let kept = [...neurons];
  for (;;) {
    const before = kept.length;
    for (const neuron of [...kept].reverse()) {
      if (!removable(layer, neuron, logits, wrong, target, allowed)) continue;
      remove(layer, neuron, logits, wrong, target);
      kept = kept.filter((other) => other !== neuron);
    }
    if (kept.length === before) return kept;
  }
}

/** Whether the logits without this neuron still agree; gives up at the first example too many. */
function removable(
  layer: HiddenLayer,
  neuron: number,
  logits: Float64Array,
  wrong: Int32Array,
  target: Int32Array,
  allowed: number,
): boolean {
  let count = 0;
  for (let example = 0; example < layer.examples; example++) {
    const activation = layer.hidden[example * layer.width + neuron];
    if (activation === 0) count += wrong[example];
    else if (predictionWithout(layer, neuron, activation, logits, example) !== target[example]) count++;
    if (count > allowed) return false;
  }
  return true;
}

function predictionWithout(
  { readOut, classes }: HiddenLayer,
  neuron: number,
  activation: number,
  logits: Float64Array,
  example: number,
): number {
  let best = -Infinity;
  let prediction = 0;
  for (let j = 0; j < classes; j++) {
    const logit = logits[example * classes + j] - activation * readOut[neuron * classes + j];
    if (logit > best) {
      best = logit;
      prediction = j;
    }
  }
  return prediction;
}

function remove(
  layer: HiddenLayer,
  neuron: number,
  logits: Float64Array,
  wrong: Int32Array,
  target: Int32Array,
): void {
  const { readOut, classes } = layer;
  for (let example = 0; example < layer.examples; example++) {
    const activation = layer.hidden[example * layer.width + neuron];
    if (activation === 0) continue;
    wrong[example] =
      predictionWithout(layer, neuron, activation, logits, example) === target[example] ? 0 : 1;
    for (let j = 0; j < classes; j++) {
      logits[example * classes + j] -= activation * readOut[neuron * classes + j];
    }
  }
}
