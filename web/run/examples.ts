/** What does not change during a run about the examples its task knows: which is which, and which are trained on. */

import type { Dataset } from 'grokscope';

/** Facts about every example, in the order of the dataset. */
export interface Examples {
  readonly size: number;
  readonly vocabulary: number;
  readonly classes: number;
  /** Answers of an example: 1, or as many as a sequence has tokens. */
  readonly answers: number;
  /** Operand columns, each [size], values 0 … vocabulary − 1. */
  readonly tokens: readonly Int32Array[];
  /** [size, answers], with label noise. */
  readonly labels: Int32Array;
  /** [size]: 1 for an example that is trained on, 0 for one held out. */
  readonly isTrain: Uint8Array;
  /** Which structure the labels hide: `cyclic`, `group`, `parity`, `copy` or `none`. */
  readonly structure: Dataset['structure']['kind'];
}

/** The facts about a dataset, as plain data that can be sent to another thread. */
export function examplesOf({
  size,
  vocabulary,
  classes,
  answers,
  tokens,
  labels,
  split,
  structure,
}: Dataset): Examples {
  const isTrain = new Uint8Array(size);
  for (const example of split.train) isTrain[example] = 1;
  return { size, vocabulary, classes, answers, tokens, labels, isTrain, structure: structure.kind };
}
