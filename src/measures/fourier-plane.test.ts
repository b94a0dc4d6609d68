import { expect, test } from 'vitest';
import { Stream } from '../engine/philox.ts';
import { embeddingSpectrum } from './embedding-spectrum.ts';
import { fourierPlane, strongestPlanes } from './fourier-plane.ts';

const [p, d] = [53, 20];

/** Two orthonormal directions at random, for every circle of its own name. */
function randomPlane(name: string): [Float64Array, Float64Array] {
  const stream = new Stream(3, name);
  const x = stream.normals(d);
  const y = stream.normals(d);
  const dot = (u: Float64Array, v: Float64Array) => u.reduce((sum, value, j) => sum + value * v[j], 0);
  const first = x.map((value) => value / Math.sqrt(dot(x, x)));
  const rest = y.map((value, j) => value - dot(y, first) * first[j]);
  return [first, rest.map((value) => value / Math.sqrt(dot(rest, rest)))];
}

/** An ellipse of one frequency with half-axes a and b (b at `angle` from a), from an offset. */
function ellipse(frequency: number, a: number, b: number, angle = Math.PI / 2, name = 'plane'): Float64Array {
  const [x, y] = randomPlane(name);
  return Float64Array.from({ length: p * d }, (_, i) => {
    const turn = (2 * Math.PI * frequency * Math.floor(i / d)) / p;
    const second = Math.cos(angle) * x[i % d] + Math.sin(angle) * y[i % d];
    return 0.7 + a * Math.cos(turn) * x[i % d] + b * Math.sin(turn) * second;
  });
}

test('a perfect circle: ratio 1, cosine 0, fit 1, radius variation 0, tokens at 2πkt/p', () => {
  const plane = fourierPlane(ellipse(11, 2, 2), p, d, 11);
  expect(plane.share).toBeCloseTo(1, 12);
  expect(plane.axisRatio).toBeCloseTo(1, 12);
  expect(plane.axisCosine).toBeCloseTo(0, 12);
  expect(plane.circleFit).toBeCloseTo(1, 12);
  expect(plane.radiusVariation).toBeCloseTo(0, 12);
  for (let t = 0; t < p; t++) {
    expect(plane.points[2 * t]).toBeCloseTo(2 * Math.cos((2 * Math.PI * 11 * t) / p), 12);
    expect(plane.points[2 * t + 1]).toBeCloseTo(2 * Math.sin((2 * Math.PI * 11 * t) / p), 12);
  }
});

test('an ellipse: the ratio of its half-axes, and the fit (a + b)²/(2(a² + b²))', () => {
  const plane = fourierPlane(ellipse(4, 3, 1), p, d, 4);
  expect(plane.axisRatio).toBeCloseTo(3, 12);
  expect(plane.axisCosine).toBeCloseTo(0, 12);
  expect(plane.circleFit).toBeCloseTo(16 / 20, 12);
  const mirrored = fourierPlane(ellipse(4, 3, -1), p, d, 4);
  expect(mirrored.circleFit).toBeCloseTo(16 / 20, 12);
});

test('skewed axes show in their cosine', () => {
  expect(fourierPlane(ellipse(4, 1, 1, Math.PI / 3), p, d, 4).axisCosine).toBeCloseTo(0.5, 12);
});

test('a line explains half of a circle', () => {
  const plane = fourierPlane(ellipse(4, 1, 1, 0), p, d, 4);
  expect(plane.axisCosine).toBeCloseTo(1, 12);
  expect(plane.circleFit).toBeCloseTo(0.5, 12);
  for (let t = 0; t < p; t++) expect(plane.points[2 * t + 1]).toBe(0);
});

test('the strongest planes come by their power, with the shares of the spectrum', () => {
  const parts = [ellipse(5, 1, 1, Math.PI / 2, 'a'), ellipse(20, 3, 3, Math.PI / 2, 'b'), ellipse(9, 2, 2)];
  const sum = parts[0].map((x, i) => x + parts[1][i] + parts[2][i]);
  const planes = strongestPlanes(sum, p, d, 3);
  expect(planes.map(({ frequency }) => frequency)).toEqual([20, 9, 5]);
  const { power } = embeddingSpectrum(sum, p, d);
  for (const { frequency, share } of planes) expect(share).toBe(power[frequency - 1]);
});

// Noise is not round by being seen in the plane where its frequency is strongest, but half of it looks so: the plane holds
// 2d of frequency k and 2p of everything else, hence R² near d/(p + d).
test('the fit of Gaussian embeddings is near d/(p + d), not near 0', () => {
  for (const [tokens, width] of [
    [53, 64],
    [113, 128],
  ]) {
    const fits = Array.from({ length: 10 }, (_, seed) => {
      const embedding = new Stream(seed, 'null').normals(tokens * width);
      return fourierPlane(embedding, tokens, width, 1 + seed).circleFit;
    });
    const mean = fits.reduce((a, b) => a + b) / fits.length;
    expect(Math.abs(mean - width / (tokens + width))).toBeLessThan(0.04);
  }
});

test('for even p the frequency p/2 spans no plane', () => {
  const embedding = new Stream(1, 'even').normals(12 * 5);
  expect(
    strongestPlanes(embedding, 12, 5, 9)
      .map(({ frequency }) => frequency)
      .sort(),
  ).toEqual([1, 2, 3, 4, 5]);
  expect(() => fourierPlane(embedding, 12, 5, 6)).toThrow(
    'fourierPlane: the frequency must be a whole number from 1 to 5, got 6',
  );
});
