/** Dropout masks from Philox4x32-10, keyed by (seed, stream) and counted by (step, example's place in the batch, element). */

import { DTYPE_CODE, type Dtype } from '../dtype.ts';
import { refuse } from '../errors.ts';
import { type Expr, makeNode, type Operation } from '../expression.ts';
import { canonicalSize, rows } from '../lowering.ts';
import { OPCODE } from '../opcodes.ts';
import { streamKey } from '../philox.ts';
import { checkShape, type Shape } from '../shape.ts';
import { input } from './leaf.ts';

const dropoutOperation: Operation = {
  name: 'dropoutMask',
  derivative: () => [undefined, undefined],
  lower(node, lowering) {
    const target = lowering.output();
    const rate = node.attributes.rate as number;
    lowering.emit(OPCODE.dropout, [
      DTYPE_CODE[node.dtype],
      target.pointer,
      rows(),
      canonicalSize(node.shape),
      lowering.input(0).pointer,
      lowering.input(1).pointer,
      streamKey(0, node.attributes.stream as string)[1] | 0,
      // Kept when the uniform's 24 bits reach this number.
      Math.round(rate * 2 ** 24),
    ]);
  },
};

/**
 * One mask per example: 0 with probability `rate` (to 24 bits), otherwise 1/(1 − rate). Reads the i32 settings
 * `seed` and `step`; the same stream at the same step gives the same mask.
 */
export function dropoutMask(shape: Shape, rate: number, stream: string, dtype: Dtype = 'f32'): Expr {
  checkShape('dropoutMask', shape);
  if (dtype === 'i32') refuse('dropoutMask', 'needs f32 or f64, got i32');
  if (!(rate >= 0 && rate < 1)) refuse('dropoutMask', `rate must lie in [0, 1), got ${rate}`);
  const seed = input('seed', [], 'i32', { examples: false });
  const step = input('step', [], 'i32', { examples: false });
  return makeNode(dropoutOperation, [seed, step], shape, dtype, true, { rate, stream });
}
