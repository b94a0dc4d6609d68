import { expect, test } from 'vitest';
import { FollowedRows } from './followed-rows.ts';

const header = 'step,split,loss,accuracy\n';
const lines = (...steps: number[]) =>
  steps.flatMap((step) => ['train', 'val'].map((split) => `${step},${split},1,0.5\n`)).join('');

const places = (rows: readonly { step: number; split: string }[]) =>
  rows.map(({ step, split }) => `${step} ${split}`);

test('lines that go back, as where a run was put behind itself, are left out, and that is said', () => {
  const { rows, fault, goesBack } = new FollowedRows('metrics.csv').take(header + lines(0, 10, 0, 10, 20), 0);
  expect(places(rows)).toEqual(['0 train', '0 val', '10 train', '10 val', '20 train', '20 val']);
  expect(fault).toBeUndefined();
  expect(goesBack).toBe(true);
});

test('a line that is there twice counts once', () => {
  const followed = new FollowedRows('metrics.csv');
  expect(places(followed.take(header + lines(0, 0), 0).rows)).toEqual(['0 train', '0 val']);
});

test('a file that comes again from its beginning brings the rows that are new, and goes nowhere back', () => {
  const followed = new FollowedRows('metrics.csv');
  followed.take(header + lines(0, 10), 0);
  const { rows, goesBack } = followed.take(header + lines(0, 10, 20), 0);
  expect(places(rows)).toEqual(['20 train', '20 val']);
  expect(goesBack).toBe(false);
});

test('an evaluation of which one line came before the other is whole in the end', () => {
  const followed = new FollowedRows('metrics.csv');
  followed.take(`${header}0,train,1,0.5\n`, 0);
  expect(places(followed.take('0,val,1,0.5\n', header.length + 14).rows)).toEqual(['0 val']);
});
