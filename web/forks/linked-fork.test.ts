import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readLinkedFork, writeLinkedFork } from './linked-fork.ts';

test('a fork is read as it was written, whatever stands in its settings', () => {
  const key = fc.string({ minLength: 1 }).map((text) => text.replace(/^=/, 'k'));
  const change = fc.oneof(
    key,
    fc.tuple(key, fc.string()).map(([name, value]) => `${name}=${value}`),
  );
  const fork = fc.record({ from: fc.nat(99), step: fc.nat(), changes: fc.array(change) });
  fc.assert(
    fc.property(fork, (one) => {
      expect(readLinkedFork(writeLinkedFork(one))).toEqual(one);
    }),
  );
});

test('it can be read by people', () => {
  const fork = { from: 0, step: 24, changes: ['train.weight_decay=0', 'train.betas=[0.9, 0.98]', 'seed'] };
  expect(writeLinkedFork(fork)).toBe('0@24;train.weight_decay=0;train.betas=[0.9, 0.98];seed');
});

test.each(['', '0', '@24', '0@', '-1@3', '0@2.5', '0@3;', '0@3;=1', 'original@3', '0@12345678901'])(
  '%j is none',
  (text) => expect(readLinkedFork(text)).toBeUndefined(),
);
