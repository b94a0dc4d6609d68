import { expect, test } from 'vitest';
import { Stream } from '../engine/philox.ts';
import { keyFrequencies } from './key-frequencies.ts';

/** Activations [p, p, neurons] from one function per neuron. */
function activations(p: number, neurons: ((a: number, b: number) => number)[]): Float64Array {
  const values = new Float64Array(p * p * neurons.length);
  for (let a = 0; a < p; a++) {
    for (let b = 0; b < p; b++) {
      for (const [i, neuron] of neurons.entries()) values[(a * p + b) * neurons.length + i] = neuron(a, b);
    }
  }
  return values;
}

/** By definition: inner products with the products of {1, cos, sin} in a and in b, normalised, without the constant. */
function directShare(values: Float64Array, p: number, width: number, neuron: number, k: number): number {
  const waves = [
    () => 1,
    (t: number) => Math.cos((2 * Math.PI * k * t) / p),
    (t: number) => Math.sin((2 * Math.PI * k * t) / p),
  ];
  const at = (a: number, b: number) => values[(a * p + b) * width + neuron];
  const inputs = Array.from({ length: p * p }, (_, i) => [Math.floor(i / p), i % p]);
  const mean = inputs.reduce((sum, [a, b]) => sum + at(a, b), 0) / (p * p);
  const total = inputs.reduce((sum, [a, b]) => sum + (at(a, b) - mean) ** 2, 0);
  let block = 0;
  for (const f of waves) {
    for (const g of waves) {
      if (f === waves[0] && g === waves[0]) continue;
      const inner = inputs.reduce((sum, [a, b]) => sum + (at(a, b) - mean) * f(a) * g(b), 0);
      const norm = inputs.reduce((sum, [a, b]) => sum + (f(a) * g(b)) ** 2, 0);
      if (norm > 1e-9) block += inner ** 2 / norm;
    }
  }
  return block / total;
}

test.each([7, 8, 11])('the shares are those of the 3 × 3 block by its definition, p = %i', (p) => {
  const width = 4;
  const noise = new Stream(p, 'activations').normals(p * p * width);
  const values = noise.map((x) => Math.max(x, 0) + 2);
  const { frequency, share } = keyFrequencies(values, p, width);
  for (let i = 0; i < width; i++) {
    const direct = Array.from({ length: Math.floor(p / 2) }, (_, k) =>
      directShare(values, p, width, i, k + 1),
    );
    expect(share[i]).toBeCloseTo(Math.max(...direct), 12);
    expect(frequency[i]).toBe(1 + direct.indexOf(Math.max(...direct)));
  }
});

test('neurons of one frequency have share 1 and name the keys', () => {
  const p = 23;
  const wave = (k: number, t: number) => Math.cos((2 * Math.PI * k * t) / p);
  const tuned = (k: number) => (a: number, b: number) => 3 + wave(k, a) + wave(k, b) + wave(k, a + b);
  const neurons = [
    tuned(4),
    tuned(9),
    () => 0.1,
    tuned(4),
    (a: number, b: number) => wave(2, a) * wave(5, b),
  ];
  const { frequency, share, keys, tuned: count } = keyFrequencies(activations(p, neurons), p, 5);
  expect([...frequency].slice(0, 4)).toEqual([4, 9, 0, 4]);
  for (const i of [0, 1, 3]) expect(share[i]).toBeCloseTo(1, 12);
  expect(share[2]).toBe(0);
  expect(share[4]).toBeLessThan(1e-20); // frequencies 2 and 5 together lie in no block
  expect(keys).toEqual([4, 9]);
  expect(count).toBe(3);
});

test('for even p the frequency p/2 is one of them, its waves in a + b and a − b counted once', () => {
  const p = 6;
  const alternating = (a: number, b: number) => (-1) ** (a + b) + 0.5 * (-1) ** a + 0.5 * Math.cos(a);
  const values = activations(p, [alternating]);
  const { frequency, share } = keyFrequencies(values, p, 1);
  expect(frequency[0]).toBe(3);
  expect(share[0]).toBeLessThan(0.95);
  expect(share[0]).toBeCloseTo(directShare(values, p, 1, 0, 3), 12);
});

test('a ReLU keeps most of the power in the block, and the threshold decides', () => {
  const p = 31;
  const wave = (k: number, t: number) => Math.cos((2 * Math.PI * k * t) / p);
  const relu = (a: number, b: number) => Math.max(wave(6, a) + wave(6, b), 0);
  const values = activations(p, [relu]);
  const { share } = keyFrequencies(values, p, 1);
  expect(share[0]).toBeCloseTo(directShare(values, p, 1, 0, 6), 12);
  expect(share[0]).toBeGreaterThan(0.85);
  expect(keyFrequencies(values, p, 1, 0.85).keys).toEqual([6]);
  expect(keyFrequencies(values, p, 1, 0.9999).keys).toEqual([]);
  expect(keyFrequencies(activations(p, [() => 1]), p, 1, 0).keys).toEqual([]);
});

test('an array of another size is refused', () => {
  expect(() => keyFrequencies(new Float64Array(9), 3, 2)).toThrow(
    'keyFrequencies: the activations must hold 3 × 3 × 2 = 18 numbers, got 9',
  );
});
