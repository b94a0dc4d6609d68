/** A hidden layer and its read-out, z = h W + b, as measures take it apart neuron by neuron. */

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

/**
 * Logits [examples, classes] of these neurons alone, added in the order given to `start` (a copy of it; the bias if left
 * out).
 */
export function logitsOfNeurons(
  { examples, width, classes, hidden, readOut, bias }: HiddenLayer,
  neurons: readonly number[],
  start?: Float64Array,
): Float64Array {
  const logits = start ? start.slice() : new Float64Array(examples * classes);
  for (let example = 0; example < examples; example++) {
    const row = example * classes;
    if (!start && bias) for (let j = 0; j < classes; j++) logits[row + j] = bias[j];
    for (const neuron of neurons) {
      const activation = hidden[example * width + neuron];
      if (activation === 0) continue;
      const weights = neuron * classes;
      for (let j = 0; j < classes; j++) logits[row + j] += activation * readOut[weights + j];
    }
  }
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
export function readOutContributions({
  examples,
  width,
  classes,
  hidden,
  readOut,
}: HiddenLayer): Float64Array {
  const activity = new Float64Array(width);
  for (let example = 0; example < examples; example++) {
    for (let i = 0; i < width; i++) activity[i] += hidden[example * width + i] * hidden[example * width + i];
  }
  return activity.map((squares, i) => {
    let mean = 0;
    for (let j = 0; j < classes; j++) mean += readOut[i * classes + j];
    mean /= classes;
    let weights = 0;
    for (let j = 0; j < classes; j++) {
      const weight = readOut[i * classes + j] - mean;
      weights += weight * weight;
    }
    return Math.sqrt(squares) * Math.sqrt(weights);
  });
}
