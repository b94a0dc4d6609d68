/** A·Aᵀ, of which one triangle is computed (a symmetric rank-k update, BLAS's syrk). */

import { BYTES, DTYPE_CODE } from '../dtype.ts';
import { type Expr, makeNode, type Operation } from '../expression.ts';
import { OPCODE } from '../opcodes.ts';
import { add } from './arithmetic.ts';
import { matmul } from './einsum.ts';
import { permute } from './reshape.ts';
import { groupsOf, groupWidth, needsMatrix, opaque, spreadSymmetric, triangleSize } from './triangles.ts';

const INSTEAD = 'differentiate syrk of the matrix instead';

const turnedRowsOperation: Operation = {
  name: 'turnedRows',
  flops: () => 0,
  derivative: opaque('turnedRows', INSTEAD),
  lower(node, lowering) {
    const a = lowering.input(0);
    const [rows, columns] = a.shape as [number, number];
    const [am, ak] = a.strides.map((stride) => stride * BYTES[a.dtype]) as [number, number];
    lowering.emit(OPCODE.turnRows, [
      DTYPE_CODE[a.dtype],
      a.pointer,
      am,
      ak,
      rows,
      columns,
      lowering.output().pointer,
      0,
      node.shape[0] as number,
    ]);
  },
};

/** Rows of a matrix in groups with the rows side by side: [groups, columns, rows of a group], zeros beyond the last row. */
export function turnedRows(a: Expr): Expr {
  needsMatrix('turnedRows', a);
  const [rows, columns] = a.shape as [number, number];
  const shape = [groupsOf(rows, a.dtype), columns, groupWidth(a.dtype)];
  return makeNode(turnedRowsOperation, [a], shape, a.dtype, false);
}

const gramOperation: Operation = {
  name: 'gramTriangle',
  flops: ({ attributes }) =>
    (attributes.n as number) * ((attributes.n as number) + 1) * (attributes.k as number),
  derivative: opaque('gramTriangle', INSTEAD),
  lower(node, lowering) {
    const rows = lowering.input(0);
    const [groups, columns] = rows.shape as [number, number];
    lowering.emit(OPCODE.gram, [
      DTYPE_CODE[node.dtype],
      rows.pointer,
      columns,
      lowering.output().pointer,
      0,
      groups,
    ]);
  },
};

/** The upper triangle of A·Aᵀ in groups, from the rows of A in groups; A has `n` of them. */
export function gramOfTurned(rows: Expr, n: number): Expr {
  const k = rows.shape[1] as number;
  return makeNode(gramOperation, [rows], [triangleSize(n, rows.dtype)], rows.dtype, false, { n, k });
}

/** The upper triangle of A·Aᵀ in groups. */
export function gramTriangle(a: Expr): Expr {
  needsMatrix('gramTriangle', a);
  return gramOfTurned(turnedRows(a), a.shape[0] as number);
}

export const syrkOperation: Operation = {
  name: 'syrk',
  flops: () => 0,
  derivative(node, g) {
    return [matmul(add(g, permute(g, [1, 0])), node.inputs[0] as Expr), undefined];
  },
  lower: (_, lowering) => spreadSymmetric(lowering, lowering.input(1)),
};

/** A·Aᵀ [n, n] of a matrix [n, k], symmetric to the bit. */
export function syrk(a: Expr): Expr {
  needsMatrix('syrk', a);
  const n = a.shape[0] as number;
  return makeNode(syrkOperation, [a, gramTriangle(a)], [n, n], a.dtype, false);
}
