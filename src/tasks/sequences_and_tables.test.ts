// Copy, group composition and random labels: what their labels are.
import { expect, test } from 'vitest';
import { experimentFromObject } from '../config/index.ts';
import { buildDataset } from './index.ts';

test('copy lists all sequences in lexicographic order, and its answers are their tokens', () => {
  const { experiment } = experimentFromObject({ task: 'copy', dataset: { alphabet: 3, length: 2 } });
  const { tokens, labels, structure } = buildDataset(experiment);
  expect(Array.from(tokens[0], (first, i) => `${first}${tokens[1][i]}`).join(' ')).toBe(
    '00 01 02 10 11 12 20 21 22',
  );
  expect([...labels].join('')).toBe('000102101112202122');
  expect(structure).toEqual({ kind: 'copy', alphabet: 3, length: 2 });
});

test('a cyclic group is addition: the same pairs, labels and split', () => {
  const group = experimentFromObject({ task: 'group', dataset: { group: 'C13' } }).experiment;
  const modular = experimentFromObject({ dataset: { N: 13 } }).experiment;
  const { structure, ...composed } = buildDataset(group);
  const { structure: _, ...added } = buildDataset(modular);
  expect(composed).toEqual(added);
  expect(structure).toMatchObject({ kind: 'group', group: { name: 'C13', order: 13 } });
});

test('each element is the answer as often as any other: rows and columns of the table are permutations', () => {
  const { labels, size, classes } = buildDataset(
    experimentFromObject({ task: 'group', dataset: { group: 'A5' } }).experiment,
  );
  const counts = new Int32Array(classes);
  for (const label of labels) counts[label]++;
  expect(size).toBe(3600);
  expect(new Set(counts)).toEqual(new Set([60]));
});

test('random labels are uniform, and the split of the pairs is that of the task they are the control of', () => {
  const { experiment } = experimentFromObject({ task: 'random_labels', dataset: { N: 97, classes: 10 } });
  const { labels, split, structure, size } = buildDataset(experiment);
  const counts = new Int32Array(10);
  for (const label of labels) counts[label]++;
  // χ² with 9 degrees of freedom passes 40 with a chance of 8e-6.
  const chiSquared = counts.reduce((sum, count) => sum + (count - size / 10) ** 2 / (size / 10), 0);
  expect(chiSquared).toBeLessThan(40);
  expect(split).toEqual(buildDataset(experimentFromObject({ dataset: { N: 97 } }).experiment).split);
  expect(structure).toEqual({ kind: 'none' });
});
