import fc from 'fast-check';
import type { TrainerState } from 'grokscope';
import { expect, test } from 'vitest';
import { KeptStates, mostStates } from './kept-states.ts';

const values = new Float64Array(125_000);
const stateAt = (step: number): TrainerState => ({
  step,
  tensors: new Map([['w', { dtype: 'f64', shape: [values.length], values }]]),
});

test('states of a megabyte are kept 32 at most, spread over the run, with the first and the latest', () => {
  expect(mostStates(stateAt(0))).toBe(32);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2000 }), (evaluations) => {
      const kept = new KeptStates();
      for (let i = 0; i < evaluations; i++) kept.add(i, stateAt(5 * i));
      const steps = kept.all.map(({ step }) => step);
      expect(steps.length).toBeLessThanOrEqual(33);
      expect(steps.length).toBeGreaterThanOrEqual(Math.min(evaluations, 16));
      expect([steps[0], steps.at(-1)]).toEqual([0, 5 * (evaluations - 1)]);
    }),
  );
});

test('a fork takes over what is kept up to its step and adds its own; the other one stays as it is', () => {
  const [first, second] = [new KeptStates(), new KeptStates()];
  for (let i = 0; i < 10; i++) first.add(i, stateAt(i));
  second.addUpTo(4, first);
  second.add(5, stateAt(5));
  expect(second.all.map(({ step }) => step)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(second.all[2]).toBe(first.all[2]);
  expect(first.all).toHaveLength(10);
});
