/**
 * Matrix products of what relu left: its zeros are skipped, bit for bit the product over all elements (kernels/sparse.ts).
 * Whether a tile has enough of them is counted when it runs.
 */

import { BYTES, DTYPE_CODE, type Dtype } from '../dtype.ts';
import type { Lowering, Pointer, View } from '../lowering.ts';
import { OPCODE } from '../opcodes.ts';
import { type Axis, largest, TILE_EXAMPLES } from './axes.ts';

/** With fewer columns, or fewer hidden units, the walk over what is not 0 costs more than it saves. */
const FEWEST_COLUMNS = 40;
const FEWEST_UNITS = 64;
/** Elements that one mask of 64 bits names. */
const BLOCK = 64;
const MASK_BYTES = 8;

export interface SparseProduct {
  readonly a: View;
  readonly b: View;
  readonly c: View;
  readonly m: Axis;
  readonly n: Axis;
  readonly k: Axis;
  readonly accumulate: boolean;
  /** b as the tiles read it; where that is done on the way, room for it and for `turnedBytes`. */
  readonly panels: Pointer;
}

/** Whether a product of whole panels has an operand with zeros, its elements side by side, and rows of b that lie densely. */
export function skipsZeros(a: View, m: Axis, n: Axis, k: Axis, dtype: Dtype): boolean {
  const size = BYTES[dtype];
  const units = m.count.rows ? k : m;
  return (
    dtype === 'f32' &&
    a.sparse === true &&
    m.count.rows !== k.count.rows &&
    units.a === size &&
    largest(units.count) >= FEWEST_UNITS &&
    n.b === size &&
    (k.b ?? 0) !== 0 &&
    largest(n.count) >= FEWEST_COLUMNS
  );
}

/** Bytes of 64 hidden units of all examples of a tile, with the examples innermost. */
export function turnedBytes(dtype: Dtype): number {
  return BLOCK * TILE_EXAMPLES * BYTES[dtype];
}

export function emitSparse(
  { a, b, c, m, n, k, accumulate, panels }: SparseProduct,
  lowering: Lowering,
): void {
  const overExamples = k.count.rows;
  // Masks of a tile; or those of 64 hidden units, and these turned to rows.
  const masks = overExamples
    ? lowering.scratch(BLOCK * MASK_BYTES + turnedBytes(c.dtype))
    : lowering.scratch(TILE_EXAMPLES * Math.ceil(k.count.factor / BLOCK) * MASK_BYTES);
  const rows = [b.pointer, k.b ?? 0, k.count, n.count];
  const finite = overExamples
    ? masks
    : lowering.hoist(`finite ${k.b} ${k.count.factor} ${n.count.factor}`, b, BYTES.i32, (target) => [
        { opcode: OPCODE.finite, words: [...rows, target] },
      ]);
  lowering.emit(OPCODE.sparseProduct, [
    DTYPE_CODE[c.dtype],
    accumulate ? 1 : 0,
    overExamples ? 1 : 0,
    m.count,
    n.count,
    k.count,
    a.pointer,
    m.a ?? 0,
    k.a ?? 0,
    b.pointer,
    k.b ?? 0,
    panels,
    c.pointer,
    m.c ?? 0,
    masks,
    finite,
  ]);
}
