import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type MetricsRow, seriesOf, summarize } from './summary.ts';

const row = (step: number, split: string, loss: number, accuracy: number): MetricsRow => ({
  step,
  split,
  values: { loss, accuracy },
});

const grokking: MetricsRow[] = [
  row(0, 'train', 4.6, 0.01),
  row(0, 'val', 4.7, 0.01),
  row(10, 'train', 0.01, 1),
  row(10, 'val', 9, 0.2),
  ...[20, 30, 40].flatMap((step) => [row(step, 'train', 0.001, 1), row(step, 'val', 0.1, 0.97)]),
];

test('the summary has its keys in the promised order', () => {
  expect(JSON.stringify(summarize(grokking))).toBe(
    '{"num_points":5,' +
      '"last":{"step":40,"train_loss":0.001,"train_accuracy":1,"val_loss":0.1,"val_accuracy":0.97},' +
      '"best_val":{"step":40,"train_loss":0.001,"train_accuracy":1,"val_loss":0.1,"val_accuracy":0.97},' +
      '"memorized_step":10,"grokked_step":20,"first_crossing_step":20,"delay":10}',
  );
});

test('what was not seen is null', () => {
  expect(summarize(grokking.slice(0, 4))).toMatchObject({
    memorized_step: 10,
    grokked_step: null,
    delay: null,
  });
  expect(summarize([])).toEqual({
    num_points: 0,
    last: null,
    best_val: null,
    memorized_step: null,
    grokked_step: null,
    first_crossing_step: null,
    delay: null,
  });
});

test('with a test split its numbers are there and grokking is read from it', () => {
  const rows = [
    ...grokking,
    row(30, 'test', 0.2, 0.96),
    row(40, 'test', 0.2, 0.97),
    row(50, 'test', 0.2, 0.98),
  ];
  const summary = summarize(rows);
  expect(summary.grokked_step).toBe(30);
  expect(summary.last).toEqual({
    step: 50,
    train_loss: null,
    train_accuracy: null,
    val_loss: null,
    val_accuracy: null,
    test_loss: 0.2,
    test_accuracy: 0.98,
  });
});

test('steps where only the training batch was logged are not evaluations', () => {
  expect(summarize([...grokking, row(45, 'train', 0.001, 1)])).toMatchObject({
    num_points: 5,
    last: { step: 40 },
  });
});

test('a run of only train rows is summarised by them', () => {
  expect(summarize([row(5, 'train', 1, 0.5)])).toMatchObject({
    num_points: 1,
    last: { step: 5 },
    best_val: null,
  });
});

test('a non-finite loss is null in the summary', () => {
  expect(summarize([row(0, 'val', Number.NaN, 0)]).last?.val_loss).toBeNull();
});

test('the best validation accuracy is a maximum, and its step the latest that has it', () => {
  const values = fc.array(fc.constantFrom<number>(0, 0.25, 0.5, 0.75, 1), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(values, (accuracies) => {
      const rows = accuracies.map((accuracy, step) => row(step, 'val', 1, accuracy));
      const best = summarize(rows).best_val;
      expect(best?.val_accuracy).toBe(Math.max(...accuracies));
      expect(best?.step).toBe(accuracies.lastIndexOf(Math.max(...accuracies)));
    }),
  );
});

test('the order of the rows does not matter', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(grokking, { minLength: grokking.length }), (rows) => {
      expect(summarize(rows)).toEqual(summarize(grokking));
    }),
  );
});

test('a series is in order of step, and of repeated steps the last row counts', () => {
  const rows = [row(20, 'val', 2, 0), row(10, 'val', 1, 0), row(20, 'val', 3, 0), row(20, 'train', 9, 0)];
  expect(seriesOf(rows, 'val', 'loss')).toEqual([
    { step: 10, value: 1 },
    { step: 20, value: 3 },
  ]);
  expect(seriesOf(rows, 'val', 'spectral_entropy')).toEqual([]);
});
