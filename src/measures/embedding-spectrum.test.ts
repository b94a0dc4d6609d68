import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Stream } from '../engine/philox.ts';
import { embeddingSpectrum } from './embedding-spectrum.ts';

const gaussian = (p: number, d: number, seed: number) => new Stream(seed, 'embedding').normals(p * d);

/** Token t of the result is token u·t of the embedding. */
function relabelled(embedding: Float64Array, p: number, d: number, u: number): Float64Array {
  return Float64Array.from(
    { length: p * d },
    (_, i) => embedding[((u * Math.floor(i / d)) % p) * d + (i % d)],
  );
}

/** |Σ_t x_t e^{−2πikt/p}|² by its definition, on rows that are centred the plain way. */
function directPowers(embedding: Float64Array, p: number, d: number): number[] {
  const powers = Array.from({ length: Math.floor(p / 2) }, (_, index) => {
    let power = 0;
    for (let j = 0; j < d; j++) {
      let mean = 0;
      for (let t = 0; t < p; t++) mean += embedding[t * d + j] / p;
      let [re, im] = [0, 0];
      for (let t = 0; t < p; t++) {
        const angle = (-2 * Math.PI * (index + 1) * t) / p;
        re += (embedding[t * d + j] - mean) * Math.cos(angle);
        im += (embedding[t * d + j] - mean) * Math.sin(angle);
      }
      power += re * re + im * im;
    }
    return power;
  });
  const total = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / total);
}

test('the power of each frequency is that of the direct complex sum, for odd and even p', () => {
  const shape = fc.tuple(fc.integer({ min: 2, max: 24 }), fc.integer({ min: 1, max: 6 }), fc.nat(1000));
  fc.assert(
    fc.property(shape, ([p, d, seed]) => {
      const embedding = gaussian(p, d, seed).map((x) => x + 3);
      const direct = directPowers(embedding, p, d);
      const { power } = embeddingSpectrum(embedding, p, d);
      expect(power.length).toBe(direct.length);
      for (const [k, share] of power.entries()) expect(Math.abs(share - direct[k])).toBeLessThan(1e-10);
    }),
  );
  const large = gaussian(53, 16, 1);
  const direct = directPowers(large, 53, 16);
  for (const [k, share] of embeddingSpectrum(large, 53, 16).power.entries()) {
    expect(Math.abs(share - direct[k])).toBeLessThan(1e-10);
  }
});

test('an embedding of one frequency has all its power there', () => {
  const p = 53;
  const embedding = Float64Array.from({ length: 2 * p }, (_, i) => {
    const angle = (2 * Math.PI * 7 * Math.floor(i / 2)) / p;
    return i % 2 ? Math.sin(angle) : Math.cos(angle);
  });
  const spectrum = embeddingSpectrum(embedding, p, 2);
  expect(spectrum.power[6]).toBeCloseTo(1, 12);
  expect(spectrum.ipr).toBeCloseTo(1, 12);
  expect(spectrum.top5Share).toBeCloseTo(1, 12);
  expect(spectrum.gini).toBeCloseTo(1 - 1 / 26, 12);
});

// ‖F_k‖² of Gaussian noise is χ² with 2d degrees of freedom: coefficient of variation 1/√d, Gini about 1/√(πd).
test.each([
  { p: 53, d: 64, gini: 0.07, top5: 0.23 },
  { p: 113, d: 128, gini: 0.05, top5: 0.1 },
])('Gaussian embeddings, p $p, d $d: Gini $gini and top-5 share $top5', ({ p, d, gini, top5 }) => {
  const draws = Array.from({ length: 20 }, (_, seed) => embeddingSpectrum(gaussian(p, d, seed), p, d));
  const mean = (of: (spectrum: (typeof draws)[0]) => number) =>
    draws.reduce((sum, spectrum) => sum + of(spectrum), 0) / draws.length;
  expect(Math.abs(mean((spectrum) => spectrum.gini) - gini)).toBeLessThan(0.006);
  expect(Math.abs(mean((spectrum) => spectrum.gini) - 1 / Math.sqrt(Math.PI * d))).toBeLessThan(0.006);
  expect(Math.abs(mean((spectrum) => spectrum.top5Share) - top5)).toBeLessThan(0.01);
  expect(mean((spectrum) => spectrum.ipr)).toBeCloseTo((1 + 1 / d) / Math.floor(p / 2), 3);
});

test('a reflection of the embedding space changes nothing', () => {
  const [p, d] = [29, 12];
  const embedding = gaussian(p, d, 5);
  const normal = gaussian(1, d, 6);
  const square = normal.reduce((sum, x) => sum + x * x, 0);
  const reflected = embedding.slice();
  for (let t = 0; t < p; t++) {
    let along = 0;
    for (let j = 0; j < d; j++) along += embedding[t * d + j] * normal[j];
    for (let j = 0; j < d; j++) reflected[t * d + j] -= (2 * along * normal[j]) / square;
  }
  const [before, after] = [embedding, reflected].map((x) => embeddingSpectrum(x, p, d));
  for (const [k, share] of before.power.entries())
    expect(Math.abs(share - after.power[k])).toBeLessThan(1e-12);
});

test('a relabelling by a unit permutes the frequencies, and Gini, top-5 share and IPR stay', () => {
  const [p, d] = [31, 8];
  const embedding = gaussian(p, d, 2);
  const before = embeddingSpectrum(embedding, p, d);
  fc.assert(
    fc.property(fc.integer({ min: 2, max: p - 1 }), (u) => {
      const after = embeddingSpectrum(relabelled(embedding, p, d, u), p, d);
      for (const measure of ['gini', 'top5Share', 'ipr'] as const) {
        expect(Math.abs(after[measure] - before[measure])).toBeLessThan(1e-9);
      }
      for (let k = 1; 2 * k < p; k++) {
        const image = (u * k) % p; // token t took the place of token u·t: frequency k became u·k
        const folded = Math.min(image, p - image);
        expect(Math.abs(after.power[folded - 1] - before.power[k - 1])).toBeLessThan(1e-12);
      }
    }),
  );
});

test('a common offset changes nothing, and equal rows have no spectrum', () => {
  const embedding = gaussian(17, 4, 9);
  const shifted = embedding.map((x) => x + 1e6);
  expect(embeddingSpectrum(shifted, 17, 4).gini).toBeCloseTo(embeddingSpectrum(embedding, 17, 4).gini, 8);
  const { gini, ipr, top5Share } = embeddingSpectrum(new Float64Array(17 * 4).fill(0.1), 17, 4);
  expect([gini, ipr, top5Share]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
});

test('an array of another size is refused in one sentence', () => {
  expect(() => embeddingSpectrum(new Float64Array(10), 5, 3)).toThrow(
    new RangeError(
      'embeddingSpectrum: the embedding must hold 5 × 3 = 15 numbers, got 10; give it whole, row by row',
    ),
  );
  expect(() => embeddingSpectrum([1, 2], 1, 2)).toThrow('at least 2');
  expect(() => embeddingSpectrum([], 3, 0)).toThrow('whole numbers of at least 1, got 3 × 0');
});
