/** Philox4x32-10 against Random123's known answers, and the streams drawn from it. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PHILOX_ANSWERS } from '../../test/oracles/philox-answers.ts';
import { philox4x32, Stream, streamKey } from './philox.ts';

const u32 = fc.integer({ min: 0, max: 0xffffffff });

test.each(PHILOX_ANSWERS)(
  'counter $counter under key $key gives the known answer',
  ({ counter, key, answer }) => {
    expect(philox4x32(counter, key)).toEqual(answer);
  },
);

test('a key is the seed and the FNV-1a hash of the name', () => {
  // Hashes from the test suite of the FNV authors.
  expect(streamKey(7, '')).toEqual([7, 0x811c9dc5]);
  expect(streamKey(0, 'a')).toEqual([0, 0xe40c292c]);
  expect(streamKey(0, 'foobar')).toEqual([0, 0xbf9cf968]);
});

test('a stream is the Philox blocks of its key at block number and counter, word by word', () => {
  const counter = 5 * 2 ** 32 + 17;
  const stream = new Stream(42, 'split', counter);
  for (let block = 0; block < 3; block++) {
    const expected = philox4x32([block, 0, 17, 5], streamKey(42, 'split'));
    expect(expected.map(() => stream.uint32())).toEqual(expected);
  }
});

test('the same seed, name and counter give the same numbers, and any other give others', () => {
  fc.assert(
    fc.property(u32, fc.string({ maxLength: 12 }), fc.maxSafeNat(), (seed, name, counter) => {
      const first = new Stream(seed, name, counter).uniforms(8);
      expect(new Stream(seed, name, counter).uniforms(8)).toEqual(first);
      const others = [
        new Stream((seed + 1) % 2 ** 32, name, counter),
        new Stream(seed, `${name}'`, counter),
        new Stream(seed, name, (counter + 1) % Number.MAX_SAFE_INTEGER),
      ];
      for (const other of others) expect(other.uniforms(8)).not.toEqual(first);
    }),
  );
});

test('many numbers at once are the numbers one by one', () => {
  const one = new Stream(1, 'x');
  expect(new Stream(1, 'x').uniforms(20)).toEqual(Float64Array.from({ length: 20 }, () => one.uniform()));
  const another = new Stream(1, 'x');
  expect(new Stream(1, 'x').normals(20)).toEqual(Float64Array.from({ length: 20 }, () => another.normal()));
});

const DRAWS = 200_000;

/** The mean of f over the numbers. */
function mean(x: Float64Array, f: (value: number) => number): number {
  return x.reduce((sum, value) => sum + f(value), 0) / x.length;
}

// Each bound below is five standard errors of the mean of 200,000 independent draws.

test('uniform numbers fill [0, 1) evenly', () => {
  const x = new Stream(11, 'moments').uniforms(DRAWS);
  expect(x.every((value) => value >= 0 && value < 1)).toBe(true);
  for (const power of [1, 2, 3, 4]) {
    const deviation = Math.sqrt(1 / (2 * power + 1) - 1 / (power + 1) ** 2);
    const error = Math.abs(mean(x, (value) => value ** power) - 1 / (power + 1));
    expect(error).toBeLessThan((5 * deviation) / Math.sqrt(DRAWS));
  }
  const neighbours = x.slice(1).map((value, index) => (value - 0.5) * (x[index] - 0.5));
  expect(Math.abs(mean(neighbours, (value) => value))).toBeLessThan(5 / 12 / Math.sqrt(DRAWS));
});

test('normal numbers have the moments of the standard normal distribution', () => {
  const x = new Stream(12, 'moments').normals(DRAWS);
  // E x^k and the standard deviation of x^k, from E x^2m = (2m − 1)!!.
  const moments = [
    { power: 1, expected: 0, deviation: 1 },
    { power: 2, expected: 1, deviation: Math.sqrt(2) },
    { power: 3, expected: 0, deviation: Math.sqrt(15) },
    { power: 4, expected: 3, deviation: Math.sqrt(105 - 9) },
  ];
  for (const { power, expected, deviation } of moments) {
    const error = Math.abs(mean(x, (value) => value ** power) - expected);
    expect(error).toBeLessThan((5 * deviation) / Math.sqrt(DRAWS));
  }
  const beyondTwo = mean(x, (value) => (Math.abs(value) > 2 ? 1 : 0));
  const share = 0.04550026389635842; // 2·Φ(−2)
  expect(Math.abs(beyondTwo - share)).toBeLessThan(5 * Math.sqrt((share * (1 - share)) / DRAWS));
});

test('a permutation holds every number once', () => {
  fc.assert(
    fc.property(u32, fc.integer({ min: 0, max: 300 }), (seed, n) => {
      const order = new Stream(seed, 'order').permutation(n);
      expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, index) => index));
    }),
  );
});

test('all 24 permutations of four are equally frequent', () => {
  const stream = new Stream(13, 'order');
  const counts = new Map<string, number>();
  const trials = 24_000;
  for (let trial = 0; trial < trials; trial++) {
    const order = stream.permutation(4).join('');
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(counts.size).toBe(24);
  const chiSquared = [...counts.values()].reduce((sum, count) => sum + (count - 1_000) ** 2 / 1_000, 0);
  expect(chiSquared).toBeLessThan(59); // 23 degrees of freedom: above it once in 20,000
});

test('integers below a bound that does not divide 2³² are unbiased', () => {
  // 3·2³⁰: taking words modulo the bound would draw the first third twice as often.
  const bound = 3 * 2 ** 30;
  const stream = new Stream(14, 'bounded');
  const values = Array.from({ length: 30_000 }, () => stream.integer(bound));
  expect(Math.max(...values)).toBeLessThan(bound);
  const inFirstThird = values.filter((value) => value < 2 ** 30).length;
  expect(Math.abs(inFirstThird - 10_000)).toBeLessThan(5 * Math.sqrt((30_000 * 2) / 9));
});

test('seeds, counters and sizes that make no sense are refused', () => {
  expect(() => new Stream(-1, 'x')).toThrow(/seed.*0 to 4294967295.*-1/);
  expect(() => new Stream(0.5, 'x')).toThrow(/seed/);
  expect(() => new Stream(2 ** 32, 'x')).toThrow(/seed/);
  expect(() => new Stream(0, 'x', -1)).toThrow(/counter/);
  expect(() => new Stream(0, 'x').permutation(-1)).toThrow(/permutation/);
  expect(() => new Stream(0, 'x').integer(0)).toThrow(/bound/);
});
