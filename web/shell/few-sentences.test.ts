import { expect, test } from 'vitest';
import { fewSentences } from './few-sentences.ts';

test('some sentences are all said, each once', () => {
  expect(fewSentences(['One.', 'Two.', 'One.'])).toEqual(['One.', 'Two.']);
  const eleven = Array.from({ length: 11 }, (_, i) => `Sentence ${i}.`);
  expect(fewSentences(eleven)).toEqual(eleven);
});

test('a link of thousands of faults fills no page', () => {
  const said = fewSentences(Array.from({ length: 3000 }, (_, i) => `No fork ${i}.`));
  expect(said.length).toBe(11);
  expect(said.at(-1)).toMatch(/^2990 more/);
});

test('a sentence with a text of any length is cut', () => {
  expect(fewSentences([`No setting ${'a'.repeat(1e5)}.`])[0]?.length).toBeLessThan(500);
});
