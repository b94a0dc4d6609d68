/**
 * Conjugate gradients (Hestenes and Stiefel 1952) for Ax = b with a symmetric positive (semi)definite A that is known by its
 * products alone. For a consistent system with a singular A, from x = 0 it converges to the solution of least norm.
 */

import { refuse } from '../errors.ts';

/** Writes A·v to `into`; must not keep or change v. */
export type Product = (v: Float64Array, into: Float64Array) => void;

export interface ConjugateGradients {
  readonly product: Product;
  readonly b: Float64Array;
  /** Where to start; 0 by default. */
  readonly start?: Float64Array;
  /** Stops when ‖b − Ax‖ ≤ tolerance · ‖b‖; 1e-10 by default. */
  readonly tolerance?: number;
  /** Most products; ten times the number of unknowns by default. */
  readonly mostIterations?: number;
  /** The diagonal of A, or what is near it: steps are scaled by it. All positive. */
  readonly diagonal?: Float64Array;
}

export interface Solved {
  readonly x: Float64Array;
  /** ‖b − Ax‖/‖b‖, computed anew from x. */
  readonly residual: number;
  /** Products of the iteration. */
  readonly iterations: number;
  /** Whether the residual is within the tolerance; where not, x is the best that was found. */
  readonly converged: boolean;
}

/** After so many iterations the residual is computed anew, as the updated one drifts off. */
const RENEW = 50;
/** So many renewals without gain mean that rounding stands in the way. */
const MOST_IDLE = 4;

/** Σ aᵢbᵢ in ascending order. */
function inner(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

/** y ← y + factor·x. */
function addTo(y: Float64Array, factor: number, x: Float64Array): void {
  for (let i = 0; i < y.length; i++) y[i] = (y[i] as number) + factor * (x[i] as number);
}

/**
 * @throws EngineError where sizes or numbers are wrong, or A shows a negative curvature
 */
export function conjugateGradients(problem: ConjugateGradients): Solved {
  const { product, b, start, diagonal, tolerance = 1e-10 } = problem;
  const n = b.length;
  const { mostIterations = 10 * n } = problem;
  check(problem);
  const x = start === undefined ? new Float64Array(n) : start.slice();
  const size = Math.sqrt(inner(b, b));
  if (size === 0) return { x: new Float64Array(n), residual: 0, iterations: 0, converged: true };
  const r = new Float64Array(n);
  const z = diagonal === undefined ? r : new Float64Array(n);
  const image = new Float64Array(n);
  const direction = new Float64Array(n);
  const best = { x: x.slice(), residual: Number.POSITIVE_INFINITY };

  /** r ← b − Ax, and remembers x where it is the best so far. @returns ‖r‖/‖b‖ */
  const renew = (): number => {
    product(x, image);
    for (let i = 0; i < n; i++) r[i] = (b[i] as number) - (image[i] as number);
    const residual = Math.sqrt(inner(r, r)) / size;
    if (residual < best.residual) {
      best.x.set(x);
      best.residual = residual;
    }
    return residual;
  };
  const precondition = (): number => {
    if (diagonal !== undefined) for (let i = 0; i < n; i++) z[i] = (r[i] as number) / (diagonal[i] as number);
    return inner(r, z);
  };

  renew();
  let squared = precondition();
  direction.set(z);
  let iterations = 0;
  let idle = 0;
  while (best.residual > tolerance && iterations < mostIterations && idle < MOST_IDLE) {
    product(direction, image);
    iterations++;
    const curvature = inner(direction, image);
    if (!Number.isFinite(curvature))
      refuse('conjugateGradients', `a product with the matrix gave ${curvature}`);
    if (curvature <= 0) {
      const length = inner(direction, direction);
      if (curvature < -1e-10 * Math.sqrt(length * inner(image, image))) {
        refuse(
          'conjugateGradients',
          `the matrix is not positive semidefinite: vᵀAv is ${(curvature / length).toPrecision(3)}·vᵀv for the direction of iteration ${iterations}`,
        );
      }
      // What is left of b lies where A is 0, up to rounding.
      break;
    }
    const step = squared / curvature;
    addTo(x, step, direction);
    addTo(r, -step, image);
    const finished = Math.sqrt(inner(r, r)) <= tolerance * size;
    const renewed = finished || iterations % RENEW === 0;
    if (renewed) {
      const before = best.residual;
      renew();
      idle = best.residual < before / 2 ? 0 : idle + 1;
    }
    const next = precondition();
    // A residual computed anew is conjugate to nothing: the search begins again.
    const kept = finished ? 0 : next / squared;
    squared = next;
    for (let i = 0; i < n; i++) direction[i] = (z[i] as number) + kept * (direction[i] as number);
  }
  renew();
  return { ...best, iterations, converged: best.residual <= tolerance };
}

function check({ b, start, diagonal, tolerance = 1e-10 }: ConjugateGradients): void {
  for (const [name, vector] of [
    ['the start', start],
    ['the diagonal', diagonal],
  ] as const) {
    if (vector !== undefined && vector.length !== b.length)
      refuse('conjugateGradients', `${name} needs ${b.length} numbers as b has, got ${vector.length}`);
  }
  if (diagonal?.some((d) => !(d > 0)))
    refuse('conjugateGradients', 'the diagonal must be positive; leave it away, or use what is');
  if (!(tolerance >= 0)) refuse('conjugateGradients', `the tolerance must be 0 or more, got ${tolerance}`);
}
