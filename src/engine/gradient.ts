/**
 * Reverse-mode differentiation as graph → graph. Its results are expressions like any other, so it can be applied
 * again: a Hessian–vector product is the gradient of ⟨gradient, v⟩, a Jacobian–vector product the gradient of a
 * vector–Jacobian product with respect to its vector.
 */

import { bug, refuse } from './errors.ts';
import { type Expr, topologicalOrder } from './expression.ts';
import { add, mul } from './operations/arithmetic.ts';
import { broadcastExamples, broadcastTo, sum, sumExamples, sumTo } from './operations/broadcast.ts';
import { constant, parameterOperation } from './operations/leaf.ts';
import { formatShape, sameShape } from './shape.ts';

/**
 * vᵀJ: the gradient of Σ⟨v, output⟩ with respect to each of `wrt`; examples are summed where the output has them and
 * the parameter does not. Values that do not depend on one give zeros.
 */
export function vjp(output: Expr, v: Expr, wrt: readonly Expr[]): Expr[] {
  if (!sameShape(v.shape, output.shape) || v.dtype !== output.dtype || v.examples !== output.examples) {
    refuse(
      'vjp',
      `the vector must match the output ${output.dtype} ${formatShape(output.shape, output.examples)}, ` +
        `got ${v.dtype} ${formatShape(v.shape, v.examples)}`,
    );
  }
  const order = topologicalOrder([output]);
  const targets = new Set(wrt);
  const active = new Set<Expr>();
  for (const node of order) {
    if (targets.has(node) || node.inputs.some((input) => active.has(input))) active.add(node);
  }
  const gradients = new Map<Expr, Expr>([[output, v]]);
  for (const node of order.reverse()) {
    const g = gradients.get(node);
    if (g === undefined || !active.has(node)) continue;
    if (g.examples !== node.examples || !sameShape(g.shape, node.shape)) {
      bug(
        `gradient of ${node.operation.name} has shape ${formatShape(g.shape, g.examples)}, its value ${formatShape(node.shape, node.examples)}`,
      );
    }
    if (!node.inputs.some((input) => active.has(input))) continue;
    const parts = node.operation.derivative(node, g);
    for (const [i, input] of node.inputs.entries()) {
      const part = parts[i];
      if (part === undefined || !active.has(input)) continue;
      const summed = sumTo(part, input.shape, !input.examples);
      const fitted = input.examples ? broadcastExamples(summed) : summed;
      const known = gradients.get(input);
      gradients.set(input, known === undefined ? fitted : add(known, fitted));
    }
  }
  return wrt.map((target) => gradients.get(target) ?? zerosLike(target));
}

function zerosLike(x: Expr): Expr {
  const zeros = broadcastTo(constant(0, [], x.dtype), x.shape);
  return x.examples ? broadcastExamples(zeros) : zeros;
}

/** The gradient of a scalar with respect to each of `wrt`, with their shapes. */
export function gradient(loss: Expr, wrt: readonly Expr[]): Expr[] {
  if (loss.shape.length > 0 || loss.examples || loss.dtype === 'i32') {
    refuse(
      'gradient',
      `needs a floating-point scalar without the example axis, got ${loss.dtype} ${formatShape(loss.shape, loss.examples)}; ` +
        'use sum and meanExamples first',
    );
  }
  return vjp(loss, constant(1, [], loss.dtype), wrt);
}

/** J·v for a perturbation `v` of each of `wrt`, with the output's shape: the vjp is linear in its vector, so differentiate it. */
export function jvp(output: Expr, wrt: readonly Expr[], v: readonly Expr[]): Expr {
  const zeros = zerosLike(output);
  // Any node will do as the variable: the result does not depend on its value.
  const variable = mul(zeros, 1);
  return inner(vjp(output, variable, wrt), v, variable);
}

function inner(rows: readonly Expr[], v: readonly Expr[], variable: Expr): Expr {
  let total: Expr | undefined;
  for (const [i, row] of rows.entries()) {
    const product = sum(mul(row, v[i] as Expr));
    const scalar = product.examples ? sumExamples(product) : product;
    total = total === undefined ? scalar : add(total, scalar);
  }
  if (total === undefined) return refuse('jvp', 'needs at least one variable, got none');
  return gradient(total, [variable])[0] as Expr;
}

/** H·v: the Hessian of a scalar with respect to `wrt`, times a vector of the same shapes. */
export function hvp(loss: Expr, wrt: readonly Expr[], v: readonly Expr[]): Expr[] {
  const gradients = gradient(loss, wrt);
  let total: Expr | undefined;
  for (const [i, g] of gradients.entries()) {
    const product = sum(mul(g, v[i] as Expr));
    total = total === undefined ? product : add(total, product);
  }
  return total === undefined ? [] : gradient(total, wrt);
}

/** True for parameters, the variables one usually differentiates by. */
export function isParameter(node: Expr): boolean {
  return node.operation === parameterOperation;
}
