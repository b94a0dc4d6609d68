import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seriesOf } from '../../src/training/summary.ts';
import { SeriesTable, valueAt } from './series.ts';

const anyRows = fc
  .array(
    fc.record({
      step: fc.nat(30),
      split: fc.constantFrom('train', 'val'),
      values: fc.record({ loss: fc.double(), accuracy: fc.double() }, { requiredKeys: [] }),
    }),
  )
  .map((rows) => rows.sort((a, b) => a.step - b.step));

test('columns that grow row by row are those of all rows at once', () => {
  fc.assert(
    fc.property(anyRows, (rows) => {
      const table = new SeriesTable();
      const early = table.get('val', 'loss');
      for (const row of rows) table.append([row]);
      for (const split of ['train', 'val']) {
        for (const column of ['loss', 'accuracy']) {
          const { steps, values } = table.get(split, column);
          expect(steps.map((step, i) => ({ step, value: values[i] }))).toEqual(seriesOf(rows, split, column));
        }
      }
      expect(table.get('val', 'loss')).toBe(early);
    }),
  );
});

test('the value at a step is the latest at or before it', () => {
  const series = { steps: [0, 10, 30], values: [5, 6, 7] };
  expect([0, 9, 10, 29, 30, 99].map((step) => valueAt(series, step))).toEqual([5, 5, 6, 6, 7, 7]);
  expect(valueAt({ steps: [3], values: [1] }, 2)).toBeUndefined();
});
