/** A hidden layer from which neurons are taken one by one, while its predictions are watched. */

import type { NeuronMatrix } from './hidden-layer.ts';

/** Running logits of the neurons still there, and on how many examples they differ from the target predictions. */
export class NeuronRemoval {
  readonly #layer: NeuronMatrix;
  readonly #target: Int32Array;
  readonly #logits: Float64Array;
  /** Logit of the target class less the largest other one. */
  readonly #margin: Float64Array;
  readonly #wrong: Uint8Array;
  /** Examples from the smallest margin up: those that a removal changes come first. */
  readonly #order: Int32Array;
  /** Largest difference between two of a neuron's read-out weights: by no more than that times h can margins change. */
  readonly #span: Float64Array;

  /** @param logits [examples, classes] of the neurons still there, taken over and changed */
  constructor(layer: NeuronMatrix, logits: Float64Array, target: Int32Array) {
    this.#layer = layer;
    this.#target = target;
    this.#logits = logits;
    this.#margin = new Float64Array(layer.examples);
    this.#wrong = new Uint8Array(layer.examples);
    this.#span = spans(layer);
    const nothing = new Float64Array(layer.classes);
    for (let example = 0; example < layer.examples; example++) {
      this.#wrong[example] = this.#wrongWithout(example, 0, nothing);
      this.#margin[example] = this.#lastMargin;
    }
    const margin = this.#margin;
    this.#order = Int32Array.from(margin.keys()).sort((i, j) => margin[i] - margin[j] || i - j);
  }

  /** Whether at most `allowed` examples would differ without this neuron; gives up at the first too many. */
  removable(neuron: number, allowed: number): boolean {
    const { examples, hidden, readOut, classes } = this.#layer;
    const weights = readOut.subarray(neuron * classes, (neuron + 1) * classes);
    let count = 0;
    for (let i = 0; i < examples; i++) {
      const example = this.#order[i];
      const activation = hidden[neuron * examples + example];
      const settled = Math.abs(this.#margin[example]) > Math.abs(activation) * this.#span[neuron];
      count += settled ? this.#wrong[example] : this.#wrongWithout(example, activation, weights);
      if (count > allowed) return false;
    }
    return true;
  }

  remove(neuron: number): void {
    const { examples, hidden, readOut, classes } = this.#layer;
    const weights = readOut.subarray(neuron * classes, (neuron + 1) * classes);
    for (let example = 0; example < examples; example++) {
      const activation = hidden[neuron * examples + example];
      if (activation === 0) continue;
      this.#wrong[example] = this.#wrongWithout(example, activation, weights);
      this.#margin[example] = this.#lastMargin;
      const row = example * classes;
      for (let j = 0; j < classes; j++) this.#logits[row + j] -= activation * weights[j];
    }
  }

  #lastMargin = 0;

  /** 1 where the first of the largest logits, less activation·weights, is not the target's; leaves the margin behind. */
  #wrongWithout(example: number, activation: number, weights: Float64Array): 0 | 1 {
    const { classes } = this.#layer;
    const target = this.#target[example];
    const row = example * classes;
    const own = this.#logits[row + target] - activation * weights[target];
    let before = -Infinity;
    let after = -Infinity;
    for (let j = 0; j < target; j++) {
      const logit = this.#logits[row + j] - activation * weights[j];
      if (logit > before) before = logit;
    }
    for (let j = target + 1; j < classes; j++) {
      const logit = this.#logits[row + j] - activation * weights[j];
      if (logit > after) after = logit;
    }
    this.#lastMargin = own - (before > after ? before : after);
    return own > before && own >= after ? 0 : 1;
  }
}

function spans({ readOut, width, classes }: NeuronMatrix): Float64Array {
  return Float64Array.from({ length: width }, (_, neuron) => {
    let least = Infinity;
    let greatest = -Infinity;
    for (let j = neuron * classes; j < (neuron + 1) * classes; j++) {
      least = Math.min(least, readOut[j]);
      greatest = Math.max(greatest, readOut[j]);
    }
    return greatest - least;
  });
}
