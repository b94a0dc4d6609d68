import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import type { LabRun } from '../run/lab-run.ts';
import { SeriesTable } from '../run/series.ts';
import { alignedOf, drawnCurves } from './compared-curves.ts';
import { splitPlans } from './curves.ts';
import type { DrawnRun, View } from './panel.ts';

function runOf(accuracies: readonly (readonly [step: number, train: number, val: number])[]): LabRun {
  const table = new SeriesTable();
  for (const [step, train, val] of accuracies) {
    table.append([
      { step, split: 'train', values: { accuracy: train } },
      { step, split: 'val', values: { accuracy: val } },
    ]);
  }
  return { series: (split: string, column: string) => table.get(split, column) } as LabRun;
}

const original = runOf([
  [0, 0, 0],
  [5, 0.5, 0.1],
  [10, 1, 0.2],
]);
const fork = runOf([
  [0, 0, 0],
  [5, 0.5, 0.1],
  [15, 0.9, 0.8],
]);

function curvesFor(compared: readonly DrawnRun[]) {
  const view = { compared: signal(compared) } as unknown as View;
  return drawnCurves({ run: original, view }, splitPlans('accuracy'));
}

test('a run that stands alone has a colour for train and one for held-out', () => {
  expect(curvesFor([]).map(({ name, color }) => [name, color])).toEqual([
    ['train', 'train'],
    ['held-out', 'val'],
  ]);
});

test('several runs have a colour each, train is dashed, and a fork begins where it left the other', () => {
  const curves = curvesFor([
    { run: original, name: 'original', color: 'arm1', start: 0 },
    { run: fork, name: 'fork 1', color: 'arm2', start: 5 },
  ]);
  expect(curves.map(({ name, color, dash }) => [name, color, dash !== undefined])).toEqual([
    ['original, held-out', 'arm1', false],
    ['original, train', 'arm1', true],
    ['fork 1, held-out', 'arm2', false],
    ['fork 1, train', 'arm2', true],
  ]);
  const { steps, columns } = alignedOf(curves).update();
  expect(steps).toEqual([0, 5, 10, 15]);
  expect(columns[0]).toEqual([0, 0.1, 0.2, undefined]);
  expect(columns[3]).toEqual([undefined, 0.5, undefined, 0.9]);
});
