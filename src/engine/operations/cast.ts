/** Conversion between dtypes, and the wall that stops gradients. */

import { DTYPE_CODE, type Dtype } from '../dtype.ts';
import { type Expr, makeNode, type Operation } from '../expression.ts';
import { canonicalSize, count, rows } from '../lowering.ts';
import { OPCODE } from '../opcodes.ts';

const castOperation: Operation = {
  name: 'cast',
  derivative(node, g) {
    const from = (node.inputs[0] as Expr).dtype;
    return [from === 'i32' || node.dtype === 'i32' ? undefined : cast(g, from)];
  },
  lower(node, lowering) {
    const source = lowering.canonical(lowering.input(0));
    const target = lowering.output();
    const size = canonicalSize(node.shape);
    lowering.emit(OPCODE.cast, [
      DTYPE_CODE[source.dtype],
      DTYPE_CODE[node.dtype],
      source.pointer,
      target.pointer,
      node.examples ? rows(size) : count(size),
    ]);
  },
};

/** The same values in another dtype; to f32 rounds to nearest (below the normal range to 0), to i32 towards zero. */
export function cast(x: Expr, dtype: Dtype): Expr {
  return x.dtype === dtype ? x : makeNode(castOperation, [x], x.shape, dtype, x.examples);
}

const stopGradientOperation: Operation = {
  name: 'stopGradient',
  view: true,
  derivative: () => [undefined],
  lower: (_, lowering) => lowering.alias(lowering.input(0)),
};

/** The same value, constant to the gradient. */
export function stopGradient(x: Expr): Expr {
  return makeNode(stopGradientOperation, [x], x.shape, x.dtype, x.examples);
}
