import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Batches } from './batches.ts';

const loader = (batch_size: number | 'full') => ({
  seed: 7,
  loader: { batch_size, num_workers: 0, pin_memory: false },
});

test('a full batch is all train examples, ascending, at every step', () => {
  const examples = Int32Array.of(2, 3, 5, 8);
  const batches = new Batches(examples, loader('full'));
  expect([...batches.of(1)]).toEqual([2, 3, 5, 8]);
  expect([...batches.of(100)]).toEqual([2, 3, 5, 8]);
});

test('every epoch holds each train example once, the last batch as short as it comes', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 50 }),
      fc.nat(5),
      (count, size, epoch) => {
        const examples = Int32Array.from({ length: count }, (_, i) => 3 * i + 1);
        const batches = new Batches(examples, loader(size));
        const seen: number[] = [];
        for (let i = 1; i <= batches.perEpoch; i++) {
          const batch = batches.of(epoch * batches.perEpoch + i);
          expect(batch.length).toBe(
            i < batches.perEpoch ? batches.size : count - (batches.perEpoch - 1) * batches.size,
          );
          seen.push(...batch);
        }
        expect(seen.sort((a, b) => a - b)).toEqual([...examples]);
      },
    ),
  );
});

test('the order changes from epoch to epoch and is a function of the step alone', () => {
  const examples = Int32Array.from({ length: 100 }, (_, i) => i);
  const inOrder = new Batches(examples, loader(10));
  const first = Array.from({ length: 20 }, (_, i) => [...inOrder.of(i + 1)]);
  expect(first.slice(0, 10).flat()).not.toEqual(first.slice(10).flat());
  const backwards = new Batches(examples, loader(10));
  for (let step = 20; step >= 1; step--) expect([...backwards.of(step)]).toEqual(first[step - 1]);
});

test('another seed orders the batches differently', () => {
  const examples = Int32Array.from({ length: 100 }, (_, i) => i);
  const other = { ...loader(50), seed: 8 };
  expect([...new Batches(examples, other).of(1)]).not.toEqual([...new Batches(examples, loader(50)).of(1)]);
});
