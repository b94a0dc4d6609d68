import { expect, test } from 'vitest';
import { csvOf } from './csv.ts';

test('numbers read back as they were, undefined is empty, and commas and quotes are quoted', () => {
  const text = csvOf(
    ['step', 'a, "b"'],
    [
      [1, 0.1 + 0.2],
      [2, undefined],
      [3, 'x,y'],
    ],
  );
  expect(text).toBe('step,"a, ""b"""\n1,0.30000000000000004\n2,\n3,"x,y"\n');
  expect(Number(text.split('\n')[1]?.split(',')[1])).toBe(0.1 + 0.2);
});
