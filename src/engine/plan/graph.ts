/** What a program is asked to compute, checked and simplified. */

import { refuse } from '../errors.ts';
import type { Expr } from '../expression.ts';
import { parameterOperation } from '../operations/leaf.ts';
import { formatShape, sameShape } from '../shape.ts';
import { joinSums } from './join-sums.ts';
import { simplify } from './simplify.ts';

/** What a program computes: outputs, values per example, and updates of parameters. */
export interface Graph {
  /** Values read after a run; none may have the example axis. */
  readonly outputs: Readonly<Record<string, Expr>>;
  /** Values with the example axis, kept for every example of the run. */
  readonly perExample?: Readonly<Record<string, Expr>>;
  /** Parameters and the values they take after a run, all at once. */
  readonly updates?: readonly (readonly [Expr, Expr])[];
}

/** A parameter and the value it takes after a run. */
export type Update = readonly [target: Expr, value: Expr];

/** A graph after simplification. */
export interface SimplifiedGraph {
  readonly outputs: (readonly [name: string, node: Expr])[];
  readonly perExample: (readonly [name: string, node: Expr])[];
  readonly updates: Update[];
}

function checkGraph(graph: Graph): void {
  for (const [name, node] of Object.entries(graph.outputs)) {
    if (node.examples) {
      refuse(
        `output ${name}`,
        `has the example axis (${formatShape(node.shape, true)}); sum over it, or ask for it under perExample`,
      );
    }
  }
  for (const [name, node] of Object.entries(graph.perExample ?? {})) {
    if (!node.examples)
      refuse(
        `perExample ${name}`,
        `needs the example axis, got ${formatShape(node.shape)}; ask for it under outputs`,
      );
  }
  const seen = new Set<string>();
  for (const [target, value] of graph.updates ?? []) {
    const name = String(target.attributes.name);
    if (target.operation !== parameterOperation)
      refuse('update', `needs a parameter to update, got ${target.operation.name}`);
    if (seen.has(name)) refuse(`update of ${name}`, 'stands twice; a parameter can take one new value');
    seen.add(name);
    if (!sameShape(target.shape, value.shape) || target.dtype !== value.dtype || value.examples) {
      refuse(
        `update of ${name}`,
        `needs ${target.dtype} ${formatShape(target.shape)}, got ${value.dtype} ${formatShape(value.shape, value.examples)}`,
      );
    }
  }
}

/**
 * Merges equal subexpressions of all that is asked for, and joins sums.
 * @throws EngineError naming the output or update that cannot be
 */
export function simplifyGraph(graph: Graph): SimplifiedGraph {
  checkGraph(graph);
  const outputs = Object.entries(graph.outputs);
  const perExample = Object.entries(graph.perExample ?? {});
  const updates = graph.updates ?? [];
  const roots = [...outputs, ...perExample].map(([, node]) => node).concat(updates.flat());
  const representative = simplify(roots);
  const simple = (node: Expr): Expr => representative.get(node) as Expr;
  const joined = joinSums([...new Set(roots.map(simple))]);
  const now = (node: Expr): Expr => joined.get(simple(node)) as Expr;
  return {
    outputs: outputs.map(([name, node]) => [name, now(node)] as const),
    perExample: perExample.map(([name, node]) => [name, now(node)] as const),
    updates: updates.map(([target, value]) => [now(target), now(value)] as const),
  };
}
