import fc from 'fast-check';
import { expect, test } from 'vitest';
import { erf } from './erf.ts';
import { fitTransition } from './transition.ts';

const sampled = (a: number, s: number, center: number, b: number, noise: (i: number) => number = () => 0) =>
  Array.from({ length: 300 }, (_, i) => {
    const step = Math.round(10 ** (1 + (4 * i) / 299));
    return { step, accuracy: a * erf(s * (Math.log10(step) - center)) + b + noise(i) };
  });

test('the fit recovers the curve it is given', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.1, max: 0.5, noNaN: true }),
      fc.double({ min: 1.5, max: 12, noNaN: true }),
      fc.double({ min: 2.2, max: 3.8, noNaN: true }),
      (a, s, center) => {
        const fit = fitTransition(sampled(a, s, center, 0.5));
        expect(fit?.residual).toBeLessThan(1e-6);
        expect(Math.log10(fit?.step ?? 0)).toBeCloseTo(center, 4);
        // 10 % and 90 % of the rise are where erf is ∓0.8: width = 2 erf⁻¹(0.8)/s = 1.8124/s decades.
        expect((fit?.width ?? 0) * s).toBeCloseTo(1.8124, 3);
        expect(fit?.low).toBeCloseTo(0.5 - a, 4);
        expect(fit?.high).toBeCloseTo(0.5 + a, 4);
      },
    ),
  );
});

test('noise of 2 % moves the midpoint by little and shows in the residual', () => {
  const fit = fitTransition(sampled(0.45, 4, 3, 0.5, (i) => 0.02 * Math.cos(12.9898 * i)));
  expect(Math.log10(fit?.step ?? 0)).toBeCloseTo(3, 1);
  expect(fit?.residual).toBeGreaterThan(0.01);
  expect(fit?.residual).toBeLessThan(0.02);
});

test('a jump between two evaluations has a place but no width', () => {
  const jump = Array.from({ length: 40 }, (_, i) => ({ step: 10 * i, accuracy: i < 20 ? 0 : 1 }));
  const fit = fitTransition(jump);
  expect(fit?.step).toBeGreaterThan(190);
  expect(fit?.step).toBeLessThan(200);
  expect(fit?.width).toBeNull();
});

test('a plateau, a handful of points and a rise that is cut off give no transition', () => {
  expect(fitTransition(sampled(0.01, 4, 3, 0.5))).toBeNull();
  expect(fitTransition(sampled(0.5, 4, 3, 0.5).slice(0, 4))).toBeNull();
  expect(fitTransition(sampled(0.5, 2, 3, 0.5).slice(0, 120))).toBeNull();
});
