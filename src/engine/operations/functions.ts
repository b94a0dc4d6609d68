/** Elementwise functions of one value, computed by the engine's own polynomials (kernels/), never by the host's Math. */

import { type Expr, makeNode, type Operation } from '../expression.ts';
import { add, elementwiseOperation, mul, needsFloat, neg, sub } from './arithmetic.ts';

/** 2/√π, the slope of erf at 0. */
const TWO_OVER_SQRT_PI = 1.1283791670955126;

const only = (node: Expr): Expr => node.inputs[0] as Expr;

function functionOperation(step: string, slope: (node: Expr) => Expr | undefined): Operation {
  return elementwiseOperation(step, (node, g) => {
    const factor = slope(node);
    return [factor && mul(g, factor)];
  });
}

const operations: Readonly<Record<string, Operation>> = {
  exp: functionOperation('exp', (node) => node),
  log: functionOperation('log', (node) => reciprocal(only(node))),
  tanh: functionOperation('tanh', (node) => sub(1, square(node))),
  erf: functionOperation('erf', (node) => mul(exp(neg(square(only(node)))), TWO_OVER_SQRT_PI)),
  sin: functionOperation('sin', (node) => cos(only(node))),
  cos: functionOperation('cos', (node) => neg(sin(only(node)))),
  sqrt: functionOperation('sqrt', (node) => mul(reciprocal(node), 0.5)),
  square: functionOperation('square', (node) => add(only(node), only(node))),
  reciprocal: functionOperation('reciprocal', (node) => neg(square(node))),
  abs: functionOperation('abs', (node) => sign(only(node))),
  relu: functionOperation('relu', (node) => step(only(node))),
  step: functionOperation('step', () => undefined),
  sign: functionOperation('sign', () => undefined),
};

const unary =
  (name: string) =>
  (x: Expr): Expr => {
    needsFloat(name, x);
    return makeNode(operations[name] as Operation, [x], x.shape, x.dtype, x.examples);
  };

/** eˣ; 0 where it would be below the smallest normal number. */
export const exp = unary('exp');
/** ln x. */
export const log = unary('log');
/** tanh x. */
export const tanh = unary('tanh');
/** The error function 2/√π ∫₀ˣ e^(−t²) dt. */
export const erf = unary('erf');
/** sin x, for |x| ≤ 2¹⁷ (f32) or 2³⁰ (f64); NaN beyond. */
export const sin = unary('sin');
/** cos x, for |x| ≤ 2¹⁷ (f32) or 2³⁰ (f64); NaN beyond. */
export const cos = unary('cos');
/** √x, correctly rounded. */
export const sqrt = unary('sqrt');
/** x². */
export const square = unary('square');
/** 1/x. */
export const reciprocal = unary('reciprocal');
/** |x|, with slope 0 at 0. */
export const abs = unary('abs');
/** max(x, 0), with slope 0 at 0. */
export const relu = unary('relu');
/** 1 where x > 0, else 0; constant to the gradient. */
export const step = unary('step');
/** −1, 0 or 1; constant to the gradient. */
export const sign = unary('sign');
