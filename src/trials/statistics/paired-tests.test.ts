// What the paired tests have in common: exchanges of sides, intervals that invert them, and brute force over all exchanges.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Stream } from '../../engine/philox.ts';
import { flipInterval, flipTails, subsetsOf } from './sign-flips.ts';
import { median, signInterval, signTails } from './sign-test.ts';
import { hodgesLehmann, signedRankInterval, signedRankTails } from './signed-rank.ts';
import { twoSided } from './tails.ts';

const all = (n: number) => subsetsOf(n, new Stream(0, 'unused'));
const unbounded = { low: -Infinity, high: Infinity };
const tests = {
  sign: { tails: signTails, interval: signInterval, centre: median },
  'signed ranks': { tails: signedRankTails, interval: signedRankInterval, centre: hodgesLehmann },
  'sign flips': {
    tails: (d: number[]) => flipTails(d, all(d.length)),
    interval: (d: number[], level: number) =>
      flipInterval(d, new Float64Array(d.length).fill(1), all(d.length), level, unbounded),
    centre: (d: number[]) => d.reduce((sum, x) => sum + x, 0) / d.length,
  },
};
const small = fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength: 8 });
/** Differences between −10 and 10 without ties. */
const distinct = fc
  .uniqueArray(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 6, maxLength: 8 })
  .chain((sizes) =>
    fc.tuple(...sizes.map((size) => fc.constantFrom(-1, 1).map((sign) => (sign * size) / 100_000))),
  );

describe.each(Object.entries(tests))('the test by %s', (_, { tails, interval, centre }) => {
  test('takes the other tail when the sides are exchanged', () => {
    fc.assert(
      fc.property(small, (d) => {
        const [one, other] = [tails(d), tails(d.map((x) => -x))];
        expect(one.less).toBeCloseTo(other.greater, 12);
        expect(one.greater).toBeCloseTo(other.less, 12);
      }),
    );
  });

  test('rejects with probability at most p over all exchanges of sides', () => {
    fc.assert(
      fc.property(small, (d) => {
        const p = tails(d).greater;
        let asSmall = 0;
        for (let flip = 0; flip < 2 ** d.length; flip++) {
          const flipped = d.map((x, i) => ((flip >> i) & 1 ? -x : x));
          if (tails(flipped).greater <= p + 1e-12) asSmall++;
        }
        expect(asSmall / 2 ** d.length).toBeLessThanOrEqual(p + 1e-12);
      }),
      { numRuns: 25 },
    );
  });

  test('has an interval that holds its estimate and what it does not reject, and nothing else', () => {
    fc.assert(
      fc.property(distinct, (d) => {
        const level = 0.1;
        const { low, high } = interval(d, level);
        expect(low <= centre(d) && centre(d) <= high).toBe(true);
        const p = (shift: number) => twoSided(tails(d.map((x) => x - shift)));
        expect(p(low + 1e-9)).toBeGreaterThan(level);
        expect(p(high - 1e-9)).toBeGreaterThan(level);
        expect(p(low - 1e-9)).toBeLessThanOrEqual(level);
        expect(p(high + 1e-9)).toBeLessThanOrEqual(level);
      }),
    );
  });

  test('bounds nothing where there are too few pairs for its level', () => {
    expect(interval([1, 2, 3], 0.05)).toEqual(unbounded);
    expect(twoSided(tails([1, 2, 3]))).toBeGreaterThan(0.05);
  });
});

test('random exchanges come close to all of them', () => {
  const d = [3, -1, 4, 1, -5, 9, 2, 6, -5, 3, 5, -8, 9];
  let count = 0;
  const total = d.reduce((sum, x) => sum + x, 0);
  for (let flip = 0; flip < 2 ** d.length; flip++) {
    const sum = d.reduce((partial, x, i) => partial + ((flip >> i) & 1 ? -x : x), 0);
    if (sum >= total) count++;
  }
  const { greater } = flipTails(d, subsetsOf(d.length, new Stream(7, 'exchanges')));
  expect(Math.abs(greater - count / 2 ** d.length)).toBeLessThan(0.02);
});

test('the interval of a ratio turns over when its sides are exchanged', () => {
  const [x, y] = [
    [3, 5, 8, 4, 9, 7, 6, 5],
    [7, 9, 8, 11, 10, 9, 15, 6],
  ];
  const bounds = { low: 0, high: Infinity };
  const one = flipInterval(x, y, all(8), 0.05, bounds);
  const other = flipInterval(y, x, all(8), 0.05, bounds);
  expect(one.low * other.high).toBeCloseTo(1, 12);
  expect(one.high * other.low).toBeCloseTo(1, 12);
});
