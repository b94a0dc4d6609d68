/** Uniform numbers from Philox4x32-10, keyed by (seed, stream) and counted by (step, example's place in the batch, element). */

import { DTYPE_CODE, type Dtype } from '../dtype.ts';
import { refuse } from '../errors.ts';
import { type Expr, makeNode, type Operation } from '../expression.ts';
import { canonicalSize, rows } from '../lowering.ts';
import { OPCODE } from '../opcodes.ts';
import { streamKey } from '../philox.ts';
import { checkShape, type Shape } from '../shape.ts';
import { input } from './leaf.ts';

const uniformOperation: Operation = {
  name: 'uniform',
  derivative: () => [undefined, undefined],
  lower(node, lowering) {
    const target = lowering.output();
    lowering.emit(OPCODE.uniform, [
      DTYPE_CODE[node.dtype],
      target.pointer,
      rows(),
      canonicalSize(node.shape),
      lowering.input(0).pointer,
      lowering.input(1).pointer,
      streamKey(0, node.attributes.stream as string)[1] | 0,
    ]);
  },
};

/**
 * Numbers in [0, 1) for each example, multiples of 2⁻²⁴. Reads the i32 settings `seed` and `step`; the same stream at the
 * same step gives the same numbers.
 */
export function uniform(shape: Shape, stream: string, dtype: Dtype = 'f32'): Expr {
  checkShape('uniform', shape);
  if (dtype === 'i32') refuse('uniform', 'needs f32 or f64, got i32');
  const seed = input('seed', [], 'i32', { examples: false });
  const step = input('step', [], 'i32', { examples: false });
  return makeNode(uniformOperation, [seed, step], shape, dtype, true, { stream });
}
