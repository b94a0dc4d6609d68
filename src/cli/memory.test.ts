import { expect, test } from 'vitest';
import { type ExperimentInput, experimentFromObject } from '../config/index.ts';
import { Machine } from '../engine/index.ts';
import { buildDataset } from '../tasks/index.ts';
import { Trainer } from '../training/trainer.ts';
import { memoryProblem, predictMemory } from './memory.ts';

const experimentOf = (input: ExperimentInput) => experimentFromObject(input).experiment;

const experiments: Record<string, ExperimentInput> = {
  'a transformer': { dataset: { N: 53 }, model: { type: 'transformer' } },
  'a wide network': { dataset: { N: 31 }, model: { type: 'two_layer', hidden_dim: 4000 } },
  'many pairs in small batches': {
    dataset: { N: 401 },
    loader: { batch_size: 64 },
    model: { type: 'two_layer', hidden_dim: 16 },
  },
  'a transformer on strings of bits': {
    task: 'parity',
    dataset: { n: 20, train_samples: 2000, test_samples: 2000 },
    loader: { batch_size: 256 },
    model: { type: 'transformer', d_model: 32, d_mlp: 64 },
  },
  'several answers from rewards': {
    task: 'copy',
    dataset: { alphabet: 16, length: 3 },
    model: { type: 'transformer', d_model: 64, d_mlp: 128 },
    train: { objective: 'reinforce' },
  },
  'a group': { task: 'group', dataset: { group: 'A5' }, model: { type: 'embedding_mlp' } },
  'an mlp in f64 with a moving average': {
    dataset: { N: 31 },
    model: { type: 'mlp', hidden_dim: 256, layers: 3 },
    train: { dtype: 'f64', ema: { use: true } },
  },
  'a transformer with a penalty on all inputs': {
    dataset: { N: 53 },
    model: { type: 'transformer' },
    laplacian_penalty: { compute: true },
  },
  'a network with a penalty on a graph of its own': {
    dataset: { N: 47 },
    model: { type: 'two_layer', hidden_dim: 256 },
    laplacian_penalty: { compute: true, kind: 'neighbours' },
  },
};

test.for(Object.entries(experiments))('%s takes about the memory that was predicted', async ([, input]) => {
  const experiment = experimentOf(input);
  const machine = await Machine.open();
  const before = machine.bytes;
  const trainer = await Trainer.start(experiment, buildDataset(experiment), machine);
  trainer.advance();
  trainer.evaluate();
  const { machineBytes, totalBytes } = predictMemory(experiment);
  const ratio = machineBytes / (machine.bytes - before);
  expect(ratio).toBeGreaterThan(0.75);
  expect(ratio).toBeLessThan(1.5);
  expect(totalBytes).toBeGreaterThan(machineBytes);
});

test('what does not fit is said with the figure, first what no machine can do, then what this one cannot', () => {
  const advice = 'make the model, the batch (loader.batch_size) or dataset.N smaller';
  expect(memoryProblem({ machineBytes: 1e9, totalBytes: 2e9 }, 4e9)).toBeUndefined();
  expect(memoryProblem({ machineBytes: 5e9, totalBytes: 6e9 }, 4e9)).toBe(
    `the experiment needs about 5.0 GB for its arithmetic, and WebAssembly can hold 4.3 GB; ${advice}`,
  );
  expect(memoryProblem({ machineBytes: 1e9, totalBytes: 6e9 }, 4e9)).toBe(
    `the experiment needs about 6.0 GB of memory, and this machine has 4.0 GB; ${advice}`,
  );
});

test('the largest modulus is estimated without being built', () => {
  const { machineBytes } = predictMemory(
    experimentOf({ dataset: { N: 46340 }, model: { type: 'transformer' } }),
  );
  expect(machineBytes).toBeGreaterThan(46340 ** 2 * 12);
});
