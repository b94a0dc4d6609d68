import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cursorAfter, nearestStep } from './cursor-keys.ts';

const steps = Array.from({ length: 50 }, (_, i) => 20 * i);

test('arrows go to the neighbouring evaluation, pages further, and both stop at the ends', () => {
  expect(cursorAfter('ArrowRight', { steps, shown: 100 })).toBe(120);
  expect(cursorAfter('ArrowLeft', { steps, shown: 100 })).toBe(80);
  expect(cursorAfter('PageUp', { steps, shown: 100 })).toBe(300);
  expect(cursorAfter('ArrowLeft', { steps, shown: 0 })).toBe(0);
  expect(cursorAfter('PageUp', { steps, shown: 980 })).toBe(980);
});

test('Home is the first evaluation, End and Escape follow the latest, other keys are left to the page', () => {
  expect(cursorAfter('Home', { steps, shown: 100 })).toBe(0);
  for (const key of ['End', 'Escape']) expect(cursorAfter(key, { steps, shown: 100 })).toBe('latest');
  for (const key of ['Tab', 'a', 'Enter']) expect(cursorAfter(key, { steps, shown: 100 })).toBeUndefined();
  expect(cursorAfter('ArrowLeft', { steps: [], shown: 0 })).toBeUndefined();
});

test('the nearest step is as near as any', () => {
  const ascending = fc.uniqueArray(fc.nat(1000), { minLength: 1 }).map((all) => all.sort((a, b) => a - b));
  fc.assert(
    fc.property(ascending, fc.nat(1200), (all, step) => {
      const nearest = nearestStep(all, step) as number;
      expect(all).toContain(nearest);
      for (const other of all)
        expect(Math.abs(other - step)).toBeGreaterThanOrEqual(Math.abs(nearest - step));
    }),
  );
  expect(nearestStep([], 3)).toBeUndefined();
});
