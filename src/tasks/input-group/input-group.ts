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

/** The groups that a task's inputs form, made when one of them is first asked for: their bases are squares of their orders. */
export class InputGroups {
  readonly #make: () => { graph: InputGroup; own?: InputGroup };
  #made: { graph: InputGroup; own?: InputGroup } | undefined;

  /** @param make called once at most; without `own` the graph is the task's own group */
  constructor(make: () => { graph: InputGroup; own?: InputGroup }) {
    this.#make = make;
  }

  /** The product in the order of the tokens: what "smooth" means before anything is known of the task. */
  get graph(): InputGroup {
    this.#made ??= this.#make();
    return this.#made.graph;
  }

  /** The group whose characters solve the task, where it is another one; otherwise the same. */
  get own(): InputGroup {
    const { graph } = this;
    return this.#made?.own ?? graph;
  }
}
