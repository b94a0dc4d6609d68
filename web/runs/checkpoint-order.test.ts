import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evenlyThinned, nextLook } from './checkpoint-order.ts';

const ascending = fc
  .uniqueArray(fc.nat(100_000), { minLength: 2 })
  .map((steps) => steps.sort((a, b) => a - b));

test('thinned steps ascend, are no more than asked for, and keep the first and the last', () => {
  fc.assert(
    fc.property(ascending, fc.integer({ min: 2, max: 20 }), (steps, most) => {
      const thinned = evenlyThinned(steps, most);
      expect(thinned).toHaveLength(Math.min(most, steps.length));
      expect([thinned[0], thinned.at(-1)]).toEqual([steps[0], steps.at(-1)]);
      expect(thinned).toEqual([...new Set(thinned)].sort((a, b) => a - b));
      expect(thinned.every((step) => steps.includes(step))).toBe(true);
    }),
  );
});

test('all steps are looked into once, the latest first, and a later one before the rest', () => {
  const known = new Set<number>();
  const steps = [10, 20, 30, 40];
  const order: number[] = [];
  for (let step = nextLook(steps, known); step !== undefined; step = nextLook(steps, known)) {
    known.add(step);
    order.push(step);
    if (step === 10) steps.push(50);
  }
  expect(order).toEqual([40, 10, 50, 20, 30]);
});
