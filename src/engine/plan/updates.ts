/** How parameters take their new values: in place where nothing reads the old one any more, otherwise through copies. */

import type { Expr } from '../expression.ts';
import type { View } from '../lowering.ts';
import { parameterOperation } from '../operations/leaf.ts';
import type { Emitter } from './emitter.ts';
import type { Update } from './graph.ts';
import type { Unit } from './groups.ts';

/** The node whose buffer a view reads. */
export function storage(node: Expr): Expr {
  return node.operation.view ? storage(node.inputs[0] as Expr) : node;
}

/** Updates whose value a group can write over the parameter itself: neither a later unit nor an output reads it. */
export function findInPlace(
  units: readonly Unit[],
  updates: readonly Update[],
  outputs: readonly Expr[],
): Map<Expr, Expr> {
  const lastRead = new Map<Expr, number>();
  const producer = new Map<Expr, number>();
  for (const [i, unit] of units.entries()) {
    for (const node of unit.nodes) {
      producer.set(node, i);
      for (const input of node.inputs) lastRead.set(storage(input), i);
    }
  }
  const inPlace = new Map<Expr, Expr>();
  const valuesTaken = new Set<Expr>();
  for (const [target, value] of updates) {
    const at = producer.get(value);
    const unit = at === undefined ? undefined : (units[at] as Unit);
    const readWhole = unit?.nodes.every((node) =>
      node.inputs.every((input) => storage(input) !== target || input === target),
    );
    const othersRead =
      updates.some(([, other]) => other !== value && storage(other) === target) ||
      outputs.some((output) => storage(output) === target);
    if (
      at !== undefined &&
      value.operation.step !== undefined &&
      unit?.nodes.every((node) => !node.examples) &&
      readWhole &&
      !othersRead &&
      (lastRead.get(target) ?? at) <= at &&
      !valuesTaken.has(value) &&
      [...units.entries()].every(
        ([i, later]) =>
          i <= at || later.nodes.every((node) => node.inputs.every((input) => storage(input) !== value)),
      )
    ) {
      inPlace.set(value, target);
      valuesTaken.add(value);
    }
  }
  return inPlace;
}

/** Where outputs are read after a run; those that are a parameter's own memory are copied before it is updated. */
export function keepOutputs(
  outputs: readonly (readonly [string, Expr])[],
  updates: readonly Update[],
  emitter: Emitter,
): Map<string, View> {
  const updated = new Set(updates.map(([target]) => target));
  return new Map(
    outputs.map(([name, node]) => {
      const view = emitter.view(node);
      return [name, updated.has(storage(node)) ? emitter.copyOf(view, node.shape, false) : view];
    }),
  );
}

/** The updates that could not be made in place: all values are copied aside first, then into their parameters. */
export function copyUpdates(
  updates: readonly Update[],
  inPlace: ReadonlyMap<Expr, Expr>,
  emitter: Emitter,
): void {
  const rest = updates.filter(([target, value]) => inPlace.get(value) !== target && target !== value);
  const aside = rest.map(([, value]) => {
    const view = emitter.view(value);
    return storage(value).operation === parameterOperation ? emitter.copyOf(view, value.shape, false) : view;
  });
  for (const [i, [target]] of rest.entries()) emitter.copy(aside[i] as View, emitter.view(target));
}
