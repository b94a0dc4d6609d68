import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linearDefault, matrixInitializer, normal, uniform, zeros } from './initializers.ts';

const moments = (values: Float64Array) => {
  const mean = values.reduce((total, x) => total + x, 0) / values.length;
  const variance = values.reduce((total, x) => total + (x - mean) * (x - mean), 0) / values.length;
  return { mean, std: Math.sqrt(variance) };
};

test('normal weights have the asked standard deviation and mean 0, within four standard errors', () => {
  const n = 128 * 128;
  const { mean, std } = moments(normal(0.25)(3, 'W', [128, 128]));
  expect(Math.abs(mean)).toBeLessThan((4 * 0.25) / Math.sqrt(n));
  expect(Math.abs(std / 0.25 - 1)).toBeLessThan(4 / Math.sqrt(2 * n));
});

test('uniform weights fill their interval: bound/√3 standard deviation, nothing outside', () => {
  const values = uniform(0.2)(3, 'W', [100, 100]);
  const { mean, std } = moments(values);
  expect(Math.abs(mean)).toBeLessThan(0.005);
  expect(Math.abs(std / (0.2 / Math.sqrt(3)) - 1)).toBeLessThan(0.02);
  expect(Math.max(...values)).toBeLessThanOrEqual(0.2);
  expect(Math.min(...values)).toBeGreaterThanOrEqual(-0.2);
});

test('the default of a linear layer has the bound of PyTorch, 1/√fan_in', () => {
  const values = linearDefault(64)(0, 'W', [64, 500]);
  const largest = Math.max(...values.map(Math.abs));
  expect(largest).toBeLessThanOrEqual(1 / 8);
  expect(largest).toBeGreaterThan(0.999 / 8);
});

test('the same seed and name give the same bits, another seed or name others', () => {
  fc.assert(
    fc.property(fc.nat(1e6), fc.stringMatching(/^[a-z.]{1,12}$/), (seed, name) => {
      const values = normal(1)(seed, name, [3, 5]);
      expect(normal(1)(seed, name, [3, 5])).toEqual(values);
      expect(normal(1)(seed + 1, name, [3, 5])).not.toEqual(values);
      expect(normal(1)(seed, `${name}!`, [3, 5])).not.toEqual(values);
    }),
    { numRuns: 30 },
  );
});

test('the configuration replaces a matrix by normal with a std or by uniform, and otherwise keeps the own scheme', () => {
  const drawn = (init: { type: string; std: number | null }) =>
    matrixInitializer(init, zeros, 25)(0, 'W', [25, 40]).map(Math.abs);
  expect(Math.max(...drawn({ type: 'default', std: null }))).toBe(0);
  expect(Math.max(...drawn({ type: 'normal', std: null }))).toBe(0);
  expect(Math.max(...drawn({ type: 'normal', std: 10 }))).toBeGreaterThan(10);
  const bounded = Math.max(...drawn({ type: 'uniform', std: null }));
  expect(bounded).toBeGreaterThan(0.19);
  expect(bounded).toBeLessThanOrEqual(0.2);
});
