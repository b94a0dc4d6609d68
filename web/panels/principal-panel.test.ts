import { expect, test } from 'vitest';
import { reasonWords } from './principal-panel.ts';

test('a circle that the first two components hold is not called a cloud', () => {
  expect(reasonWords(0.95, 2)).toMatch(/its circle is seen here too$/);
  expect(reasonWords(0.816, 3)).toMatch(/90% takes 3 components: its circle is seen here too, blurred/);
  expect(reasonWords(0.06, 42)).toMatch(/90% takes 42 components: .* a mixture looks like a cloud$/);
});

test('a frequency with two further components to itself is not said to be mixed', () => {
  expect(reasonWords(0, 2)).not.toMatch(/mix|cloud/);
});
