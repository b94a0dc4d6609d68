import { expect, test } from 'vitest';
import { goneFor, type Occupant } from './room.ts';

const original = (name: string, savedAt: number): Occupant => ({ key: name, family: name, savedAt });
const forksOf = (family: string, count: number, from: number): Occupant[] =>
  Array.from({ length: count }, (_, i) => ({ key: `${family}-${i}`, family, savedAt: from + i }));

test('of five trainings the one that was saved longest ago goes, and its forks with it', () => {
  const all = ['a', 'b', 'c', 'd'].map((name, i) => original(name, 10 * i));
  expect(goneFor(original('e', 0), [...all, ...forksOf('a', 2, 1)]).sort()).toEqual(['a', 'a-0', 'a-1']);
  expect(goneFor(original('d', 0), all)).toEqual([]);
  // A fork that was saved lately keeps its original.
  expect(goneFor(original('e', 0), [...all, ...forksOf('a', 1, 99)])).toEqual(['b']);
});

test('of the forks of one training the ten saved last stay, and the training itself', () => {
  const all = [original('a', 0), ...forksOf('a', 10, 1)];
  expect(goneFor({ key: 'a-new', family: 'a' }, all)).toEqual(['a-0']);
  expect(goneFor({ key: 'a-3', family: 'a' }, all)).toEqual([]);
});
