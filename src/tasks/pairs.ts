/** The examples of a task on two operands: the pairs (a, b) of 0 … N − 1 in row-major order, labelled, split, and noisy. */
import type { DatasetConfig } from '../config/index.ts';
import { pairCount, visitPairs } from '../config/pairs.ts';
import type { Dataset } from './dataset.ts';
import { withLabelNoise } from './label-noise.ts';
import { splitPairs } from './split.ts';

export interface PairTask extends Pick<Dataset, 'classes' | 'structure'> {
  /** The label of a pair, 0 … classes − 1. */
  label(a: number, b: number): number;
}

/** The data set of a task on the pairs, split and label noise that the configuration asks for. */
export function pairsDataset(config: DatasetConfig, { label, classes, structure }: PairTask): Dataset {
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
  const labels = withLabelNoise(cleanLabels, split.train, classes, config);
  return { size, tokens: [a, b], vocabulary: config.N, classes, labels, cleanLabels, split, structure };
}
