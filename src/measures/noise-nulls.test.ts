import { expect, test } from 'vitest';
import { Stream } from '../engine/index.ts';
import { embeddingSpectrum } from './embedding-spectrum.ts';
import { strongestPlanes } from './fourier-plane.ts';
import {
  circleFitOfNoise,
  diagonalShareOfNoise,
  entropyOfNoise,
  giniOfNoise,
  lowShareOfNoise,
} from './noise-nulls.ts';

const gaussian = (count: number, name: string): Float64Array => new Stream(1, name).normals(count);

/** Σ_c |FFT2|² of real functions [n, n] by the definition of the transform, along one axis and then the other. */
function powerOf(functions: number, n: number): Float64Array {
  const power = new Float64Array(n * n);
  for (let c = 0; c < functions; c++) {
    const values = gaussian(n * n, `function ${c}`);
    let re = values;
    let im = new Float64Array(n * n);
    for (let axis = 0; axis < 2; axis++) {
      const [re2, im2] = [new Float64Array(n * n), new Float64Array(n * n)];
      for (let row = 0; row < n; row++) {
        for (let k = 0; k < n; k++) {
          for (let t = 0; t < n; t++) {
            const [cos, sin] = [Math.cos((2 * Math.PI * k * t) / n), -Math.sin((2 * Math.PI * k * t) / n)];
            const at = row * n + t;
            // Turned, so that the second pass runs along the other axis.
            re2[k * n + row] += re[at] * cos - im[at] * sin;
            im2[k * n + row] += re[at] * sin + im[at] * cos;
          }
        }
      }
      [re, im] = [re2, im2];
    }
    for (let mode = 0; mode < n * n; mode++) power[mode] += re[mode] ** 2 + im[mode] ** 2;
  }
  return power;
}

test('the power of white noise has the share on the diagonal, the low share and the entropy that are said', () => {
  const [n, functions] = [13, 40];
  const power = powerOf(functions, n);
  const total = power.reduce((sum, value) => sum + value, 0);
  let diagonal = 0;
  for (let k = 1; k < n; k++) diagonal += power[k * n + k];
  expect(Math.abs(diagonal / (total - power[0]) / diagonalShareOfNoise(n) - 1)).toBeLessThan(0.15);
  const entropy = power.reduce((sum, value) => sum - (value / total) * Math.log(value / total), 0);
  expect(entropy).toBeCloseTo(entropyOfNoise(n * n, functions), 2);
  expect(entropy).toBeLessThan(Math.log(n * n) - 0.25 / functions);
  // λ ≤ ½ means cos i + cos j ≥ 1: counted here by the definition.
  let low = 0;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      if (Math.cos((2 * Math.PI * i) / n) + Math.cos((2 * Math.PI * j) / n) >= 1) low += power[i * n + j];
  const said = lowShareOfNoise(n, { mode: 'cutoff', value: 0.5, include_zero: true });
  expect(Math.abs(low / total / said - 1)).toBeLessThan(0.1);
});

test('a band that names a share of the modes holds about that share, and none below it', () => {
  const share = lowShareOfNoise(53, { mode: 'fraction', value: 0.1, include_zero: true });
  expect(share).toBeGreaterThanOrEqual(0.1);
  expect(share).toBeLessThan(0.11);
});

test('Gaussian embeddings have the Gini coefficient and the circle fit that are said', () => {
  const [tokens, width] = [113, 128];
  const embedding = gaussian(tokens * width, 'embedding');
  expect(Math.abs(embeddingSpectrum(embedding, tokens, width).gini / giniOfNoise(width) - 1)).toBeLessThan(
    0.2,
  );
  const [strongest] = strongestPlanes(embedding, tokens, width, 1);
  expect(Math.abs(strongest.circleFit - circleFitOfNoise(tokens, width))).toBeLessThan(0.12);
});
