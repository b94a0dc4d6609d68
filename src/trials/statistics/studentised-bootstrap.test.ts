import { expect, test } from 'vitest';
import { Stream } from '../../engine/philox.ts';
import { resamplesOf, type Scale, studentisedBootstrap } from './studentised-bootstrap.ts';
import { twoSided } from './tails.ts';

const x = [3, 5, 8, 4, 9, 7, 6, 5, 12, 3];
const y = [7, 9, 8, 11, 10, 9, 15, 6, 14, 8];
const resamples = resamplesOf(x.length, new Stream(0, 'bootstrap'));
const bootstrap = (first: number[], second: number[], scale: Scale) => {
  const result = studentisedBootstrap(first, second, scale, resamples);
  if (result === null) throw new Error('expected an estimate');
  return result;
};
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

test('every resample draws as many pairs as there are', () => {
  for (let b = 0; b < resamples.count; b++) {
    const draws = resamples.times.subarray(b * x.length, (b + 1) * x.length);
    expect(draws.reduce((sum, times) => sum + times, 0)).toBe(x.length);
  }
});

test('estimates and errors are those of the differences, and of the logarithm of the ratio to first order', () => {
  const errorOf = (d: number[]) => Math.sqrt(mean(d.map((value) => (value - mean(d)) ** 2)) / (d.length - 1));
  const difference = bootstrap(x, y, 'difference');
  expect(difference.estimate).toBeCloseTo(mean(x) - mean(y), 12);
  expect(difference.error).toBeCloseTo(errorOf(x.map((value, i) => value - y[i])), 12);
  const ratio = bootstrap(x, y, 'ratio');
  expect(ratio.estimate).toBeCloseTo(mean(x) / mean(y), 12);
  expect(ratio.error).toBeCloseTo(errorOf(x.map((value, i) => value / mean(x) - y[i] / mean(y))), 12);
});

test('the interval holds what is not rejected', () => {
  for (const scale of ['difference', 'ratio'] as const) {
    const { tails, interval } = bootstrap(x, y, scale);
    const { low, high } = interval(0.05);
    const width = high - low;
    for (const bound of [low, high]) {
      const inside = bound === low ? 1 : -1;
      expect(twoSided(tails(bound + inside * 0.05 * width))).toBeGreaterThan(0.05);
      expect(twoSided(tails(bound - inside * 0.05 * width))).toBeLessThanOrEqual(0.05);
    }
  }
});

test('a ratio’s interval is scaled with its times, a difference’s shifted with its values', () => {
  const ratio = bootstrap(x, y, 'ratio').interval(0.05);
  const doubled = bootstrap(
    x.map((value) => 2 * value),
    y,
    'ratio',
  ).interval(0.05);
  expect(doubled.low).toBeCloseTo(2 * ratio.low, 10);
  expect(doubled.high).toBeCloseTo(2 * ratio.high, 10);
  const difference = bootstrap(x, y, 'difference').interval(0.05);
  const shifted = bootstrap(
    x.map((value) => value + 5),
    y,
    'difference',
  ).interval(0.05);
  expect(shifted.low).toBeCloseTo(difference.low + 5, 10);
  expect(shifted.high).toBeCloseTo(difference.high + 5, 10);
});

test('differences that are all alike leave no doubt', () => {
  const lower = y.map((value) => value - 0.1);
  const { interval, tails } = bootstrap(lower, y, 'difference');
  expect(interval(0.05).low).toBeCloseTo(-0.1, 12);
  expect(interval(0.05).high).toBeCloseTo(-0.1, 12);
  expect(tails(0).less).toBe(1 / (resamples.count + 1));
});

test('a ratio over nothing has no bootstrap', () => {
  const nothing = x.map(() => 0);
  expect(studentisedBootstrap(x, nothing, 'ratio', resamples)).toBeNull();
  expect(studentisedBootstrap(nothing, y, 'ratio', resamples)).toBeNull();
});
