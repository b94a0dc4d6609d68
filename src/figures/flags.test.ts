import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arrangeFlags, type Flag, type FlagRequest, flagExtent } from './flags.ts';

const named = (x: number, width = 80): FlagRequest => ({ x, width, line: true });
const rowsOf = (flags: readonly Flag[]) => Math.max(...flags.map(({ row }) => row)) + 1;

test('names that fit share one row, to the right of their lines', () => {
  expect(arrangeFlags([named(50), named(300)], 0, 600)).toEqual([
    { row: 0, side: 'right' },
    { row: 0, side: 'right' },
  ]);
});

test('near the right edge a name stands to the left of its line', () => {
  expect(arrangeFlags([named(590)], 0, 600)).toEqual([{ row: 0, side: 'left' }]);
});

test('two near each other stand back to back', () => {
  expect(arrangeFlags([named(300), named(310)], 0, 600)).toEqual([
    { row: 0, side: 'left' },
    { row: 0, side: 'right' },
  ]);
});

test('no name lies over another or over the line of another, and none leaves the figure', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 3 }), (tens) => {
      const marks = tens.map((ten) => named(10 * ten));
      const flags = arrangeFlags(marks, 0, 600);
      const boxes = marks.map((mark, i) => flagExtent(mark, flags[i].side, 5));
      for (const [i, [from, to]] of boxes.entries()) {
        expect(from).toBeGreaterThanOrEqual(0);
        expect(to).toBeLessThanOrEqual(600);
        for (const [j, other] of boxes.entries()) {
          if (i === j) continue;
          if (flags[i].row === flags[j].row) expect(to <= other[0] || other[1] <= from).toBe(true);
          // Line j runs from its own row downwards.
          if (flags[j].row <= flags[i].row) expect(marks[j].x <= from || marks[j].x >= to).toBe(true);
        }
      }
      expect(rowsOf(flags)).toBeLessThanOrEqual(marks.length);
    }),
  );
});
