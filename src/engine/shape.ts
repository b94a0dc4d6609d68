/** Static shapes: broadcasting as in NumPy, sizes, and how a shape is written in messages. */

import { refuse } from './errors.ts';

/** Elements along each axis, the example axis left out; [] is a scalar. */
export type Shape = readonly number[];

/** Number of elements of a shape; 1 for a scalar. */
export function sizeOf(shape: Shape): number {
  let size = 1;
  for (const extent of shape) size *= extent;
  return size;
}

/** "[3, 4]", or "[examples, 3, 4]" for a value that has one row per example. */
export function formatShape(shape: Shape, examples = false): string {
  return `[${[...(examples ? ['examples'] : []), ...shape].join(', ')}]`;
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((extent, axis) => extent === b[axis]);
}

/** The shape two operands broadcast to: axes are aligned at the right and equal, or one of them is 1. */
export function broadcastShapes(operation: string, a: Shape, b: Shape): number[] {
  const rank = Math.max(a.length, b.length);
  const result: number[] = [];
  for (let axis = 0; axis < rank; axis++) {
    const x = a[axis - rank + a.length] ?? 1;
    const y = b[axis - rank + b.length] ?? 1;
    if (x !== y && x !== 1 && y !== 1) {
      refuse(
        operation,
        `shapes ${formatShape(a)} and ${formatShape(b)} do not broadcast: ` +
          `aligned at the right, each pair of axes must be equal or one of them 1, got ${x} and ${y}`,
      );
    }
    result.push(x === 1 ? y : x);
  }
  return result;
}

/** Resolves a possibly negative axis, refusing one that does not exist. */
export function resolveAxis(operation: string, axis: number, shape: Shape): number {
  const resolved = axis < 0 ? axis + shape.length : axis;
  if (!Number.isInteger(resolved) || resolved < 0 || resolved >= shape.length) {
    refuse(operation, `axis ${axis} does not exist in shape ${formatShape(shape)}`);
  }
  return resolved;
}

/** Resolves one axis or several, refusing one that stands twice. */
export function resolveAxes(operation: string, axes: readonly number[] | number, shape: Shape): number[] {
  const list = typeof axes === 'number' ? [axes] : axes;
  const resolved = list.map((axis) => resolveAxis(operation, axis, shape));
  if (new Set(resolved).size !== resolved.length) {
    refuse(operation, `axes [${list.join(', ')}] name an axis of ${formatShape(shape)} twice`);
  }
  return resolved;
}

/** Refuses shapes with an extent that is not a positive integer. */
export function checkShape(operation: string, shape: Shape): void {
  for (const extent of shape) {
    if (!Number.isInteger(extent) || extent < 1) {
      refuse(operation, `every axis needs a positive whole number of elements, got ${formatShape(shape)}`);
    }
  }
}
