/** Where an explicit step stops being stable: the fastest rate of a flow, and the error that names it. */

import { TheoryError } from '../refusal.ts';
import { norm } from '../vectors.ts';
import type { VectorField } from './flow.ts';

/** A step past the stability of the integrator, found while following a flow. */
export class UnstableStepError extends TheoryError {
  override readonly name = 'UnstableStepError';
  /** When it was noticed. */
  readonly time: number;
  readonly step: number;
  /** The largest stable step at that point, as estimated. */
  readonly limit: number;

  constructor(time: number, step: number, limit: number, seen: string) {
    super(
      `the step ${short(step)} is past stability: ${seen} at time ${short(time)}, where steps up to ` +
        `${short(limit)} are stable; take a smaller step, or the adaptive integrator`,
    );
    this.time = time;
    this.step = step;
    this.limit = limit;
  }
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}

const MOST_ITERATIONS = 60;
/** Enough digits to name a limit. */
const CLOSE = 1e-3;

/**
 * Largest |eigenvalue| of the flow's Jacobian at `state`, by power iteration on central differences of the field.
 * Exact up to 0.1 % where one eigenvalue is apart; the Jacobian of a gradient flow is symmetric, so nothing rotates.
 */
export function fastestRate(field: VectorField, state: Float64Array): number {
  const n = state.length;
  const size = Math.max(1, norm(state));
  // The cube root of the f64 unit balances truncation and rounding of a central difference.
  const h = 6e-6 * size;
  // No entry is zero and no two are equal, so that no eigenvector is missed for symmetry.
  let direction = Float64Array.from({ length: n }, (_, i) => 1 + ((i * 7) % 11) / 13);
  direction = scaled(direction, 1 / norm(direction));
  const [plus, minus, there, back] = Array.from({ length: 4 }, () => new Float64Array(n));
  let rate = 0;
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
    for (let i = 0; i < n; i++) {
      there[i] = state[i] + h * direction[i];
      back[i] = state[i] - h * direction[i];
    }
    field(there, plus);
    field(back, minus);
    const image = plus.map((value, i) => (value - minus[i]) / (2 * h));
    const next = norm(image);
    if (!(next > 0) || !Number.isFinite(next)) return rate;
    const settled = Math.abs(next - rate) <= CLOSE * next && iteration > 8;
    rate = next;
    if (settled) break;
    direction = scaled(image, 1 / next);
  }
  return rate;
}

function scaled(vector: Float64Array, by: number): Float64Array<ArrayBuffer> {
  return Float64Array.from(vector, (value) => value * by);
}
