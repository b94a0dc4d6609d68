import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fullDisk } from '../../test/disks/faulty-disk.ts';
import { temporaryFolder } from '../../test/disks/temporary-folder.ts';
import { MetricsFile, readMetricsFile } from './metrics-file.ts';
import type { MetricsRow } from './metrics-table.ts';
import { truncateToStep } from './through-step.ts';

const values = fc.dictionary(
  fc.constantFrom('loss', 'accuracy', 'norm', 'spectral_entropy', 'laplacian_penalty'),
  fc.option(fc.double(), { nil: undefined }),
  { noNullPrototype: true },
);
const steps = fc.uniqueArray(fc.nat(50), { minLength: 1, maxLength: 6 });
const history: fc.Arbitrary<MetricsRow[]> = steps.chain((numbers) =>
  fc
    .tuple(
      ...numbers
        .sort((a, b) => a - b)
        .flatMap((step) => ['train', 'val'].map((split) => values.map((v) => ({ step, split, values: v })))),
    )
    .map((rows) => rows),
);

function write(path: string, rows: readonly MetricsRow[]): string {
  const file = new MetricsFile(path);
  for (const row of rows) file.append([row]);
  file.close();
  return readFileSync(path, 'utf8');
}

function defined(rows: readonly MetricsRow[]) {
  return rows.map(({ step, split, values }) => ({
    step,
    split,
    values: Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)),
  }));
}

test('rows are read as they were appended', () => {
  const folder = temporaryFolder();
  let count = 0;
  fc.assert(
    fc.property(history, (rows) => {
      const path = join(folder, `${count++}.csv`);
      write(path, rows);
      expect(readMetricsFile(path).rows).toEqual(defined(rows));
    }),
    { numRuns: 50 },
  );
});

test('cut back to any step, the file has the bytes it had after that step', () => {
  const folder = temporaryFolder();
  let count = 0;
  fc.assert(
    fc.property(history, fc.nat(50), (rows, step) => {
      const [whole, part] = [join(folder, `${count++}.csv`), join(folder, `${count++}.csv`)];
      write(whole, rows);
      truncateToStep(whole, step, 4);
      const expected = write(
        part,
        rows.filter((row) => row.step <= step),
      );
      expect(readFileSync(whole, 'utf8')).toBe(expected);
    }),
    { numRuns: 50 },
  );
});

test('new columns come at the right, in the order of their first value', () => {
  const path = join(temporaryFolder(), 'metrics.csv');
  const text = write(path, [
    { step: 0, split: 'train', values: { accuracy: 0.5, loss: 4.5 } },
    { step: 0, split: 'val', values: { norm: 2, loss: 4.25, entropy: undefined } },
    { step: 5, split: 'val', values: { entropy: 1, norm: 3 } },
  ]);
  expect(text).toBe(
    'step,split,loss,accuracy,norm,entropy\n0,train,4.5,0.5,,\n0,val,4.25,,2,\n5,val,,,3,1\n',
  );
});

test('a reopened file goes on with its columns', () => {
  const path = join(temporaryFolder(), 'metrics.csv');
  write(path, [{ step: 0, split: 'val', values: { norm: 2 } }]);
  expect(write(path, [{ step: 1, split: 'val', values: { loss: 1 } }])).toBe(
    'step,split,loss,accuracy,norm\n0,val,,,2\n1,val,1,,\n',
  );
});

test('a new column on a full disk leaves the file as it was', () => {
  const path = join(temporaryFolder(), 'metrics.csv');
  const before = write(path, [{ step: 0, split: 'val', values: { loss: 2 } }]);
  const file = new MetricsFile(path, fullDisk(10));
  expect(() => file.append([{ step: 1, split: 'val', values: { norm: 1 } }])).toThrow(/the disk is full/);
  file.close();
  expect(readFileSync(path, 'utf8')).toBe(before);
});

test('a step that was written is not written again', () => {
  const path = join(temporaryFolder(), 'metrics.csv');
  write(path, [{ step: 5, split: 'val', values: {} }]);
  const file = new MetricsFile(path);
  expect(() => file.append([{ step: 5, split: 'val', values: {} }])).toThrow('internal: a row for step 5');
  expect(() => file.append([{ step: 4, split: 'train', values: {} }])).toThrow('internal: a row for step 4');
  file.append([{ step: 5, split: 'train', values: {} }]);
  expect(file.rows).toBe(2);
  file.close();
});

test.each(['', 'a b', 'a,b', '1st', 'step', 'split'])("'%s' cannot name a column", (name) => {
  const file = new MetricsFile(join(temporaryFolder(), 'metrics.csv'));
  expect(() => file.append([{ step: 0, split: 'val', values: { [name]: 1 } }])).toThrow('internal:');
  file.close();
});

test('a file with another header is not appended to', () => {
  const path = join(temporaryFolder(), 'metrics.csv');
  writeFileSync(path, 'epoch,loss\n1,2\n');
  expect(() => new MetricsFile(path)).toThrow("metrics.csv:1: the header is 'epoch,loss'");
  expect(readFileSync(path, 'utf8')).toBe('epoch,loss\n1,2\n');
});

test('a line in the middle that is no row stops a resumption with its place', () => {
  const path = join(temporaryFolder(), 'metrics.csv');
  writeFileSync(path, 'step,split,loss,accuracy\n0,val,1,1\nxx\n5,val,1,1\n');
  expect(() => truncateToStep(path, 3, 4)).toThrow("metrics.csv:3: column 'step' holds 'xx'");
});

test('a metrics file that is missing or a folder is said to be so', () => {
  const folder = temporaryFolder();
  expect(() => readMetricsFile(folder)).toThrow(`${folder}: a folder stands where a file was expected`);
  const missing = join(folder, 'no.csv');
  expect(() => readMetricsFile(missing)).toThrow(`${missing}: there is no such file`);
});
