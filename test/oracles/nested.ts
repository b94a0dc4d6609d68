/** Tensors as plain nested arrays, a number where the shape is []: slow, and nothing to get wrong. */

export type Nested = number | Nested[];

/** The tensor whose element at each index is `element(index)`. */
export function build(
  shape: readonly number[],
  element: (index: number[]) => number,
  prefix: number[] = [],
): Nested {
  if (prefix.length === shape.length) return element(prefix);
  return Array.from({ length: shape[prefix.length] }, (_, i) => build(shape, element, [...prefix, i]));
}

/** The element at an index. */
export function at(x: Nested, index: readonly number[]): number {
  let part = x;
  for (const i of index) part = (part as Nested[])[i];
  if (typeof part !== 'number') throw new Error(`index [${index.join(', ')}] names no element`);
  return part;
}

/** All elements in row-major order. */
export function flatten(x: Nested): number[] {
  return typeof x === 'number' ? [x] : x.flatMap(flatten);
}

/** Row-major elements as a tensor of a shape. */
export function unflatten(values: ArrayLike<number>, shape: readonly number[]): Nested {
  let next = 0;
  return build(shape, () => values[next++]);
}

/** Every index of a shape, in row-major order. */
export function indices(shape: readonly number[]): number[][] {
  let all: number[][] = [[]];
  for (const extent of shape) {
    all = all.flatMap((index) => Array.from({ length: extent }, (_, i) => [...index, i]));
  }
  return all;
}
