import fc from 'fast-check';
import { expect, test } from 'vitest';
import { frequencyInComponents, principalComponents } from './principal-components.ts';

const turn = (k: number, t: number, p: number) => (2 * Math.PI * k * t) / p;

/** Circles of the given frequencies and radii, each in a plane of its own: [p, 2·frequencies]. */
function circles(p: number, planes: readonly (readonly [frequency: number, radius: number])[]): Float64Array {
  return Float64Array.from({ length: p * 2 * planes.length }, (_, i) => {
    const [t, j] = [Math.floor(i / (2 * planes.length)), i % (2 * planes.length)];
    const [k, radius] = planes[j >> 1];
    return radius * (j % 2 === 0 ? Math.cos(turn(k, t, p)) : Math.sin(turn(k, t, p)));
  });
}

const matrix = fc
  .record({ p: fc.integer({ min: 2, max: 9 }), d: fc.integer({ min: 1, max: 12 }) })
  .chain(({ p, d }) =>
    fc.record({
      p: fc.constant(p),
      d: fc.constant(d),
      rows: fc.array(fc.float({ min: -4, max: 4, noNaN: true }), { minLength: p * d, maxLength: p * d }),
    }),
  );

test('all components together hold the whole variance, and keep the distances between tokens', () => {
  fc.assert(
    fc.property(matrix, ({ p, d, rows }) => {
      const { shares, scores, count } = principalComponents(rows, p, d, p);
      if (!Number.isFinite(shares[0])) return;
      expect(shares.reduce((a, b) => a + b)).toBeCloseTo(1, 9);
      for (let s = 0; s < p; s++) {
        for (let t = 0; t < s; t++) {
          const gap = (values: ArrayLike<number>, width: number) =>
            Array.from(
              { length: width },
              (_, j) => (values[s * width + j] - values[t * width + j]) ** 2,
            ).reduce((a, b) => a + b, 0);
          expect(gap(scores, count)).toBeCloseTo(gap(rows, d), 6);
        }
      }
    }),
  );
});

test('components are uncorrelated, of descending variance, and the same for a wide and a turned embedding', () => {
  const p = 11;
  const [k, l] = [circles(p, [[2, 3]]), circles(p, [[5, 1]])];
  const narrow = Float64Array.from({ length: p * 4 }, (_, i) => {
    const [t, j] = [i >> 2, i & 3];
    return j < 2 ? k[2 * t + j] : l[2 * t + j - 2];
  });
  const wide = Float64Array.from({ length: p * 20 }, (_, i) => {
    const [t, j] = [Math.floor(i / 20), i % 20];
    return j < 16 ? 0 : narrow[4 * t + j - 16];
  });
  const one = principalComponents(narrow, p, 4, 4);
  expect([...one.shares].map((share) => Number(share.toFixed(9)))).toEqual([0.45, 0.45, 0.05, 0.05]);
  expect([...principalComponents(wide, p, 20, 4).shares]).toEqual(
    [...one.shares].map((share) => expect.closeTo(share, 9)),
  );
  for (let c = 0; c < 4; c++) {
    for (let e = 0; e < c; e++) {
      const product = Array.from({ length: p }, (_, t) => one.scores[4 * t + c] * one.scores[4 * t + e]);
      expect(product.reduce((a, b) => a + b)).toBeCloseTo(0, 9);
    }
  }
});

test('a stronger circle lies in the first two components, and one of two equal ones need not', () => {
  const p = 31;
  const apart = circles(p, [
    [3, 2],
    [7, 1],
  ]);
  const first = frequencyInComponents(principalComponents(apart, p, 4, 4), apart, p, 4, 3);
  expect(first[0] + first[1]).toBeCloseTo(1, 9);
  // Equal radii, and a little noise that turns the components out of the planes.
  const equal = circles(p, [
    [3, 1],
    [7, 1],
  ]).map((value, i) => value + 0.05 * Math.sin(1000 * (i + 1) ** 2));
  const spread = frequencyInComponents(principalComponents(equal, p, 4, 4), equal, p, 4, 3);
  expect(spread.reduce((a, b) => a + b)).toBeCloseTo(1, 2);
  expect(spread[0] + spread[1]).toBeLessThan(0.95);
});

test('equal rows have no components', () => {
  expect(principalComponents(new Float64Array(12).fill(2), 3, 4, 2).shares).toEqual(
    Float64Array.of(Number.NaN, Number.NaN),
  );
});

test('an array of another size is refused', () => {
  expect(() => principalComponents(new Float64Array(5), 2, 3, 1)).toThrow(/principalComponents/);
});
