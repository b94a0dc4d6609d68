import { expect, test } from 'vitest';
import { type ExperimentInput, experimentFromObject, parseExperiment } from '../config/index.ts';
import { measureProblem } from '../config/measure-rules.ts';
import { measureNames } from '../config/schema/measures.ts';
import { buildDataset } from '../tasks/index.ts';
import { Trainer } from '../training/trainer.ts';
import { measures, openMeasures } from './index.ts';

const small = { type: 'two_layer', hidden_dim: 4 } as const;
const experiments: Record<string, ExperimentInput> = {
  addition: { dataset: { N: 5 }, model: small },
  'unordered pairs': { dataset: { N: 5, pairs: 'unordered' }, model: small },
  multiplication: { dataset: { N: 5, op: 'mul' }, model: small },
  'modulo 2': { dataset: { N: 2, train_fraction: 0.5 }, model: small },
  'a transformer': { dataset: { N: 5 }, model: { type: 'transformer', d_model: 8, heads: 2, d_mlp: 8 } },
  'a group': { task: 'group', dataset: { group: 'S3' }, model: small },
  'short strings': {
    task: 'parity',
    dataset: { n: 4, k: 2, samples: 'all' },
    model: { ...small, input: 'signs' },
  },
  'long strings': {
    task: 'parity',
    dataset: { n: 20, k: 2, train_samples: 9, test_samples: 9 },
    model: small,
  },
  copying: { task: 'copy', dataset: { alphabet: 3, length: 2 }, model: small },
  'random labels': { task: 'random_labels', dataset: { N: 4, classes: 3 }, model: small },
};

test.each(Object.entries(experiments))(
  'for %s the configuration refuses the measures that cannot be taken, and those that it allows give numbers',
  async (_, input) => {
    const { experiment } = experimentFromObject(input);
    const { probe } = await Trainer.start(experiment, buildDataset(experiment));
    for (const name of measureNames) {
      const problem = measureProblem(name, experiment);
      expect(problem === undefined, name).toBe(measures[name].refusal(probe) === undefined);
      if (problem !== undefined) continue;
      const values = openMeasures(probe, [name]).values(0);
      const columns = measures[name].columns.map((column) => column.name);
      expect(columns).toEqual(expect.arrayContaining(Object.keys(values)));
      expect(Object.keys(values).length).toBeGreaterThan(0);
    }
  },
);

test('a measure that cannot be taken is an error of the configuration, with its place and the remedy', () => {
  const refused = (yaml: string) => () => parseExperiment(yaml, { file: 'x.yaml' });
  expect(refused('model: {type: transformer}\nmeasures:\n  - sparsity\n')).toThrow(
    /^x\.yaml:3:5: measure sparsity needs logits that are read from one hidden layer alone\n.*take it of a two_layer/s,
  );
  expect(refused('task: parity\nmodel: {type: mlp}\nspectral: {compute: true}\n')).toThrow(
    /^x\.yaml:3:21: measure spectrum needs all strings listed.*take dataset\.n up to 16/s,
  );
});

test('spectral.compute leaves out what has no meaning for a task, and takes the rest', async () => {
  const { experiment } = experimentFromObject({
    ...experiments['short strings'],
    spectral: { compute: true },
  } as ExperimentInput);
  const { probe } = await Trainer.start(experiment, buildDataset(experiment));
  const values = openMeasures(probe).values(0);
  expect(values.spectral_energy).toBeGreaterThan(0);
  expect('embedding_gini' in values || 'knn_energy' in values).toBe(false);
});
