/** Equivariance share and distance irrelevance of addition modulo p. */

import { expect, test } from 'vitest';
import { Stream } from '../engine/philox.ts';
import { distanceIrrelevance } from './distance-irrelevance.ts';
import { equivarianceShare } from './equivariance.ts';
import { withoutSoftmaxGauge } from './softmax-gauge.ts';

const p = 11;
const pairs = Array.from({ length: p * p }, (_, i) => [Math.floor(i / p), i % p]);
const answers = pairs.map(([a, b]) => (a + b) % p);
const cos = (k: number, t: number) => Math.cos((2 * Math.PI * k * t) / p);

function logitsOf(f: (a: number, b: number, c: number) => number): Float64Array {
  return Float64Array.from(pairs.flatMap(([a, b]) => Array.from({ length: p }, (_, c) => f(a, b, c))));
}

test('the softmax gauge leaves rows of mean 0 and their differences', () => {
  expect([...withoutSoftmaxGauge([1, 2, 6, 5, 5, 5], 2, 3)]).toEqual([-2, -1, 3, 0, 0, 0]);
  expect([...withoutSoftmaxGauge([0.1, 0.1, 0.1], 1, 3)]).toEqual([0, 0, 0]);
});

test('logits that depend on a + b − c alone have G = 1, whatever is added to all logits of a pair', () => {
  const ideal = logitsOf((a, b, c) => cos(2, a + b - c) + 0.3 * cos(5, a + b - c));
  expect(equivarianceShare(ideal, answers, p)).toBeCloseTo(1, 12);
  const offset = logitsOf((a, b, c) => cos(2, a + b - c) + 7 * a - b * b);
  expect(equivarianceShare(offset, answers, p)).toBeCloseTo(1, 12);
  const some = [3, 17, 60, 61, 100]; // held-out pairs, say
  const part = Float64Array.from(some.flatMap((e) => [...ideal.subarray(e * p, (e + 1) * p)]));
  expect(
    equivarianceShare(
      part,
      some.map((e) => answers[e]),
      p,
    ),
  ).toBeCloseTo(1, 12);
});

test('a wave of a − b beside that of a + b − c takes its share of the variance', () => {
  const logits = logitsOf((a, b, c) => cos(2, a + b - c) + cos(3, a - b) * cos(1, c));
  // Over all pairs the two are orthogonal; their mean squares are ½ and ¼.
  expect(equivarianceShare(logits, answers, p)).toBeCloseTo(2 / 3, 12);
});

test('a preference for some classes is no geometry', () => {
  expect(
    equivarianceShare(
      logitsOf((_a, _b, c) => c),
      answers,
      p,
    ),
  ).toBeLessThan(1e-20);
});

// Of n(p − 1) directions that the gauge leaves, p − 1 are equivariant: a Beta distribution with mean 1/n.
test('independent noise on n pairs has G = 1/n on average', () => {
  const n = 20;
  const draws = 400;
  let sum = 0;
  for (let seed = 0; seed < draws; seed++) {
    const noise = new Stream(seed, 'noise').normals(n * p);
    sum += equivarianceShare(noise, answers.slice(0, n), p);
  }
  const standardError = (1 / n) * Math.sqrt(2 / (p - 1) / draws);
  expect(Math.abs(sum / draws - 1 / n)).toBeLessThan(4 * standardError);
});

test('equal logits have no share', () => {
  expect(equivarianceShare(new Float64Array(2 * p).fill(0.1), [1, 2], p)).toBe(Number.NaN);
  expect(() => equivarianceShare([1, 2], [0], p)).toThrow(
    'equivarianceShare: the logits must hold 1 × 11 = 11',
  );
});

test('distance irrelevance is 0 where a − b decides the correct logit, 1 where a + b does', () => {
  const byDistance = logitsOf((a, b) => Math.abs(cos(1, (a - b + p) % p)));
  expect(distanceIrrelevance(byDistance, answers, p, p)).toBe(0);
  const bySum = logitsOf((a, b) => cos(3, a + b)); // p odd: all sums occur once at each distance
  expect(distanceIrrelevance(bySum, answers, p, p)).toBeCloseTo(1, 12);
});

test('distance irrelevance reads the correct logit only', () => {
  const noise = new Stream(1, 'noise').normals(p ** 3);
  const correctOnly = logitsOf((a, b, c) => (c === (a + b) % p ? noise[(a * p + b) * p + c] : 99 * a * c));
  const whole = distanceIrrelevance(noise, answers, p, p);
  expect(distanceIrrelevance(correctOnly, answers, p, p)).toBe(whole);
  const deviation = (values: number[]) => {
    const mean = values.reduce((a, b) => a + b) / values.length;
    return Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length);
  };
  const correct = (a: number, b: number) => noise[(a * p + b) * p + ((a + b) % p)];
  const fixed = Array.from({ length: p }, (_, d) =>
    deviation(Array.from({ length: p }, (_, b) => correct((b + d) % p, b))),
  );
  const total = deviation(pairs.map(([a, b]) => correct(a, b)));
  expect(whole).toBeCloseTo(fixed.reduce((a, b) => a + b) / p / total, 12);
});
