import fc from 'fast-check';
import { expect, test } from 'vitest';
import { geometricMean, powerLaw } from './geometric-mean.ts';
import { agreement, type GrokComparison, predictedSteps } from './prediction.ts';

const run = (
  ridge: number,
  seed: number,
  isolatedTau: number | null,
  steps: number | null,
): GrokComparison => ({
  ridge,
  fraction: 0.8,
  seed,
  isolatedTau,
  observed: { steps, budget: 9999, memorized: 10, tauOfStep: ridge / 100 },
});

test('a real network of balanced layers goes half as fast as the clock says', () => {
  expect(predictedSteps(run(0.1, 0, 1.5, 1))).toBeCloseTo(3000, 9);
});

test('runs are gathered by condition; what did not grok is counted and in no mean', () => {
  const { conditions, ratio, exponent, censored } = agreement([
    run(1, 0, 1, 400),
    run(1, 1, 2, 800),
    run(1, 2, null, 900),
    run(0.1, 0, 1, 4000),
    run(0.1, 1, 2, null),
    run(0.1, 2, 2, 8000),
  ]);
  expect(conditions.map(({ ridge, censored: left }) => [ridge, left])).toEqual([
    [1, 1],
    [0.1, 1],
  ]);
  expect(conditions[0].predicted.mean).toBeCloseTo(Math.sqrt(200 * 400), 9);
  expect(conditions[0].observed.mean).toBeCloseTo(Math.sqrt(400 * 800), 9);
  expect(ratio.mean).toBeCloseTo(2, 12);
  expect(exponent).toBeCloseTo(1, 12);
  expect(censored).toBe(2);
});

test('the geometric mean of two numbers, and the interval of their logarithms', () => {
  // ln 1 and ln e²: mean 1, standard error 1, t(0.975, 1) = 12.706.
  const { mean, low, high, count } = geometricMean([1, Math.exp(2)]);
  expect([Math.log(mean), Math.log(low), Math.log(high)].map((x) => Number(x.toFixed(9)))).toEqual([
    1, -11.706, 13.706,
  ]);
  expect(count).toBe(2);
  expect(geometricMean([7])).toMatchObject({ count: 1, low: Number.NaN });
});

test('scaling all values scales mean and interval', () => {
  const values = fc.array(fc.double({ min: 0.1, max: 1e4, noNaN: true }), { minLength: 2, maxLength: 40 });
  fc.assert(
    fc.property(values, fc.double({ min: 0.01, max: 100, noNaN: true }), (x, factor) => {
      const [before, after] = [geometricMean(x), geometricMean(x.map((value) => factor * value))];
      expect(after.mean / (factor * before.mean)).toBeCloseTo(1, 9);
      expect(after.high / after.low / (before.high / before.low)).toBeCloseTo(1, 6);
      expect(before.low).toBeLessThanOrEqual(before.mean * (1 + 1e-12));
    }),
  );
});

test('a power law is found with its exponent', () => {
  const pairs = [1, 3, 10, 50].map((x) => [x, 2 * x ** 0.7] as const);
  const { exponent, correlation } = powerLaw(pairs);
  expect(exponent).toBeCloseTo(0.7, 12);
  expect(correlation).toBeCloseTo(1, 12);
});
