/**
 * Small products that are taken where their operands lie, without packing: sums along rows that are dense in both
 * operands (8 lanes and a tree), outer products, and products of any strides.
 */

import { BYTES, DTYPE_CODE, type Dtype } from '../dtype.ts';
import type { Lowering, View } from '../lowering.ts';
import { OPCODE } from '../opcodes.ts';
import type { Axis } from './axes.ts';

/** The lanes of the columns that are summed side by side (kernels/dots.ts). */
const LANE_BYTES = 128;
/** A shorter sum is taken in ascending order. */
const SHORTEST_ROW = 8;

export const KIND = { strided: 0, dots: 1, outer: 2 } as const;

export interface Direct {
  readonly kind: (typeof KIND)[keyof typeof KIND];
  readonly a: View;
  readonly b: View;
  readonly c: View;
  readonly m: Axis;
  readonly n: Axis;
  readonly k: Axis;
  readonly loops: readonly Axis[];
  readonly accumulate: boolean;
}

/** Whether a product is a sum along rows that lie densely in both operands, long enough for lanes. */
export function sumsAlongRows(k: Axis, dtype: Dtype): boolean {
  const size = BYTES[dtype];
  return k.a === size && k.b === size && !k.count.rows && k.count.factor >= SHORTEST_ROW;
}

export function emitDirect(product: Direct, lowering: Pick<Lowering, 'emit' | 'scratch'>): void {
  const { a, b, c, m, n, k, loops } = product;
  lowering.emit(OPCODE.direct, [
    DTYPE_CODE[c.dtype],
    product.kind,
    product.accumulate ? 1 : 0,
    m.count,
    n.count,
    k.count,
    a.pointer,
    m.a ?? 0,
    k.a ?? 0,
    b.pointer,
    k.b ?? 0,
    n.b ?? 0,
    c.pointer,
    m.c ?? 0,
    n.c ?? 0,
    product.kind === KIND.dots ? lowering.scratch(LANE_BYTES) : c.pointer,
    loops.length,
    ...loops.flatMap((axis) => [
      axis.count,
      axis.a ?? 0,
      axis.b ?? 0,
      axis.c ?? 0,
      axis.indexed?.operand ?? 0,
      axis.indexed?.pointer ?? c.pointer,
    ]),
  ]);
}
