/**
 * All inputs of a task as the elements of a product of groups. Its Cayley graph, the Cartesian product of the graphs of its
 * factors, says which inputs are neighbours: the torus for two residues, the hypercube for bits.
 */

import type { Axis } from './axis.ts';

export interface InputGroup {
  readonly axes: readonly Axis[];
  /** Token columns of every element, in row-major order of the product, as in `Dataset.tokens`. */
  readonly tokens: readonly Int32Array[];
  /**
   * Which functions of two elements the answer is made of, for a task on two factors: of a∘b (`same`: a character of the first
   * factor meets the same one of the second) or of a∘b⁻¹ (`opposite`: its conjugate). Undefined where it is neither.
   */
  readonly answer: 'same' | 'opposite' | undefined;
}

/** Number of elements. */
export function groupSize({ axes }: Pick<InputGroup, 'axes'>): number {
  return axes.reduce((size, { order }) => size * order, 1);
}

/** Every element of the product as one column for each factor, in row-major order. */
export function elementColumns(orders: readonly number[]): Int32Array[] {
  const size = orders.reduce((a, b) => a * b, 1);
  let stride = size;
  return orders.map((order) => {
    stride /= order;
    const step = stride;
    return Int32Array.from({ length: size }, (_, element) => Math.floor(element / step) % order);
  });
}
