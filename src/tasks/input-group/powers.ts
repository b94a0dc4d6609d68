/** Inputs that are several of the same: strings of bits are a hypercube, sequences over an alphabet a product of cycles. */

import { cyclicAxis } from './cyclic.ts';
import { elementColumns, InputGroups } from './input-group.ts';

/** Elements that are listed at most: the network is run on all of them. */
const MOST_ELEMENTS = 65_536;

/**
 * The product of `count` cycles of `order` elements, one for each token; for order 2 the hypercube with its Walsh–Hadamard
 * characters.
 * @returns undefined where there are more than 65,536 inputs
 */
export function powerInputGroups(order: number, count: number): InputGroups | undefined {
  let size = 1;
  for (let i = 0; i < count; i++) {
    size *= order;
    if (size > MOST_ELEMENTS) return undefined;
  }
  return new InputGroups(() => {
    const axis = cyclicAxis(order);
    const axes = Array.from({ length: count }, () => axis);
    return { graph: { axes, tokens: elementColumns(axes.map(() => order)), answer: undefined } };
  });
}
