/** Task `random_labels`: a label drawn for each pair, uniformly: what can be memorised and not understood. */
import type { DatasetConfig } from '../config/index.ts';
import { Stream } from '../engine/philox.ts';
import type { Dataset } from './dataset.ts';
import { powerInputGroups } from './input-group/index.ts';
import { pairsDataset } from './pairs.ts';

/** Labels come in the order of the pairs from stream (seed, 'random-labels'). */
export function randomLabelsDataset(config: DatasetConfig<'random_labels'>): Dataset {
  const { classes, seed } = config;
  const stream = new Stream(seed, 'random-labels');
  const dataset = pairsDataset(config, {
    label: () => stream.integer(classes),
    classes,
    structure: { kind: 'none' },
  });
  return { ...dataset, inputs: powerInputGroups(config.N, 2) };
}
