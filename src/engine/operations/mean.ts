/** Means: sums divided by how many were summed. */

import type { Expr } from '../expression.ts';
import { resolveAxes } from '../shape.ts';
import { div } from './arithmetic.ts';
import { sum, sumExamples } from './broadcast.ts';
import { exampleCount } from './leaf.ts';

/** Mean over the given axes (all of them by default). */
export function mean(
  x: Expr,
  axes: readonly number[] | number = x.shape.map((_, axis) => axis),
  keepdims = false,
): Expr {
  const list = typeof axes === 'number' ? [axes] : axes;
  const size = resolveAxes('mean', list, x.shape).reduce(
    (total, axis) => total * (x.shape[axis] as number),
    1,
  );
  return size === 1 ? sum(x, list, keepdims) : div(sum(x, list, keepdims), size);
}

/** Mean over the examples of the run. */
export function meanExamples(x: Expr): Expr {
  return div(sumExamples(x), exampleCount(x.dtype));
}
