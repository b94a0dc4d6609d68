/** The elementwise operations on numbers, as the host computes them. */

import type { Dtype } from '../../src/engine/index.ts';

type ScalarFunction = (...x: number[]) => number;

/** erf(x) = 2/√π·e^(−x²)·Σ 2ⁿx^(2n+1)/(2n+1)!!: all terms of one sign (Abramowitz and Stegun 7.1.6). */
export function erf(x: number): number {
  if (Math.abs(x) > 6) return Math.sign(x);
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

const flag = (yes: boolean): number => (yes ? 1 : 0);

const floating: Record<string, ScalarFunction> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  maximum: (a, b) => Math.max(a, b),
  minimum: (a, b) => Math.min(a, b),
  greater: (a, b) => flag(a > b),
  equal: (a, b) => flag(a === b),
  select: (condition, a, b) => (condition !== 0 ? a : b),
  mulAdd: (a, b, c) => a * b + c,
  zeroBelow: (a, threshold) => (Math.abs(a) < threshold ? 0 : a),
  neg: (a) => -a,
  exp: Math.exp,
  log: Math.log,
  tanh: Math.tanh,
  erf,
  sin: Math.sin,
  cos: Math.cos,
  sqrt: Math.sqrt,
  square: (a) => a * a,
  abs: Math.abs,
  reciprocal: (a) => 1 / a,
  relu: (a) => Math.max(a, 0),
  step: (a) => flag(a > 0),
  sign: Math.sign,
};

const whole: Record<string, ScalarFunction> = {
  ...floating,
  add: (a, b) => (a + b) | 0,
  sub: (a, b) => (a - b) | 0,
  mul: Math.imul,
  neg: (a) => -a | 0,
};

/** By name; integers wrap around at 32 bits. */
export function scalarFunctions(dtype: Dtype): Record<string, ScalarFunction | undefined> {
  return dtype === 'i32' ? whole : floating;
}
