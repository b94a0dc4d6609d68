/** The maximum along axes; its gradient is shared equally by the elements that attain it. */

import { type Expr, makeNode, type Operation } from '../expression.ts';
import { resolveAxes } from '../shape.ts';
import { div, equal, mul, needsFloat } from './arithmetic.ts';
import { broadcastTo, reduce, sum } from './broadcast.ts';
import { reshape } from './reshape.ts';

const maxAxisOperation: Operation = {
  name: 'max',
  derivative(node, g) {
    const x = node.inputs[0] as Expr;
    const axis = node.attributes.axis as number;
    const kept = x.shape.map((extent, i) => (i === axis ? 1 : extent));
    const attains = equal(x, broadcastTo(reshape(node, kept), x.shape));
    const share = div(reshape(g, kept), sum(attains, [axis], true));
    return [mul(attains, broadcastTo(share, x.shape))];
  },
  lower(node, lowering) {
    const source = lowering.canonical(lowering.input(0));
    reduce(lowering, source, lowering.output(), node.attributes.axis as number, 1);
  },
};

/** Maximum over the given axes. */
export function max(x: Expr, axes: readonly number[] | number, keepdims = false): Expr {
  needsFloat('max', x);
  const resolved = resolveAxes('max', axes, x.shape);
  let result = x;
  for (const axis of resolved.sort((a, b) => b - a)) {
    const shape = result.shape.filter((_, i) => i !== axis);
    result = makeNode(maxAxisOperation, [result], shape, result.dtype, result.examples, { axis });
  }
  if (!keepdims) return result;
  return reshape(
    result,
    x.shape.map((extent, axis) => (resolved.includes(axis) ? 1 : extent)),
  );
}
