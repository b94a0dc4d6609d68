/** The examples of a task on two operands: the pairs (a, b) of 0 … N − 1 in row-major order, labelled, split, and noisy. */
import { type PairSplit, type Pairs, pairCount, visitPairs } from '../config/pairs.ts';
import type { Dataset } from './dataset.ts';
import { withLabelNoise } from './label-noise.ts';
import { splitPairs } from './split.ts';

export interface PairTask extends Pick<Dataset, 'classes' | 'structure'> {
  /** The label of a pair, 0 … classes − 1. */
  label(a: number, b: number): number;
}

/** The data set of a task on the pairs, split and label noise that the configuration asks for. */
export function pairsDataset(
  config: Pairs & PairSplit & { label_noise?: number },
  { label, classes, structure }: PairTask,
): Dataset {
  const size = pairCount(config);
  const a = new Int32Array(size);
  const b = new Int32Array(size);
  const cleanLabels = new Int32Array(size);
  let example = 0;
  visitPairs(config, (x, y) => {
    a[example] = x;
    b[example] = y;
    cleanLabels[example] = label(x, y);
    example++;
    return true;
  });
  const split = splitPairs(a, b, config);
  const { seed, label_noise = 0 } = config;
  const labels = withLabelNoise(cleanLabels, split.train, classes, { seed, label_noise });
  const tokens = [a, b];
  return { size, tokens, vocabulary: config.N, classes, answers: 1, labels, cleanLabels, split, structure };
}
