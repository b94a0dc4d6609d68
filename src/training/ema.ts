/** Exponential moving average of the parameters, s ← δs + (1 − δ)w after each step, for evaluation. */

import { makeNode, topologicalOrder } from '../engine/expression.ts';
import type { Expr } from '../engine/index.ts';
import { add, mul, parameter as newParameter, sub } from '../engine/index.ts';
import { flush } from './optimizers/flush.ts';
import { parameterName } from './optimizers/parameter_name.ts';

/**
 * The average of one parameter: a parameter `ema.<name>`, to be set to the same initial value, and its next value.
 *
 * @param next the parameter's value after the step
 */
export function movingAverage(
  parameter: Expr,
  next: Expr,
  decay: number,
): { shadow: Expr; update: [Expr, Expr] } {
  const shadow = newParameter(`ema.${parameterName(parameter)}`, parameter.shape, parameter.dtype);
  return { shadow, update: [shadow, flush(add(shadow, mul(sub(next, shadow), 1 - decay)), 'value')] };
}

/** The same expressions reading other parameters: `replacements` maps a parameter to what is read in its place. */
export function readingInstead(expressions: readonly Expr[], replacements: ReadonlyMap<Expr, Expr>): Expr[] {
  const rewritten = new Map<Expr, Expr>(replacements);
  const of = (node: Expr): Expr => rewritten.get(node) ?? node;
  for (const node of topologicalOrder(expressions)) {
    if (rewritten.has(node) || node.inputs.every((one) => of(one) === one)) continue;
    const { operation, shape, dtype, examples, attributes } = node;
    rewritten.set(node, makeNode(operation, node.inputs.map(of), shape, dtype, examples, { ...attributes }));
  }
  return expressions.map(of);
}
