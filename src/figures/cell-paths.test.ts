import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawnCells } from '../../test/figures/drawn-cells.ts';
import { drawCells } from './cell-paths.ts';
import { heatName } from './color-scales.ts';

const matrix = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }))
  .chain(([rows, columns]) => {
    const row = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: columns, maxLength: columns });
    return fc.array(row, { minLength: rows, maxLength: rows });
  });

test('every cell has the colour of its level', () => {
  fc.assert(
    fc.property(matrix, (levels) => {
      const svg = drawCells(levels, heatName, 10, 20, 4).join('\n');
      expect(drawnCells(svg, levels[0].length, levels.length)).toEqual(levels);
    }),
  );
});

test('a map of one level is a rectangle of its size', () => {
  expect(drawCells([[2, 2, 2]], heatName, 1, 2, 4)[0]).toBe(
    '<rect class="fill-heat2" x="1" y="2" width="12" height="4"/>',
  );
});
