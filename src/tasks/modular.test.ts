import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DatasetConfig } from '../config/index.ts';
import { experimentFromObject } from '../config/index.ts';
import { pairSplitSizes } from '../config/pairs.ts';
import { operations } from '../config/tasks/modular.ts';
import { buildDataset } from './index.ts';

const config: fc.Arbitrary<DatasetConfig<'modular'>> = fc.record({
  N: fc.constantFrom(2, 3, 5, 7, 11, 13),
  op: fc.constantFrom(...operations),
  pairs: fc.constantFrom('ordered', 'unordered'),
  train_fraction: fc.double({ min: 0, max: 1, noNaN: true }),
  val_fraction: fc.double({ min: 0, max: 0.99, noNaN: true }),
  split: fc.constantFrom('random', 'hash'),
  seed: fc.integer({ min: 0, max: 0xffffffff }),
  label_noise: fc.double({ min: 0, max: 1, noNaN: true }),
});
const build = (dataset: DatasetConfig<'modular'>) => buildDataset({ task: 'modular', dataset });
const given = (dataset: Partial<DatasetConfig<'modular'>>) =>
  build(experimentFromObject({ dataset }).experiment.dataset);

test('train, validation and held-out hold every example once, in ascending order and of the predicted sizes', () => {
  fc.assert(
    fc.property(config, (dataset) => {
      const { size, split } = build(dataset);
      const all = [...split.train, ...split.validation, ...split.heldOut];
      expect(all.toSorted((a, b) => a - b)).toEqual(Array.from({ length: size }, (_, example) => example));
      for (const part of Object.values(split)) expect([...part]).toEqual([...part].toSorted((a, b) => a - b));
      const { train, validation, heldOut } = split;
      expect({ train: train.length, validation: validation.length, heldOut: heldOut.length }).toEqual(
        pairSplitSizes(dataset),
      );
    }),
  );
});

test('the same configuration gives the same dataset', () => {
  fc.assert(
    fc.property(config, (dataset) => {
      expect(build(dataset)).toEqual(build(dataset));
    }),
  );
});

test('labels differ from the clean ones on at most round(label_noise · n) train examples and nowhere else', () => {
  fc.assert(
    fc.property(config, (dataset) => {
      const { labels, cleanLabels, split, classes } = build(dataset);
      const isChanged = (example: number) => labels[example] !== cleanLabels[example];
      expect([...split.validation, ...split.heldOut].some(isChanged)).toBe(false);
      const changed = [...split.train].filter(isChanged).length;
      expect(changed).toBeLessThanOrEqual(Math.round(dataset.label_noise * split.train.length));
      expect(labels.every((label) => label >= 0 && label < classes)).toBe(true);
    }),
  );
});

test('pairs stand in row-major order: all of them ordered, a ≤ b unordered, no b = 0 for division', () => {
  const pairs = (dataset: Partial<DatasetConfig<'modular'>>) => {
    const { tokens, size } = given({ N: 3, ...dataset });
    return Array.from({ length: size }, (_, example) => `${tokens[0][example]}${tokens[1][example]}`).join(
      ' ',
    );
  };
  expect(pairs({})).toBe('00 01 02 10 11 12 20 21 22');
  expect(pairs({ pairs: 'unordered' })).toBe('00 01 02 11 12 22');
  expect(pairs({ op: 'div' })).toBe('01 02 11 12 21 22');
  expect(pairs({ op: 'div', pairs: 'unordered' })).toBe('01 02 11 12 22');
});

test('the reference split of modulus 53 has 1,405 train and 1,404 held-out pairs and no validation', () => {
  const { split, size, structure } = given({ N: 53 });
  expect(size).toBe(2809);
  expect([split.train.length, split.validation.length, split.heldOut.length]).toEqual([1405, 0, 1404]);
  expect(structure).toEqual({ kind: 'cyclic', modulus: 53, op: 'add' });
});

test('another seed gives another split, and the seed of the dataset is apart from that of the weights', () => {
  const train = (seed: number, datasetSeed?: number) =>
    buildDataset(experimentFromObject({ seed, dataset: { seed: datasetSeed } }).experiment).split.train;
  expect(train(0)).not.toEqual(train(1));
  expect(train(0, 7)).toEqual(train(1, 7));
});

test('a random split takes each example with the same frequency', () => {
  const seeds = 400;
  const taken = new Int32Array(49);
  for (let seed = 0; seed < seeds; seed++)
    for (const example of given({ N: 7, train_fraction: 0.5, seed }).split.train) taken[example]++;
  // Binomial(400, 25/49): standard deviation 10; 5 of them leave a chance of 3e-5 over 49 examples.
  expect(Math.max(...taken.map((count) => Math.abs(count - (seeds * 25) / 49)))).toBeLessThan(50);
});

test('a composite modulus is refused for division even without the configuration’s check', () => {
  const { dataset } = experimentFromObject({}).experiment;
  expect(() => build({ ...dataset, N: 10, op: 'div' })).toThrow('dataset.N: 2 has no inverse modulo 10');
});
