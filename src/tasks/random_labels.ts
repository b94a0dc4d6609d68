/** Task `random_labels`: a label drawn for each pair, uniformly: what can be memorised and not understood. */
import type { DatasetConfig } from '../config/index.ts';
import { Stream } from '../engine/philox.ts';
import type { Dataset } from './dataset.ts';
import { pairsDataset } from './pairs.ts';

/** Labels come in the order of the pairs from stream (seed, 'random-labels'). */
export function randomLabelsDataset(config: DatasetConfig<'random_labels'>): Dataset {
  const { classes, seed } = config;
  const stream = new Stream(seed, 'random-labels');
  return pairsDataset(config, {
    label: () => stream.integer(classes),
    classes,
    structure: { kind: 'none' },
  });
}
