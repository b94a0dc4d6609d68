import { expect, test } from 'vitest';
import { askedForks } from './asked-forks.ts';

const overrides = ['dataset.N=7', 'model.hidden_dim=8', 'train.total_steps=40', 'train.eval_every_steps=5'];
const original = { settings: { preset: 'r1', overrides }, isRecorded: false };

test('forks and forks of forks have the settings of the run that they leave and their own changes over them', () => {
  const { forks, faults } = askedForks(
    ['0@10;train.weight_decay=0', '1@20;train.lr=0.1', '1@15;train.weight_decay'],
    original,
    5,
  );
  expect(faults).toEqual([]);
  expect(forks.map(({ number, from, step }) => [number, from, step])).toEqual([
    [1, 0, 10],
    [2, 1, 20],
    [3, 1, 15],
  ]);
  expect(forks.map(({ settings }) => settings.overrides)).toEqual([
    [...overrides, 'train.weight_decay=0'],
    [...overrides, 'train.weight_decay=0', 'train.lr=0.1'],
    overrides,
  ]);
});

const broken: readonly (readonly [texts: string[], sentence: RegExp])[] = [
  [['ten'], /^The address asks for fork=ten, which is left out: FROM@STEP;section.key=value, such as 0@24/],
  [['0@12'], /every 5 steps, so that there is no state of step 12\.$/],
  [['0@45'], /the original ends at step 40\.$/],
  [['0@40'], /ends at step 40, so nothing can go on/],
  [['0@10;model.hidden_dim=9'], /model.hidden_dim cannot change in a fork/],
  [['0@10;train.lr=fast'], /lr/],
  [['0@10;seed=3'], /Another seed changes nothing/],
  [['2@10', '0@10'], /fork=2@10, .* it leaves fork 2, which is not there before it\.$/],
  [['0@10', '1@10'], /fork 1 begins at step 10 only\.$/],
];

test.each(broken)('of %j, what is not possible is left out with one sentence', (texts, sentence) => {
  const { forks, faults } = askedForks(texts, original, 5);
  expect(forks).toHaveLength(texts.length - 1);
  expect(faults).toHaveLength(1);
  expect(faults[0]).toMatch(sentence);
});

test('what leaves a fork that is left out is left out too, and numbers stay those of the address', () => {
  const { forks, faults } = askedForks(['0@11', '1@20', '0@20'], original, 5);
  expect(faults).toHaveLength(2);
  expect(faults[1]).toContain('it leaves fork 1, which is not there');
  expect(forks.map(({ number }) => number)).toEqual([3]);
});

test('more than there is room for is said', () => {
  const { forks, faults } = askedForks(['0@5', '0@10', '0@15'], original, 2);
  expect(forks).toHaveLength(2);
  expect(faults).toEqual(['The address asks for fork=0@15, which is left out: there is room for 2 forks.']);
});

test('a recorded run is forked wherever it has a checkpoint', () => {
  expect(askedForks(['0@12', '1@15'], { ...original, isRecorded: true }, 5).faults).toEqual([]);
  expect(askedForks(['0@12', '1@16'], { ...original, isRecorded: true }, 5).faults).toHaveLength(1);
});
