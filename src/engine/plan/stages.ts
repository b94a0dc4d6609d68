/**
 * Cuts a graph into stages that alternate: a parameter stage computes what has no example axis, an example stage runs
 * tile by tile and adds into accumulators. A value that depends on a finished sum over examples belongs to the next
 * pair; an example value needed in a later pair is computed again there, so that nothing per example is ever stored.
 */

import { type Expr, topologicalOrder } from '../expression.ts';

export interface StagePair {
  /** Nodes without the example axis, in order. */
  readonly parameterNodes: Expr[];
  /** Nodes run for every tile, in order; those that sum over examples are accumulated. */
  readonly exampleNodes: Expr[];
}

export function sumsOverExamples(node: Expr): boolean {
  return node.operation.reducesExamples?.(node) ?? false;
}

/** @param perExample roots with the example axis, whose rows are kept */
export function cutIntoStages(roots: readonly Expr[], perExample: readonly Expr[]): StagePair[] {
  const order = topologicalOrder([...roots, ...perExample]);
  /** The pair from whose parameter stage (or within whose example stage) the value can be read. */
  const ready = new Map<Expr, number>();
  const computed = new Map<Expr, number>();
  for (const node of order) {
    const stage = Math.max(0, ...node.inputs.map((input) => ready.get(input) as number));
    computed.set(node, stage);
    ready.set(node, sumsOverExamples(node) ? stage + 1 : stage);
  }
  const pairs: StagePair[] = [];
  const last = Math.max(0, ...order.map((node) => ready.get(node) as number));
  for (let stage = 0; stage <= last; stage++) {
    const wanted = order.filter(
      (node) => computed.get(node) === stage && (sumsOverExamples(node) || perExample.includes(node)),
    );
    const exampleNodes = topologicalOrder(wanted).filter((node) => node.examples || wanted.includes(node));
    const parameterNodes = order.filter(
      (node) => !node.examples && !sumsOverExamples(node) && ready.get(node) === stage,
    );
    pairs.push({ parameterNodes, exampleNodes });
  }
  return pairs;
}
