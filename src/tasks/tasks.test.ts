// What every task promises: sizes foretold by the configuration, a split that loses nothing, the same bits again.
import { expect, test } from 'vitest';
import { type ExperimentInput, experimentFromObject, splitSizes, taskShape } from '../config/index.ts';
import { buildDataset } from './index.ts';

const inputs: Record<string, ExperimentInput> = {
  modular: { dataset: { N: 7, op: 'div', pairs: 'unordered', val_fraction: 0.2 } },
  'modular, by hash': { dataset: { N: 11, split: 'hash', train_fraction: 0.4 } },
  'a dihedral group': { task: 'group', dataset: { group: 'D5', val_fraction: 0.1 } },
  'a group by hash': { task: 'group', dataset: { group: 'S4', split: 'hash', label_noise: 0.3 } },
  'parity, drawn': {
    task: 'parity',
    dataset: { n: 40, train_samples: 70, test_samples: 30, val_fraction: 0.1 },
  },
  'parity, drawn from a small cube': {
    task: 'parity',
    dataset: { n: 7, k: 2, train_samples: 100, test_samples: 28, label_noise: 0.5 },
  },
  'parity, the whole cube': { task: 'parity', dataset: { n: 6, k: 6, samples: 'all', train_fraction: 0.3 } },
  copy: { task: 'copy', dataset: { alphabet: 3, length: 4, val_fraction: 0.3 } },
  'random labels': { task: 'random_labels', dataset: { N: 9, classes: 5, pairs: 'unordered' } },
};

test.for(Object.entries(inputs))('%s is as large as was foretold, and split without loss', ([, input]) => {
  const { experiment } = experimentFromObject(input);
  const dataset = buildDataset(experiment);
  const { size, tokens, labels, cleanLabels, vocabulary, classes, answers, split } = dataset;
  expect({ examples: size, operands: tokens.length, vocabulary, classes, answers }).toEqual(
    taskShape(experiment),
  );
  const { train, validation, heldOut } = split;
  expect({ train: train.length, validation: validation.length, heldOut: heldOut.length }).toEqual(
    splitSizes(experiment),
  );
  expect([...train, ...validation, ...heldOut].toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: size }, (_, example) => example),
  );
  for (const part of [train, validation, heldOut]) expect([...part]).toEqual([...part].sort((a, b) => a - b));
  for (const column of tokens) {
    expect(column.length).toBe(size);
    expect(column.every((token) => token >= 0 && token < vocabulary)).toBe(true);
  }
  expect([labels.length, cleanLabels.length]).toEqual([size * answers, size * answers]);
  expect(labels.every((label) => label >= 0 && label < classes)).toBe(true);
  for (const example of [...validation, ...heldOut])
    expect(labels[example * answers]).toBe(cleanLabels[example * answers]);
  expect(buildDataset(experiment)).toEqual(dataset);
  // The hash is xored with the seed: only the high bits of a seed move it much.
  const other = experimentFromObject({ ...input, seed: 0x9e3779b9 }).experiment;
  expect(buildDataset(other)).not.toEqual(dataset);
});
