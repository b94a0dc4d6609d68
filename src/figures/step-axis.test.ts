import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stepAxis } from './step-axis.ts';

const steps = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 30 });

test.each(['linear', 'log'] as const)('%s: later steps are further right, all within the axis', (scale) => {
  fc.assert(
    fc.property(steps, (all) => {
      const axis = stepAxis(all, scale, 50, 650);
      const sorted = [...new Set(all)].sort((a, b) => a - b).map(axis.position);
      for (const [i, x] of sorted.entries()) {
        expect(x).toBeGreaterThanOrEqual(50 - 1e-6);
        expect(x).toBeLessThanOrEqual(650 + 1e-6);
        if (i > 0) expect(x).toBeGreaterThan(sorted[i - 1]);
      }
      for (const { at } of axis.ticks) {
        expect(at).toBeGreaterThanOrEqual(50 - 1e-6);
        expect(at).toBeLessThanOrEqual(650 + 1e-6);
      }
    }),
  );
});

test('on a log axis step 0 stands at the left edge, before an interruption', () => {
  const axis = stepAxis([0, 10, 100, 1000], 'log', 50, 650);
  expect(axis.position(0)).toBe(50);
  expect(axis.ticks[0]).toEqual({ at: 50, label: '0' });
  expect(axis.interruption).toBeGreaterThan(50);
  expect(axis.interruption).toBeLessThan(axis.position(10));
});

test('without step 0 the log axis begins at its first step, uninterrupted', () => {
  const axis = stepAxis([10, 1000], 'log', 0, 400);
  expect(axis.position(10)).toBe(0);
  expect(axis.position(100)).toBeCloseTo(200, 9);
  expect(axis.interruption).toBeUndefined();
});

test('labels of ticks stand at their values and have room', () => {
  const axis = stepAxis([1, 300_000], 'log', 0, 600);
  const labelled = axis.ticks.filter(({ label }) => label !== undefined);
  expect(labelled.map(({ label }) => label)).toEqual(['1', '10', '100', '1k', '10k', '100k']);
  for (const [i, { at }] of labelled.entries()) expect(at).toBeCloseTo(axis.position(10 ** i), 9);
  for (let i = 1; i < labelled.length; i++) expect(labelled[i].at - labelled[i - 1].at).toBeGreaterThan(35);
});
