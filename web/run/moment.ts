/** A run at one of its evaluations, as far as pictures need it; some two hundred are kept, so that one can look back. */

/** Everything but `step` is absent where the task or the source of the run has no such thing. */
export interface Moment {
  readonly step: number;
  /** [size]: 1 where the network answers an example rightly (all its answers), else 0; in the order of the dataset. */
  readonly predictions?: Uint8Array;
  /** The embeddings of the model, row-major: one row for each token. */
  readonly embeddings?: readonly EmbeddingTable[];
  /** Power of the logits by mode, as measures/spectral-snapshot.ts gives it. */
  readonly spectrum?: LogitSpectrum;
  /** Of the hidden neurons, or the first of them, as measures/neuron-frequencies.ts gives them. */
  readonly neurons?: NeuronTable;
}

export interface EmbeddingTable {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
}

export interface NeuronTable {
  /** Elements of the cyclic group whose frequencies these are. */
  readonly order: number;
  /** Neurons of the layer. */
  readonly width: number;
  readonly frequency: Uint16Array;
  readonly share: Float32Array;
}

export interface LogitSpectrum {
  readonly shape: readonly number[];
  readonly power: Float64Array;
}

/** The latest thing at or before `step`, else the first there is; undefined without any. They ascend by step. */
export function latestAt<Item extends { readonly step: number }>(
  items: readonly Item[],
  step: number,
): Item | undefined {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle] as Item).step <= step) low = middle + 1;
    else high = middle;
  }
  return items[Math.max(0, low - 1)];
}

/** The moment that is shown at a step. */
export function momentAt(moments: readonly Moment[], step: number): Moment | undefined {
  return latestAt(moments, step);
}
