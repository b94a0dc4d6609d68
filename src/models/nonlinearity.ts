/** The elementwise nonlinearities of hidden layers. */

import type { Expr } from '../engine/index.ts';
import { add, erf, mul, relu, square } from '../engine/index.ts';

/** relu max(x, 0); quadratic x²; gelu x·Φ(x) in its exact form, ½x(1 + erf(x/√2)) (Hendrycks and Gimpel 2016). */
export const nonlinearities = {
  relu,
  quadratic: square,
  gelu: (x: Expr): Expr => mul(mul(x, 0.5), add(erf(mul(x, Math.SQRT1_2)), 1)),
} satisfies Record<string, (x: Expr) => Expr>;

export type Nonlinearity = keyof typeof nonlinearities;
