import { expect, test } from 'vitest';
import { type ExperimentInput, experimentFromObject } from '../config/index.ts';
import { buildDataset } from '../tasks/index.ts';
import { Trainer } from '../training/trainer.ts';
import { openMeasures } from './index.ts';

const networks: [string, ExperimentInput, number][] = [
  ['two one-hots side by side', { dataset: { N: 5 }, model: { type: 'two_layer', hidden_dim: 6 } }, 10],
  ['two one-hots added', { dataset: { N: 5 }, model: { type: 'two_layer', hidden_dim: 6, input: 'sum' } }, 5],
  ['two embeddings', { dataset: { N: 5 }, model: { type: 'embedding_mlp', embed_dim: 3, hidden_dim: 6 } }, 6],
  ['a hidden layer before', { dataset: { N: 5 }, model: { type: 'mlp', hidden_dim: 6, layers: 2 } }, 6],
  [
    'signs',
    {
      task: 'parity',
      dataset: { n: 7, k: 2, train_samples: 40, test_samples: 40 },
      model: { type: 'mlp', hidden_dim: 6, layers: 1, input_encoding: { type: 'signs' }, output: 'margin' },
    } as ExperimentInput,
    7,
  ],
];

test.each(networks)(
  'the subnetwork of %s costs two FLOPs for each weight of its neurons',
  async (_, input, inputs) => {
    const { experiment } = experimentFromObject(input);
    const dataset = buildDataset(experiment);
    const { probe } = await Trainer.start(experiment, dataset);
    const { effective_sparsity = Number.NaN, circuit_flops } = openMeasures(probe, ['sparsity']).values(0);
    expect(effective_sparsity).toBeGreaterThanOrEqual(0); // none where the bias decides everything
    expect(effective_sparsity).toBeLessThanOrEqual(6);
    expect(circuit_flops).toBe(2 * effective_sparsity * (inputs + dataset.classes));
  },
);
