/** exp, log, tanh, erf, sin and cos of the kernels against exact series, and what they do at the ends of their ranges. */

import { beforeAll, describe, expect, test } from 'vitest';
import { Stream } from '../src/engine/philox.ts';
import { type ElementaryKernels, openAllElementaryKernels, type Width } from '../test/kernels/elementary.ts';
import { F32, F64, fromBits, fromBits32, ulpsBetween } from '../test/oracles/binary-floats.ts';
import { cos, erf, exp, log, sin, tanh } from '../test/oracles/elementary-functions.ts';

type Name = 'exp' | 'log' | 'tanh' | 'erf' | 'sin' | 'cos';

let kernels: ElementaryKernels[];

beforeAll(async () => {
  kernels = await openAllElementaryKernels();
});

const exact = { exp, log, tanh, erf, sin, cos };
const NAMES: readonly Name[] = ['exp', 'log', 'tanh', 'erf', 'sin', 'cos'];
const WIDTHS: readonly Width[] = [32, 64];
const smallestNormal = { 32: 2 ** -126, 64: 2 ** -1022 };
const round = { 32: Math.fround, 64: (x: number) => x };

/** The error that the headers state, in ulp. */
const STATED: Record<Name, Record<Width, number>> = {
  exp: { 32: 1.05, 64: 1.05 },
  log: { 32: 0.85, 64: 0.85 },
  tanh: { 32: 1.45, 64: 1.5 },
  erf: { 32: 1.2, 64: 1.2 },
  sin: { 32: 1.2, 64: 1.2 },
  cos: { 32: 1.2, 64: 1.2 },
};

type Draw = (stream: Stream) => number;

const between =
  (low: number, high: number): Draw =>
  (stream) =>
    low + (high - low) * stream.uniform();

/** Magnitudes spread evenly over binades 2^low … 2^high. */
const binades =
  (low: number, high: number, signed = true): Draw =>
  (stream) => {
    const sign = signed && stream.integer(2) ? -1 : 1;
    return sign * 2 ** (low + stream.integer(high - low)) * (1 + stream.uniform());
  };

/** The neighbours of multiples of π/2, where sine or cosine nearly vanishes. */
const quarterTurns =
  (most: number): Draw =>
  (stream) =>
    (stream.integer(2 * most) - most) * (Math.PI / 2);

const turns = (limit: number): Draw[] => [
  between(-4, 4),
  between(-limit, limit),
  binades(-90, 16),
  quarterTurns(Math.floor(limit / 1.6)),
];

const RANGES: Record<Name, Record<Width, Draw[]>> = {
  exp: {
    32: [between(-87.33, 88.72), between(-1, 1), binades(-60, 6)],
    64: [between(-708.39, 709.78), between(-1, 1), binades(-60, 9)],
  },
  log: {
    32: [binades(-126, 127, false), between(0.5, 2), between(0.99, 1.01)],
    64: [binades(-1022, 1023, false), between(0.5, 2), between(0.99, 1.01)],
  },
  tanh: {
    32: [between(-1, 1), between(-10, 10), binades(-90, 5)],
    64: [between(-1, 1), between(-20, 20), binades(-90, 6)],
  },
  erf: {
    32: [between(-1, 1), between(-4, 4), between(0.95, 1.1), binades(-90, 4)],
    64: [between(-1, 1), between(-6, 6), between(0.95, 1.2), binades(-90, 4)],
  },
  sin: { 32: turns(131_072), 64: turns(2 ** 30) },
  cos: { 32: turns(131_072), 64: turns(2 ** 30) },
};

describe.each(WIDTHS)('f%i', (width) => {
  test.each(NAMES)('%s is within its stated error of the exact series', (name) => {
    const stream = new Stream(1, name);
    const kernel = kernels[kernels.length - 1];
    const draws = RANGES[name][width];
    const x = draws.flatMap((draw) => Array.from({ length: 600 }, () => round[width](draw(stream))));
    const checked = x.filter((value) => value !== 0);
    expect(checked.length).toBeGreaterThan(1_500);
    const results = kernel.map(name, width, checked);
    let worst = { ulps: 0, x: Number.NaN };
    checked.forEach((value, index) => {
      const ulps = ulpsBetween(results[index], exact[name](value), width === 32 ? F32 : F64);
      if (ulps > worst.ulps || Number.isNaN(ulps)) worst = { ulps, x: value };
    });
    expect(worst.ulps, `at x = ${worst.x}`).toBeLessThanOrEqual(STATED[name][width]);
  });

  test.each(NAMES)('%s has the same bits fused and emulated', (name) => {
    const stream = new Stream(2, name);
    const draws = RANGES[name][width];
    const edges = [0, -0, Infinity, -Infinity, Number.NaN, 1e-30, -1e-30, 2, 100, -100, 3e38, -3e38];
    const x = draws
      .flatMap((draw) => Array.from({ length: 500 }, () => round[width](draw(stream))))
      .concat(edges);
    const [first, ...others] = kernels.map((kernel) => kernel.map(name, width, x));
    for (const other of others) expect(other).toEqual(first);
  });

  test.each(NAMES)('%s of NaN is NaN, whatever its sign and payload', (name) => {
    const patterns =
      width === 32
        ? [0x7fc00000, 0xffc00000, 0x7fc00123, 0x7fffffff, 0xffffffff].map(fromBits32)
        : [0x7ff8n << 48n, 0xfff8n << 48n, (0x7ff8n << 48n) | 0x123n, 0x7fff_ffff_ffff_ffffn].map(fromBits);
    for (const kernel of kernels) {
      expect([...kernel.map(name, width, patterns)]).toEqual(patterns.map(() => Number.NaN));
    }
  });

  test.each(NAMES)('%s never leaves a subnormal, and its zeros are +0 for tiny arguments', (name) => {
    const tiny = smallestNormal[width];
    const least = width === 32 ? 2 ** -149 : 2 ** -1074;
    const x = [tiny, -tiny, tiny / 2, -tiny / 2, least, -least, tiny - least, 0, -0, 1.5 * tiny];
    const exponents = Array.from({ length: 4_000 }, (_, index) =>
      round[width](width === 32 ? -87.33 - index * 0.0001 : -708.39 - index * 0.001),
    );
    for (const kernel of kernels) {
      const results = [...kernel.map(name, width, name === 'exp' ? exponents : x)];
      expect(results.filter((value) => value !== 0 && Math.abs(value) < tiny)).toEqual([]);
      expect(results.filter((value) => Object.is(value, -0))).toEqual([]);
    }
  });

  test.each(['tanh', 'sin', 'erf'] as const)('%s is odd', (name) => {
    const stream = new Stream(4, name);
    const x = RANGES[name][width].flatMap((draw) =>
      Array.from({ length: 200 }, () => round[width](draw(stream))),
    );
    for (const kernel of kernels) {
      const positive = [...kernel.map(name, width, x)];
      const negative = [
        ...kernel.map(
          name,
          width,
          x.map((value) => -value),
        ),
      ];
      expect(x.filter((value, index) => value !== 0 && negative[index] !== -positive[index])).toEqual([]);
    }
  });

  test('exp passes from +0 to the smallest normals and from the greatest to +∞ where the exact value does', () => {
    const low = width === 32 ? -87.33654475 : -708.3964185322641; // ln of the smallest normal
    const high = width === 32 ? 88.72283905 : 709.782712893384; // ln of the greatest number
    const spread = Array.from(
      { length: 65 },
      (_, index) => (index - 32) * (width === 32 ? 2 ** -17 : 2 ** -43),
    );
    const bottom = spread.map((step) => round[width](low + step));
    const top = spread.map((step) => round[width](high + step));
    // In f64 the decimals above are themselves arguments; which side of the border they lie on is not asked.
    for (const kernel of kernels) {
      kernel.map('exp', width, bottom).forEach((value, index) => {
        if (bottom[index] < low) expect(value, `exp(${bottom[index]})`).toBe(0);
        if (bottom[index] > low)
          expect(value, `exp(${bottom[index]})`).toBeGreaterThanOrEqual(smallestNormal[width]);
      });
      kernel.map('exp', width, top).forEach((value, index) => {
        if (top[index] < high) expect(Number.isFinite(value), `exp(${top[index]})`).toBe(true);
        if (top[index] > high) expect(value, `exp(${top[index]})`).toBe(Infinity);
      });
      const far = [-Infinity, -1e6, 1e6, Infinity, 0, -0];
      expect([...kernel.map('exp', width, far)]).toEqual([0, 0, Infinity, Infinity, 1, 1]);
    }
  });

  test('log of zeros, subnormals, negative numbers and +∞ is −∞, −∞, NaN and +∞', () => {
    const tiny = smallestNormal[width];
    const x = [0, -0, tiny / 2, tiny, -tiny, -1, -Infinity, Infinity, 1];
    const logTiny = round[width](Math.log(tiny));
    for (const kernel of kernels) {
      const nan = Number.NaN;
      const seen = [...kernel.map('log', width, x)];
      expect(seen).toEqual([-Infinity, -Infinity, -Infinity, logTiny, nan, nan, nan, Infinity, 0]);
    }
  });

  test('tanh and erf saturate at ±1 and keep tiny arguments to the bit or nearly', () => {
    const tiny = round[width](1e-30);
    for (const kernel of kernels) {
      for (const name of ['tanh', 'erf']) {
        const far = [30, -30, 1e30, -1e30, Infinity, -Infinity];
        expect([...kernel.map(name, width, far)]).toEqual([1, -1, 1, -1, 1, -1]);
      }
      expect([...kernel.map('tanh', width, [tiny, -tiny, smallestNormal[width]])]).toEqual([
        tiny,
        -tiny,
        smallestNormal[width],
      ]);
      expect(kernel.map('erf', width, [tiny])[0] / tiny).toBeCloseTo(2 / Math.sqrt(Math.PI), 6);
      expect([...kernel.map('sin', width, [tiny, -tiny])]).toEqual([tiny, -tiny]);
    }
  });

  test('sin and cos are NaN beyond their stated range rather than wrong', () => {
    const limit = width === 32 ? 2 ** 17 : 2 ** 30;
    const beyond = [limit * 1.0001, -limit * 1.0001, 1e30, Infinity, -Infinity];
    for (const kernel of kernels) {
      for (const name of ['sin', 'cos']) {
        expect([...kernel.map(name, width, beyond)]).toEqual(beyond.map(() => Number.NaN));
        expect(kernel.map(name, width, [limit, -limit]).every(Number.isFinite)).toBe(true);
      }
      expect(kernel.map('cos', width, [0])[0]).toBe(1);
    }
  });

  test('flush turns zeros and subnormals into +0 and leaves every other number alone', () => {
    const tiny = smallestNormal[width];
    const gone = [0, -0, tiny / 2, -tiny / 2, width === 32 ? 2 ** -149 : 2 ** -1074];
    const kept = [tiny, -tiny, 1, -1, Infinity, -Infinity, Number.NaN];
    for (const kernel of kernels) {
      expect([...kernel.map('flush', width, [...gone, ...kept])]).toEqual([...gone.map(() => 0), ...kept]);
    }
  });
});

test.each(NAMES)('%s in f32 agrees with its f64 sibling at every exponent', (name) => {
  const kernel = kernels[kernels.length - 1];
  const x: number[] = [];
  for (let field = 1; field < 255; field++) {
    for (let part = 0; part < 128; part++) x.push(fromBits32(field * 2 ** 23 + part * 65_521));
  }
  const signed = name === 'log' ? x : x.concat(x.map((value) => -value));
  const limit = name === 'sin' || name === 'cos' ? 2 ** 17 : Infinity;
  const checked = signed.filter((value) => Math.abs(value) <= limit);
  const narrow = kernel.map(name, 32, checked);
  const wide = kernel.map(name, 64, checked);
  const wrong = checked.filter((_, index) => {
    const size = Math.abs(Math.fround(wide[index]));
    if (size === Infinity) return narrow[index] !== wide[index] && narrow[index] !== Infinity;
    if (size < smallestNormal[32]) return narrow[index] !== 0;
    const unit = 2 ** (Math.floor(Math.log2(size)) - 23);
    return !(Math.abs(narrow[index] - wide[index]) <= 2 * unit);
  });
  expect(wrong).toEqual([]);
});
