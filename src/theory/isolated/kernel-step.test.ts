/** The isolated dynamics in the kernels: a gradient flow, the same bits on any threads, and what it refuses. */

import { expect, test } from 'vitest';
import { Stream } from '../../engine/philox.ts';
import { type IsolatedEquations, KernelStep } from './kernel-step.ts';

function equations(options: Partial<IsolatedEquations> & { count?: number } = {}): IsolatedEquations {
  const { terms = 2, inputs = 7, classes = 5, count = 20 } = options;
  const rows: number[] = [];
  // All tuples of tokens in ascending order, as many as there are examples.
  const tuples = (prefix: number[]): void => {
    if (rows.length >= count * terms) return;
    if (prefix.length === terms) rows.push(...prefix);
    else for (let token = prefix[prefix.length - 1] ?? 0; token < inputs; token++) tuples([...prefix, token]);
  };
  tuples([]);
  return {
    train: {
      rows: Int32Array.from(rows.slice(0, count * terms)),
      labels: Int32Array.from({ length: count }, (_, i) => (i * i) % classes),
      count,
    },
    ...{ terms, inputs, classes, width: 40, activation: 'relu', ridge: 0, ...options },
  };
}

function weightsOf({ inputs, width }: IsolatedEquations, seed = 1): Float64Array {
  const stream = new Stream(seed, 'W_1');
  return Float64Array.from({ length: inputs * width }, () => stream.normal());
}

const dynamics: [string, IsolatedEquations][] = [
  ['in the limit', equations()],
  ['with a ridge, fewer units than examples', equations({ width: 13, ridge: 0.7 })],
  ['of one token an example', equations({ terms: 1, count: 7, width: 19 })],
  [
    'of three tokens, squared',
    equations({ terms: 3, count: 30, width: 50, activation: 'quadratic', ridge: 0.2 }),
  ],
];

test.each(dynamics)('%s its velocity is −½ of the gradient of R/λ', async (_, problem) => {
  const step = await KernelStep.open(problem);
  const weights = weightsOf(problem);
  const velocity = new Float64Array(weights.length);
  const scratch = new Float64Array(weights.length);
  step.velocity(weights, velocity);
  const along = weightsOf(problem, 2);
  const valueAt = (t: number): number =>
    step.velocity(
      weights.map((w, i) => w + t * (along[i] as number)),
      scratch,
    );
  const h = 1e-5;
  const slope = (8 * (valueAt(h) - valueAt(-h)) - (valueAt(2 * h) - valueAt(-2 * h))) / (12 * h);
  const expected = -2 * velocity.reduce((sum, v, i) => sum + v * (along[i] as number), 0);
  expect(Math.abs(slope - expected) / Math.abs(expected)).toBeLessThan(1e-6);
});

test('in the limit the read-out answers every train example', async () => {
  const problem = equations();
  const { train, width, classes } = problem;
  const step = await KernelStep.open(problem);
  const weights = weightsOf(problem);
  const last = step.readOut(weights);
  for (let i = 0; i < train.count; i++) {
    for (let c = 0; c < classes; c++) {
      let answer = 0;
      for (let j = 0; j < width; j++) {
        const z =
          (weights[(train.rows[2 * i] as number) * width + j] as number) +
          (weights[(train.rows[2 * i + 1] as number) * width + j] as number);
        answer += Math.max(z, 0) * (last[j * classes + c] as number);
      }
      expect(answer).toBeCloseTo(c === train.labels[i] ? 1 : 0, 11);
    }
  }
});

test('a step within the machine is Euler’s, and leaves the point where it was when it fails', async () => {
  const problem = equations({ ridge: 0.3 });
  const step = await KernelStep.open(problem);
  const weights = weightsOf(problem);
  const velocity = new Float64Array(weights.length);
  const before = step.velocity(weights, velocity);
  expect(step.advance(0.25)).toBe(before);
  const moved = new Float64Array(weights.length);
  step.readWeights(moved);
  expect(moved).toEqual(weights.map((w, i) => w + 0.25 * (velocity[i] as number)));

  const short = equations({ width: 12 });
  const singular = await KernelStep.open(short);
  const start = weightsOf(short);
  singular.setWeights(start);
  expect(() => singular.advance(0.1)).toThrow(
    /HHᵀ is singular to working accuracy: pivot 1\d of 20 .*; a ridge λ of \S+ would help/,
  );
  const left = new Float64Array(start.length);
  singular.readWeights(left);
  expect(left).toEqual(start);
});

test('the bits do not depend on threads', async () => {
  const problem = equations({ inputs: 20, count: 150, width: 203, classes: 20 });
  const results: Float64Array[] = [];
  for (const threads of [1, 2, 3]) {
    const step = await KernelStep.open(problem, { threads });
    const weights = weightsOf(problem);
    step.setWeights(weights);
    for (let i = 0; i < 5; i++) step.advance(1e-3);
    step.readWeights(weights);
    results.push(weights);
    await step.close();
  }
  expect(results[1]).toEqual(results[0]);
  expect(results[2]).toEqual(results[0]);
});

test('tokens and labels that do not exist are refused', async () => {
  const { train, ...rest } = equations();
  await expect(
    KernelStep.open({ ...rest, train: { ...train, rows: train.rows.map(() => 7) } }),
  ).rejects.toThrow('train.rows must lie in 0 … 6, got 7');
  await expect(KernelStep.open({ ...rest, train: { ...train, labels: Int32Array.of(1) } })).rejects.toThrow(
    'train.labels needs 20 numbers, got 1',
  );
});

test('memory and operations are known before anything is allocated', async () => {
  const problem = equations({ inputs: 20, count: 150, width: 203, classes: 20 });
  const step = await KernelStep.open(problem);
  const { machine } = step as unknown as { machine: { bytes: number } };
  const predicted = KernelStep.predictedBytes(problem);
  expect(Math.abs(predicted / machine.bytes - 1)).toBeLessThan(0.05);
  expect(KernelStep.predictedFlops(problem)).toBe(step.flops);
  // One triangle of HHᵀ, the factorisation, two substitutions, and two products with W₂.
  const [n, k, c] = [150, 208, 20];
  const counted = n * (n + 1) * k + n ** 3 / 3 + 2 * n * n * c + 2 * (2 * n * k * c);
  expect(step.flops / counted).toBeGreaterThan(1);
  expect(step.flops / counted).toBeLessThan(1.06);
});
