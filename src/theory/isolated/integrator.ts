/** Euler's method, with which the paper simulates, and the classical Runge–Kutta method of fourth order, on the first layer. */

import type { IsolatedStep } from './step.ts';

/** Writes the velocity at a point and gives R/λ there. */
type Field = Pick<IsolatedStep, 'velocity'>;

/** Integrators of the simulation. */
export type IntegratorName = 'euler' | 'rk4';

/** Moves weights along the flow by steps of one size. */
export class Integrator {
  private readonly field: Field;
  private readonly size: number;
  private readonly name: IntegratorName;
  private readonly slope: Float64Array;
  private readonly total: Float64Array;
  private readonly point: Float64Array;

  /**
   * @param length of the weights
   * @param size of a step in τ
   */
  constructor(field: Field, length: number, name: IntegratorName, size: number) {
    this.field = field;
    this.size = size;
    this.name = name;
    this.slope = new Float64Array(length);
    this.total = new Float64Array(name === 'rk4' ? length : 0);
    this.point = new Float64Array(name === 'rk4' ? length : 0);
  }

  /**
   * Moves the weights by one step.
   * @returns R/λ before it
   */
  advance(weights: Float64Array): number {
    const { field, size, slope } = this;
    const before = field.velocity(weights, slope);
    if (this.name === 'euler') {
      addScaled(weights, weights, size, slope);
      return before;
    }
    const { total, point } = this;
    total.set(slope);
    // Slopes at the middle, at the middle again, and at the end, each from the one before, with their weights in the sum.
    for (const [ahead, weight] of [
      [size / 2, 2],
      [size / 2, 2],
      [size, 1],
    ] as const) {
      addScaled(point, weights, ahead, slope);
      field.velocity(point, slope);
      addScaled(total, total, weight, slope);
    }
    addScaled(weights, weights, size / 6, total);
    return before;
  }
}

/** out = x + s·y */
function addScaled(out: Float64Array, x: Float64Array, s: number, y: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] = x[i] + s * y[i];
}
