/** Conjugate gradients against direct solutions and the properties that define them. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Stream } from '../philox.ts';
import { conjugateGradients, type Product } from './conjugate-gradients.ts';
import { symmetricEigen } from './eigen.ts';

function random(seed: number, length: number): Float64Array {
  const stream = new Stream(seed, 'cg');
  return Float64Array.from({ length }, () => stream.normal());
}

/** v ↦ JJᵀv for a random J [n, k]. */
function gram(n: number, k: number, seed: number): { product: Product; j: Float64Array } {
  const j = random(seed, n * k);
  const product: Product = (v, into) => {
    const inner = Float64Array.from({ length: k }, (_, l) =>
      v.reduce((sum, x, i) => sum + x * (j[i * k + l] as number), 0),
    );
    for (let i = 0; i < n; i++) into[i] = inner.reduce((sum, x, l) => sum + x * (j[i * k + l] as number), 0);
  };
  return { product, j };
}

function norm(v: ArrayLike<number>): number {
  return Math.sqrt(Array.from(v).reduce((sum, x) => sum + x * x, 0));
}

function residualOf(product: Product, x: Float64Array, b: Float64Array): number {
  const image = new Float64Array(b.length);
  product(x, image);
  return norm(image.map((y, i) => y - (b[i] as number))) / norm(b);
}

test('reach the tolerance and say what residual they reached', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.nat(),
      fc.constantFrom(1e-4, 1e-8, 1e-11),
      (n, seed, tolerance) => {
        const { product } = gram(n, 2 * n + 5, seed);
        const b = random(seed + 1, n);
        const { x, residual, converged } = conjugateGradients({ product, b, tolerance });
        expect(converged).toBe(true);
        expect(residual).toBeLessThanOrEqual(tolerance);
        expect(residualOf(product, x, b)).toBeCloseTo(residual, 14);
      },
    ),
    { numRuns: 40 },
  );
});

test('take as many iterations as there are different eigenvalues', () => {
  const eigenvalues = [1, 3, 10];
  const product: Product = (v, into) =>
    v.forEach((x, i) => {
      into[i] = x * (eigenvalues[i % 3] as number);
    });
  expect(conjugateGradients({ product, b: random(1, 60), tolerance: 1e-12 }).iterations).toBe(3);
});

test('of a consistent singular system find the solution of least norm', () => {
  const [n, k] = [20, 7];
  const { product, j } = gram(n, k, 5);
  const b = new Float64Array(n);
  product(random(6, n), b);
  const { x, converged } = conjugateGradients({ product, b, tolerance: 1e-12 });
  expect(converged).toBe(true);
  // The pseudo-inverse by eigenvectors.
  const a = Float64Array.from({ length: n * n }, (_, at) => {
    const [r, c] = [Math.floor(at / n), at % n];
    let sum = 0;
    for (let l = 0; l < k; l++) sum += (j[r * k + l] as number) * (j[c * k + l] as number);
    return sum;
  });
  const { values, vectors } = symmetricEigen(a, n);
  const least = new Float64Array(n);
  for (let i = n - k; i < n; i++) {
    const v = vectors.subarray(i * n, (i + 1) * n);
    const share = v.reduce((sum, y, at) => sum + y * (b[at] as number), 0) / (values[i] as number);
    for (let at = 0; at < n; at++) least[at] = (least[at] as number) + share * (v[at] as number);
  }
  expect(norm(x.map((y, i) => y - (least[i] as number))) / norm(least)).toBeLessThan(1e-9);
});

test('need fewer iterations with the diagonal of a badly scaled matrix', () => {
  const n = 40;
  const { product, j } = gram(n, 3 * n, 9);
  const scale = Float64Array.from({ length: n }, (_, i) => 10 ** ((4 * i) / n));
  const scaled: Product = (v, into) => {
    product(
      v.map((x, i) => x * (scale[i] as number)),
      into,
    );
    for (let i = 0; i < n; i++) into[i] = (into[i] as number) * (scale[i] as number);
  };
  const diagonal = scale.map((s, i) => s * s * norm(j.subarray(i * 3 * n, (i + 1) * 3 * n)) ** 2);
  const b = random(10, n);
  const plain = conjugateGradients({ product: scaled, b });
  const helped = conjugateGradients({ product: scaled, b, diagonal });
  expect(helped.converged).toBe(true);
  expect(helped.iterations).toBeLessThan(plain.iterations / 2);
});

test('stop without converging where no more is possible, and say so', () => {
  const { product } = gram(12, 3, 1);
  const { converged, residual, iterations } = conjugateGradients({
    product,
    b: random(2, 12),
    tolerance: 1e-12,
  });
  expect(converged).toBe(false);
  expect(residual).toBeGreaterThan(1e-3);
  expect(iterations).toBeLessThanOrEqual(120);
  expect(
    conjugateGradients({ product: gram(30, 60, 1).product, b: random(2, 30), mostIterations: 2 }).iterations,
  ).toBe(2);
});

test('of nothing is nothing', () => {
  const { x, residual } = conjugateGradients({ product: gram(3, 3, 1).product, b: new Float64Array(3) });
  expect([...x, residual]).toEqual([0, 0, 0, 0]);
});

test('refuse a matrix that is not positive semidefinite, a wrong diagonal, a wrong size', () => {
  const indefinite: Product = (v, into) =>
    v.forEach((x, i) => {
      into[i] = i === 0 ? -x : x;
    });
  const b = Float64Array.of(1, 1e-3, 1e-3);
  expect(() => conjugateGradients({ product: indefinite, b })).toThrow(
    /not positive semidefinite: vᵀAv is -1/,
  );
  expect(() => conjugateGradients({ product: indefinite, b, diagonal: new Float64Array(3) })).toThrow(
    'the diagonal must be positive',
  );
  expect(() => conjugateGradients({ product: indefinite, b, start: new Float64Array(2) })).toThrow(
    'the start needs 3 numbers',
  );
});
