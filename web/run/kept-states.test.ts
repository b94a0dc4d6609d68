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

test('states at which it will be forked are kept, whatever the others come to', () => {
  const kept = new KeptStates([35, 45]);
  for (let i = 0; i < 1000; i++) kept.add(i, stateAt(5 * i));
  const steps = kept.all.map(({ step }) => step);
  expect(steps.filter((step) => step % (5 * 32) !== 0)).toEqual([35, 45, 5 * 999]);
});
