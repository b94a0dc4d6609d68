import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KeptMoments, mostMoments } from './kept-moments.ts';
import { momentAt } from './moment.ts';
import { strideOf } from './thinned.ts';

const large = { predictions: new Uint8Array(3e6) };

function keptOf(evaluations: number, every = 1, contents = {}): number[] {
  const kept = new KeptMoments();
  for (let i = 0; i < evaluations; i++) kept.add(i, { step: i * every, ...contents });
  return kept.all.map(({ step }) => step);
}

test('however long the run, some two hundred moments are kept, evenly, with the first and the latest', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3000 }), (evaluations) => {
      const steps = keptOf(evaluations, 20);
      expect(steps.length).toBeLessThanOrEqual(201);
      expect(steps.length).toBeGreaterThanOrEqual(Math.min(evaluations, 100));
      expect(steps[0]).toBe(0);
      expect(steps.at(-1)).toBe(20 * (evaluations - 1));
      const gaps = steps.slice(1, -1).map((step, i) => step - (steps[i] as number));
      expect(new Set(gaps).size).toBeLessThanOrEqual(1);
    }),
    { numRuns: 30 },
  );
});

test('large moments are kept more rarely', () => {
  expect(mostMoments({ step: 0 })).toBe(200);
  expect(mostMoments({ step: 0, ...large })).toBe(21);
  expect(keptOf(100, 1, large).length).toBeLessThan(23);
});

test('the stride is the smallest power of two that keeps few enough', () => {
  expect([1, 200, 201, 400, 401].map((evaluations) => strideOf(evaluations, 200))).toEqual([1, 1, 2, 2, 4]);
});

test('the moment at a step is the latest that is not beyond it', () => {
  const moments = [0, 10, 30].map((step) => ({ step }));
  expect([0, 9, 10, 29, 30, 99].map((step) => momentAt(moments, step)?.step)).toEqual([0, 0, 10, 10, 30, 30]);
  expect(momentAt([{ step: 5 }], 2)?.step).toBe(5);
  expect(momentAt([], 2)).toBeUndefined();
});
