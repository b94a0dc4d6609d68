/** A hidden layer and its read-out, z = h W + b, as measures take it apart neuron by neuron. */

import { requireShape } from './expected-shape.ts';

export interface HiddenLayer {
  readonly examples: number;
  /** Hidden neurons. */
  readonly width: number;
  readonly classes: number;
  /** [examples, width]: activations after the nonlinearity. */
  readonly hidden: ArrayLike<number>;
  /** [width, classes]: what each neuron adds to the logits. */
  readonly readOut: ArrayLike<number>;
  /** [classes]; 0 if left out. */
  readonly bias?: ArrayLike<number>;
}

/** The same in f64, with the activations of each neuron side by side. */
export interface NeuronMatrix {
  readonly examples: number;
  readonly width: number;
  readonly classes: number;
  /** [width, examples] */
  readonly hidden: Float64Array;
  /** [width, classes] */
  readonly readOut: Float64Array;
  /** [classes] */
  readonly bias: Float64Array;
}

/**
 * The layer neuron by neuron.
 *
 * @throws {RangeError} in the name of `operation` where an array does not have its shape
 */
export function neuronMatrix(operation: string, layer: HiddenLayer): NeuronMatrix {
  const { examples, width, classes, hidden, readOut, bias = new Float64Array(classes) } = layer;
  requireShape(operation, 'the activations', hidden, [examples, width]);
  requireShape(operation, 'the read-out', readOut, [width, classes]);
  requireShape(operation, 'the bias', bias, [classes]);
  const turned = new Float64Array(width * examples);
  for (let example = 0; example < examples; example++) {
    for (let i = 0; i < width; i++) turned[i * examples + example] = hidden[example * width + i];
  }
  return {
    examples,
    width,
    classes,
    hidden: turned,
    readOut: Float64Array.from(readOut),
    bias: Float64Array.from(bias),
  };
}

/** Adds what these neurons give to the logits [examples, classes], neuron after neuron in the order given. */
export function addNeurons(layer: NeuronMatrix, neurons: readonly number[], logits: Float64Array): void {
  const { examples, classes, hidden, readOut } = layer;
  // Examples outside: a row of logits stays in cache while all neurons are added.
  for (let example = 0; example < examples; example++) {
    const row = example * classes;
    for (let n = 0; n < neurons.length; n++) {
      const activation = hidden[neurons[n] * examples + example];
      if (activation === 0) continue;
      const weights = neurons[n] * classes;
      for (let j = 0; j < classes; j++) logits[row + j] += activation * readOut[weights + j];
    }
  }
}

/** Logits [examples, classes] of these neurons alone, from the bias up. */
export function logitsOfNeurons(layer: NeuronMatrix, neurons: readonly number[]): Float64Array {
  const { examples, classes, bias } = layer;
  const logits = new Float64Array(examples * classes);
  for (let example = 0; example < examples; example++) logits.set(bias, example * classes);
  addNeurons(layer, neurons, logits);
  return logits;
}

/** The class of the largest logit of each example, the first of equal ones: [examples]. */
export function argmaxOf(logits: Float64Array, classes: number): Int32Array {
  const predictions = new Int32Array(logits.length / classes);
  for (let example = 0; example < predictions.length; example++) {
    let best = -Infinity;
    for (let j = 0; j < classes; j++) {
      if (logits[example * classes + j] > best) {
        best = logits[example * classes + j];
        predictions[example] = j;
      }
    }
  }
  return predictions;
}

/**
 * ‖h_i‖·‖w_i‖ for each neuron, the norm of what it adds to the logits of all examples; w_i less its mean over the classes,
 * which moves all logits of an example alike and no prediction.
 */
export function readOutContributions(layer: NeuronMatrix): Float64Array {
  const { examples, width, classes, hidden, readOut } = layer;
  return Float64Array.from({ length: width }, (_, i) => {
    let activity = 0;
    for (let k = i * examples; k < (i + 1) * examples; k++) activity += hidden[k] * hidden[k];
    let mean = 0;
    for (let j = i * classes; j < (i + 1) * classes; j++) mean += readOut[j];
    mean /= classes;
    let weights = 0;
    for (let j = i * classes; j < (i + 1) * classes; j++)
      weights += (readOut[j] - mean) * (readOut[j] - mean);
    return Math.sqrt(activity) * Math.sqrt(weights);
  });
}
