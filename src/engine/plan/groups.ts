/**
 * Fuses elementwise nodes into groups: a node joins the group of its users when all of them are in one group of its
 * shape. A group runs where its last node stands; values used outside are stored, all others live in registers.
 */

import type { Expr } from '../expression.ts';
import { sameShape } from '../shape.ts';

export interface Unit {
  /** The nodes computed together, in order; one for anything that is not elementwise. */
  readonly nodes: Expr[];
}

/** Keeps a group's operands and registers within what the first cache holds. */
const LARGEST_GROUP = 24;

export function fuse(nodes: readonly Expr[]): Unit[] {
  const users = new Map<Expr, Expr[]>();
  for (const node of nodes) {
    for (const input of new Set(node.inputs)) users.set(input, [...(users.get(input) ?? []), node]);
  }
  const groupOf = new Map<Expr, Expr[]>();
  for (const node of [...nodes].reverse()) {
    if (node.operation.step === undefined) continue;
    const consumers = users.get(node) ?? [];
    const group = consumers.length > 0 ? groupOf.get(consumers[0] as Expr) : undefined;
    const root = group?.[0];
    const joins =
      group !== undefined &&
      root !== undefined &&
      group.length < LARGEST_GROUP &&
      consumers.every((user) => groupOf.get(user) === group) &&
      sameShape(root.shape, node.shape) &&
      root.examples === node.examples &&
      root.dtype === node.dtype;
    if (joins) {
      group.push(node);
      groupOf.set(node, group);
    } else {
      groupOf.set(node, [node]);
    }
  }
  const units: Unit[] = [];
  for (const node of nodes) {
    const group = groupOf.get(node);
    if (group === undefined) units.push({ nodes: [node] });
    // A group stands where its root does; its nodes were collected users first.
    else if (group[0] === node) units.push({ nodes: [...group].reverse() });
  }
  return units;
}

/** Nodes of a unit whose value must be stored: its last one, and those kept for others. */
export function storedNodes(unit: Unit, kept: (node: Expr) => boolean): Expr[] {
  const last = unit.nodes[unit.nodes.length - 1];
  return unit.nodes.filter((node) => node === last || kept(node));
}
