import { expect, test } from 'vitest';
import { readMetrics } from './metrics-reader.ts';

const needed = ['loss', 'accuracy'];
const read = (text: string) => readMetrics(text, { file: 'm.csv', needed });

test('the long form is read with columns in any order, others kept', () => {
  const { columns, rows, notices } = read(
    'note,accuracy,split,step,loss,spectral_low_frac\nx,0.5,train,0,4.5,\ny,0.25,val,0,nan,0.75\n',
  );
  expect(columns).toEqual(['note', 'accuracy', 'loss', 'spectral_low_frac']);
  expect(rows).toEqual([
    { step: 0, split: 'train', values: { accuracy: 0.5, loss: 4.5 } },
    { step: 0, split: 'val', values: { accuracy: 0.25, loss: Number.NaN, spectral_low_frac: 0.75 } },
  ]);
  expect(notices).toEqual([]);
});

test('the wide form gives a row for each split that has a value', () => {
  const { columns, rows } = read(
    'step,train_loss,train_accuracy,val_loss,val_accuracy,norm\n0,1,0.5,2,0.25,9\n10,0.5,1,,,8\n',
  );
  expect(columns).toEqual(['loss', 'accuracy', 'norm']);
  expect(rows).toEqual([
    { step: 0, split: 'train', values: { loss: 1, accuracy: 0.5, norm: 9 } },
    { step: 0, split: 'val', values: { loss: 2, accuracy: 0.25, norm: 9 } },
    { step: 10, split: 'train', values: { loss: 0.5, accuracy: 1, norm: 8 } },
  ]);
});

test('steps may be written as whole decimals, as pandas does', () => {
  expect(read('step,split,loss,accuracy\n500.0,val,1,1\n').rows[0].step).toBe(500);
});

test('a torn last line is left out and said so', () => {
  const { rows, notices } = read('step,split,loss,accuracy\n0,val,1,0.5\n1,val,0.');
  expect(rows.map(({ step }) => step)).toEqual([0]);
  expect(notices).toEqual(['m.csv:3: the last line has no line feed, is torn, and was left out']);
});

test('a last line that only lacks its line feed is read and said so', () => {
  const { rows, notices } = read('step,split,loss,accuracy\n0,val,1,0.5\n1,val,0.9,0.6');
  expect(rows.map(({ step }) => step)).toEqual([0, 1]);
  expect(notices).toEqual(['m.csv:3: the last line has no line feed and was read as if whole']);
});

test('a header alone has no rows', () => {
  for (const text of [
    'step,split,loss,accuracy',
    'step,split,loss,accuracy\n',
    'step,val_loss,val_accuracy\n',
  ]) {
    expect(read(text)).toMatchObject({ rows: [], notices: [] });
  }
});

test.each([
  ['', 'm.csv:1: there is no header'],
  ['\n1,val,1,1\n', 'm.csv:1: there is no header'],
  ['step,split,loss\n', 'm.csv:1: needs the column accuracy, has step, split, loss'],
  ['split,loss,accuracy\n', 'm.csv:1: needs the column step,'],
  ['epoch,foo\n', 'm.csv:1: needs the columns step, split, loss, accuracy, has epoch, foo'],
  ['step,train_loss,val_loss\n', 'm.csv:1: needs the column accuracy,'],
  ['step,split,loss,accuracy,loss\n', "m.csv:1: column 'loss' is there twice"],
  ['step,split,loss,accuracy\n0,val,1\n1,val,1,1\n', 'm.csv:2: 3 cells under 4 columns'],
  ['step,split,loss,accuracy\n0,val,1,1\n1,val,oops,1\n', "m.csv:3: column 'loss' holds 'oops'"],
  ['step,split,loss,accuracy\n1.5,val,1,1\n', "m.csv:2: column 'step' holds '1.5'"],
  ['step,split,loss,accuracy\n-1,val,1,1\n', "m.csv:2: column 'step' holds '-1'"],
  ['step,split,loss,accuracy\n,val,1,1\n', "m.csv:2: column 'step' holds ''"],
  ['step,split,loss,accuracy\n1,,1,1\n', "m.csv:2: column 'split' is empty"],
  ['step,val_loss,val_accuracy\n1,1,oops\n', "m.csv:2: column 'val_accuracy' holds 'oops'"],
])('%j is refused: %s', (text, message) => {
  expect(() => read(text)).toThrow(message);
});
