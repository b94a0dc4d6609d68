/**
 * Expressions: the graph a model is written in. A node knows its operation, inputs, static shape, dtype and
 * whether it has the example axis (one value per example; the axis itself is not part of the shape).
 */

import type { Dtype } from './dtype.ts';
import type { Lowering } from './lowering.ts';
import type { Shape } from './shape.ts';

export type Attribute = string | number | boolean | readonly number[] | undefined;

/** A node of the graph: a value of static shape, computed by an operation from its inputs. Made by the functions of the operations. */
export interface Expr {
  readonly id: number;
  readonly operation: Operation;
  readonly inputs: readonly Expr[];
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly shape: Shape;
  readonly dtype: Dtype;
  readonly examples: boolean;
}

/** What the engine knows of one operation. Its shape rule is the function that builds its nodes. */
export interface Operation {
  readonly name: string;
  /**
   * Reverse-mode rule: given a node and the gradient `g` of a scalar with respect to it (same shape, dtype and
   * example axis as the node), the gradient with respect to each input, as expressions; `undefined` where none
   * flows. Results may still be broadcast: the caller sums them down to the input's shape.
   */
  derivative(node: Expr, g: Expr): (Expr | undefined)[];
  /** Writes the instructions that compute the node. */
  lower(node: Expr, lowering: Lowering): void;
  /** Elementwise operations are fused into groups; this is their step in a group. */
  readonly step?: string;
  /** True when the node's values lie inside its input's buffer (a view): no instructions, no buffer. */
  readonly view?: boolean;
  /** True when the node sums over examples: it is computed tile by tile and ready after all of them. */
  readonly reducesExamples?: (node: Expr) => boolean;
  /** FLOPs for so many runs over it, where they do not follow from its shapes. */
  readonly flops?: (node: Expr, runs: number) => number;
}

let nextId = 0;

/** Makes a node. Equal nodes are merged later, when a program is planned. */
export function makeNode(
  operation: Operation,
  inputs: readonly Expr[],
  shape: Shape,
  dtype: Dtype,
  examples: boolean,
  attributes: Record<string, Attribute> = {},
): Expr {
  return { id: nextId++, operation, inputs, attributes, shape, dtype, examples };
}

/** All nodes the roots depend on, inputs before users. */
export function topologicalOrder(roots: readonly Expr[]): Expr[] {
  const done = new Set<Expr>();
  const order: Expr[] = [];
  const stack: { node: Expr; next: number }[] = [];
  for (const root of roots) {
    if (done.has(root)) continue;
    done.add(root);
    stack.push({ node: root, next: 0 });
    while (stack.length > 0) {
      const top = stack[stack.length - 1] as { node: Expr; next: number };
      const input = top.node.inputs[top.next++];
      if (input === undefined) {
        order.push(top.node);
        stack.pop();
      } else if (!done.has(input)) {
        done.add(input);
        stack.push({ node: input, next: 0 });
      }
    }
  }
  return order;
}
