// How the section `dataset` follows the task: defaults, and errors that say where a key belongs.
import { expect, test } from 'vitest';
import { z } from 'zod';
import { ConfigError } from '../error.ts';
import { jsonSchema, parseExperiment, taskTitle, toYaml } from '../index.ts';

function refusal(text: string): ConfigError {
  try {
    parseExperiment(text, { file: 'x.yaml' });
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

test('a key of another task is shown with its place, and with the task it belongs to', () => {
  expect(refusal('task: parity\ndataset: {n: 20, N: 53}\n').message).toBe(
    [
      'x.yaml:2:18: dataset.N is not a key of dataset of task parity',
      '  dataset: {n: 20, N: 53}',
      '                   ^',
      '  it is a key of task modular, random_labels',
    ].join('\n'),
  );
});

test.each([
  ['task: prity', 'task must be one of modular, group, parity, copy, random_labels, got "prity"'],
  ['task: group\ndataset: {group: S7}', 'got "S7"'],
  [
    'task: group\ndataset: {group: S7}',
    'dataset.group must be a group: C2 to C999 (cyclic), D3 to D999 (dihedral), S3, S4, S5 (symmetric), A4 or A5 (alternating)',
  ],
  ['task: group\ndataset: {group: C1}', 'got "C1"'],
  ['task: group\ndataset: {op: add}', 'dataset.op is not a key of dataset of task group'],
  ['dataset: {k: 3}', 'dataset.k is not a key of dataset'],
  ['task: parity\ndataset: {n: 0}', 'dataset.n must be a whole number from 1 to 256, got 0'],
  [
    'task: parity\ndataset: {n: 4, k: 5, samples: all}',
    'dataset.k must be at most dataset.n, got k 5 of 4 bits',
  ],
  [
    'task: parity\ndataset: {samples: all}',
    'dataset.samples all lists at most 65536 strings (n 16), got n 40',
  ],
  [
    'task: parity\ndataset: {n: 10}',
    'dataset.train_samples and test_samples must add up to at most 2^n = 1024 different strings, got 2000',
  ],
  [
    'task: parity\ndataset: {train_samples: 1, val_fraction: 0.5}',
    'dataset.val_fraction 0.5 leaves no train example out of 1001 strings',
  ],
  [
    'task: copy\ndataset: {length: 9}',
    'dataset.length 9 over an alphabet of 8 makes 134217728 sequences, and at most 65536 are listed',
  ],
  ['task: copy\ndataset: {label_noise: 0.1}', 'dataset.label_noise is not a key of dataset of task copy'],
  [
    'task: copy\ndataset: {alphabet: 2, length: 1, train_fraction: 1}',
    'dataset.train_fraction 1 leaves no held-out example out of 2 sequences',
  ],
  [
    'model: {type: two_layer, input: signs}',
    'model.input signs needs a task whose tokens are bits, as parity, got 53 different tokens in task modular',
  ],
  [
    'model: {type: mlp, input_encoding: {type: signs}}',
    'model.input_encoding.type signs needs a task whose tokens are bits',
  ],
  [
    'task: copy\nmodel: {type: mlp, output: margin}',
    'model.output margin needs a task with two classes and one answer, got 8 classes and 4 answers in task copy',
  ],
  [
    'task: parity\nmodel: {type: two_layer, init: {type: analytic}}',
    'analytic needs activation quadratic, input concat and op add, got quadratic, concat, task parity',
  ],
  [
    'dataset: {N: 1031}\ntrain: {objective: reinforce}',
    'train.objective reinforce draws from at most 1024 answers, got 1031 classes',
  ],
])('%s is refused in one sentence that has a place', (text, message) => {
  const { issues, message: rendered } = refusal(text);
  expect(issues).toHaveLength(1);
  expect(issues[0].message).toContain(message);
  expect(rendered).toMatch(/^x\.yaml:[12]:\d+: /);
});

test.each([
  ['task: groop', 'did you mean group?'],
  ['task: parity\ndataset: {group: S5}', 'it is a key of task group'],
  ['task: parity\ndataset: {trian_samples: 5}', 'did you mean train_samples?'],
  ['task: group\ndataset: {train_samples: 5}', 'it is a key of task parity'],
])('%s is answered with "%s"', (text, suggestion) => {
  expect(refusal(text).issues[0].suggestion).toBe(suggestion);
});

test.each([
  [
    'task: group',
    { group: 'S5', train_fraction: 0.5, val_fraction: 0, split: 'random', seed: 4, label_noise: 0 },
  ],
  ['task: group\ndataset: {split: hash}', { val_fraction: 0.1 }],
  ['task: parity', { n: 40, k: 3, samples: 'drawn', train_samples: 1000, val_fraction: 0, seed: 4 }],
  ['task: copy', { alphabet: 8, length: 4, seed: 4, val_fraction: 0 }],
  ['task: random_labels', { N: 53, classes: 53, pairs: 'ordered', seed: 4 }],
  ['task: random_labels\ndataset: {N: 11}', { classes: 11 }],
  ['task: random_labels\ndataset: {classes: 2}', { N: 53, classes: 2 }],
])('%s has the defaults of its task, and reads the same when it is written', (text, dataset) => {
  const { experiment } = parseExperiment(`seed: 4\n${text}`);
  expect(experiment.dataset).toMatchObject(dataset);
  expect(parseExperiment(toYaml(experiment)).experiment).toEqual(experiment);
});

test.each([
  ['seed: 0', 'add modulo 53'],
  ['task: group', 'composition in S5'],
  ['task: parity', 'parity of 3 of 40 bits'],
  ['task: copy', 'copying 4 of 8 tokens'],
  ['task: random_labels', '53 random labels on pairs of 53'],
])('%s is called "%s"', (text, title) => {
  expect(taskTitle(parseExperiment(text).experiment)).toBe(title);
});

test('the JSON Schema takes the section of each task, and refuses a group that does not exist', () => {
  const schema = z.fromJSONSchema(jsonSchema() as Parameters<typeof z.fromJSONSchema>[0]);
  const accepted = (value: object) => schema.safeParse(value).success;
  expect(accepted({ task: 'parity', dataset: { n: 20, k: 3 } })).toBe(true);
  expect(accepted({ task: 'copy', dataset: { alphabet: 4, length: 3 } })).toBe(true);
  expect(accepted({ task: 'group', dataset: { group: 'A5', label_noise: 0.1 } })).toBe(true);
  expect(accepted({ task: 'group', dataset: { group: 'S7' } })).toBe(false);
  expect(accepted({ task: 'modular', dataset: { n: 20, N: 5 } })).toBe(false);
});
