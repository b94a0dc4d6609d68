import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chosenSteps, nextLook } from './checkpoint-order.ts';

const ascending = fc
  .uniqueArray(fc.nat(100_000), { minLength: 2 })
  .map((steps) => steps.sort((a, b) => a - b));

test('chosen steps ascend, keep the first and the last, and are at most as many as asked for, and one', () => {
  fc.assert(
    fc.property(ascending, fc.integer({ min: 2, max: 20 }), (steps, most) => {
      const chosen = chosenSteps(steps, most);
      expect(chosen.length).toBeLessThanOrEqual(most + 1);
      expect([chosen[0], chosen.at(-1)]).toEqual([steps[0], steps.at(-1)]);
      expect(chosen).toEqual(steps.filter((step) => chosen.includes(step)));
    }),
  );
});

test('a run that grows is not looked into anew whenever a checkpoint comes', () => {
  const all = Array.from({ length: 500 }, (_, i) => i);
  const looked = new Set<number>();
  for (let length = 1; length <= all.length; length++) {
    for (const step of chosenSteps(all.slice(0, length), 20).slice(0, -1)) looked.add(step);
  }
  expect(looked.size).toBeLessThan(20 * Math.log2(500));
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
