/** Floating-point operations of a graph: two per multiply-add of every product, one per element of everything else. */

import { type Expr, topologicalOrder } from '../expression.ts';
import { sizeOf } from '../shape.ts';

/** FLOPs of one product in einsum notation. */
export function productOperations(spec: string, inputs: readonly Expr[]): number {
  const [operands] = spec.split('->') as [string];
  const labels = operands.split(',');
  const extents = new Map<string, number>();
  for (const [i, input] of inputs.entries()) {
    for (const [axis, label] of [...(labels[i] as string)].entries())
      extents.set(label, input.shape[axis] as number);
  }
  return 2 * [...extents.values()].reduce((size, extent) => size * extent, 1);
}

/** Operations that only move values. */
const COPIES = new Set(['gather', 'take', 'place', 'concat', 'pad']);

/** FLOPs of one node, for a run over this many examples. */
export function nodeOperations(node: Expr, examples: number): number {
  const perExample = node.examples || node.inputs.some((input) => input.examples);
  const runs = perExample ? examples : 1;
  if (node.operation.flops !== undefined) return node.operation.flops(node, runs);
  if (node.operation.name.startsWith('einsum'))
    return runs * productOperations(node.attributes.spec as string, node.inputs);
  if (node.operation.view || COPIES.has(node.operation.name) || node.inputs.length === 0) return 0;
  if (node.operation.name === 'scatterAdd') return runs * sizeOf((node.inputs[1] as Expr).shape);
  return runs * Math.max(sizeOf(node.shape), ...node.inputs.map((input) => sizeOf(input.shape)));
}

/** FLOPs of everything the roots depend on, equal subexpressions counted once by the caller's simplification. */
export function countOperations(roots: readonly Expr[], examples: number): number {
  return topologicalOrder(roots).reduce((total, node) => total + nodeOperations(node, examples), 0);
}
