import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textWidth } from '../text-width.ts';
import { placeCurveLabels } from './curve-labels.ts';

const plot = { left: 0, right: 700, top: 0, bottom: 300 };
/** A staircase from the top left corner down to (x, y). */
const stairs = (x: number, y: number): [number, number][] => [
  [0, 0],
  [x / 2, 0],
  [x / 2, y / 2],
  [x, y / 2],
  [x, y],
];

test('a lone curve is named above its end', () => {
  const corners: [number, number][] = [...stairs(400, 100), [700, 100]];
  expect(placeCurveLabels([{ name: 'decay 1', corners }], plot)).toEqual([{ x: 698, y: 94, anchor: 'end' }]);
});

test('names lie within the plot and never over each other, whatever the curves', () => {
  const curve = fc.record({
    name: fc.string({ minLength: 1, maxLength: 24 }),
    corners: fc
      .tuple(fc.integer({ min: 10, max: 700 }), fc.integer({ min: 0, max: 300 }))
      .map(([x, y]) => stairs(x, y)),
  });
  fc.assert(
    fc.property(fc.array(curve, { maxLength: 8 }), (curves) => {
      const boxes = placeCurveLabels(curves, plot).flatMap((label, i) => {
        if (label === null) return [];
        const width = textWidth(curves[i].name, 12, true);
        const left = label.anchor === 'start' ? label.x : label.x - width;
        return [{ left, right: left + width, top: label.y - 10, bottom: label.y + 3 }];
      });
      for (const [i, a] of boxes.entries()) {
        expect(a.left >= 0 && a.right <= 700 && a.top >= 0 && a.bottom <= 300).toBe(true);
        for (const b of boxes.slice(i + 1)) {
          expect(a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top).toBe(true);
        }
      }
    }),
    { numRuns: 50 },
  );
});
