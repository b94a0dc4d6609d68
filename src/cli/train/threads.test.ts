import { expect, test } from 'vitest';
import { threadsWorthwhile } from './threads.ts';

test('a large network gets all cores, a small one no more than have something to do', () => {
  expect(threadsWorthwhile(1.9e9, 8)).toBe(8);
  expect(threadsWorthwhile(7e6, 8)).toBe(3);
  expect(threadsWorthwhile(100, 8)).toBe(1);
  expect(threadsWorthwhile(1e12, 1)).toBe(1);
});
