/** The values that a graph computes, one line each, with what they cost. */

import { type Expr, topologicalOrder } from '../expression.ts';
import { nodeOperations } from '../factoring/operation-count.ts';
import { simplify } from '../plan/simplify.ts';
import { formula, isComputed } from './formula.ts';

/** What becomes of a value without the example axis: a table that examples look rows up in, or any other. */
export type ValueUse = 'per example' | 'table' | 'once';

export interface ExplainedValue {
  /** Counted from 1; formulas refer to it as #id. */
  readonly id: number;
  readonly operation: string;
  readonly formula: string;
  /** Of one example where it is per example. */
  readonly shape: readonly number[];
  readonly use: ValueUse;
  /** 0 for what is computed once a step. */
  readonly flopsPerExample: number;
  readonly flopsPerStep: number;
}

/** Equal subexpressions merged, as the planner does. */
export function merged(roots: readonly Expr[]): Expr[] {
  const same = simplify(roots);
  return [...new Set(roots.map((root) => same.get(root) as Expr))];
}

/**
 * Every value the roots depend on, operands first; views of other values are left out, since they cost nothing.
 * @param examples of a step
 */
export function explainValues(roots: readonly Expr[], examples: number): ExplainedValue[] {
  const nodes = topologicalOrder(merged(roots));
  const looked = new Set(
    nodes.filter(({ operation }) => operation.name === 'gather').map((node) => node.inputs[0]),
  );
  const ids = new Map<Expr, number>();
  return nodes.filter(isComputed).map((node) => {
    const id = ids.size + 1;
    ids.set(node, id);
    return {
      id,
      operation: node.operation.name,
      formula: formula(node, (operand) => `#${ids.get(operand)}`),
      shape: node.shape,
      use: node.examples ? 'per example' : looked.has(node) ? 'table' : 'once',
      flopsPerExample: node.examples ? nodeOperations(node, 1) : 0,
      flopsPerStep: nodeOperations(node, examples),
    };
  });
}
