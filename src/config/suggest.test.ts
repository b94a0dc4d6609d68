import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editDistance, nearest } from './suggest.ts';

const word = fc.string({ maxLength: 8 });

test('the distance is 0 exactly for equal words, and symmetric', () => {
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(editDistance(a, b) === 0).toBe(a === b);
      expect(editDistance(a, b)).toBe(editDistance(b, a));
    }),
  );
});

test('it lies between the difference of the lengths and the longer length', () => {
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(editDistance(a, b)).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
      expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
    }),
  );
});

test.each([
  ['kitten', 'sitting', 3],
  ['train', 'trian', 1],
  ['lr', '', 2],
])('%s is %s after %i edits', (a, b, distance) => {
  expect(editDistance(a, b)).toBe(distance);
});

test('the nearest name ignores case, and nothing is suggested for a word unlike all', () => {
  expect(nearest('n', ['op', 'N'])).toBe('N');
  expect(nearest('wieght_decay', ['weight_decay', 'betas'])).toBe('weight_decay');
  expect(nearest('zebra', ['weight_decay', 'betas'])).toBeNull();
});
