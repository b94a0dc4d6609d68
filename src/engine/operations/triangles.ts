/**
 * Triangles of square matrices as the kernels of the linear algebra read them (kernels/triangles.ts): groups of columns 64
 * bytes wide, each with its rows down to the diagonal block; a factor also holds the transpose, and how its pivots fared.
 */

import { BYTES, DTYPE_CODE, type Dtype } from '../dtype.ts';
import { refuse } from '../errors.ts';
import { type Expr, makeNode, type Operation } from '../expression.ts';
import { type Lowering, type Pointer, pitch, type View } from '../lowering.ts';
import { OPCODE } from '../opcodes.ts';
import { formatShape } from '../shape.ts';
import { needsFloat } from './arithmetic.ts';

const GROUP_BYTES = 64;

/** Ways between a matrix in rows and its triangle in groups; kernels/triangles.ts knows them by the same numbers. */
const MODE = { gather: 0, factorOf: 1, spread: 2, lowerOf: 3 } as const;

/** Columns of a group. */
export function groupWidth(dtype: Dtype): number {
  return GROUP_BYTES / BYTES[dtype];
}

/** Groups of a matrix of n columns. */
export function groupsOf(n: number, dtype: Dtype): number {
  return Math.ceil(n / groupWidth(dtype));
}

/** Elements of a triangle in groups. */
export function triangleSize(n: number, dtype: Dtype): number {
  const groups = groupsOf(n, dtype);
  return (groupWidth(dtype) * groupWidth(dtype) * groups * (groups + 1)) / 2;
}

/** Elements of a factor: two triangles, and a row on its pivots. */
export function factorSize(n: number, dtype: Dtype): number {
  return 2 * triangleSize(n, dtype) + groupWidth(dtype);
}

/** Refuses what is no square floating-point matrix, or has one for each example. */
export function needsSquare(operation: string, a: Expr): number {
  needsMatrix(operation, a);
  const [rows, columns] = a.shape as [number, number];
  if (rows !== columns) refuse(operation, `needs a square matrix, got ${formatShape(a.shape)}`);
  return rows;
}

/** Refuses what is no floating-point matrix, or has one for each example. */
export function needsMatrix(operation: string, a: Expr): void {
  needsFloat(operation, a);
  if (a.examples || a.shape.length !== 2) {
    refuse(operation, `needs one matrix, the same for all examples, got ${formatShape(a.shape, a.examples)}`);
  }
}

/** Refuses to differentiate values whose layout is the kernels' own. */
export function opaque(name: string, instead: string): () => never {
  return () => refuse(name, `has no derivative; ${instead}`);
}

function convert(lowering: Lowering, mode: number, matrix: View, panels: Pointer, pieces: number): void {
  const n = matrix.shape[0] as number;
  lowering.emit(OPCODE.triangle, [
    DTYPE_CODE[matrix.dtype],
    mode,
    matrix.pointer,
    pitch(n) * BYTES[matrix.dtype],
    panels,
    n,
    0,
    pieces,
  ]);
}

const packing = (name: string, mode: number): Operation => ({
  name,
  derivative: opaque(name, 'differentiate cholesky, choleskySolve or triangularSolve of the matrix instead'),
  lower(node, lowering) {
    const matrix = lowering.canonical(lowering.input(0));
    convert(
      lowering,
      mode,
      matrix,
      lowering.output().pointer,
      groupsOf(matrix.shape[0] as number, node.dtype),
    );
  },
});

const triangleOperation = packing('upperTriangle', MODE.gather);
const lowerFactorOperation = packing('factorOfLower', MODE.factorOf);

/** The upper triangle of a symmetric matrix [n, n] in groups; what is below the diagonal is not read. */
export function upperTriangle(a: Expr): Expr {
  const n = needsSquare('upperTriangle', a);
  return makeNode(triangleOperation, [a], [triangleSize(n, a.dtype)], a.dtype, false, { n });
}

/** A lower triangular matrix [n, n] as a factor; what is above the diagonal is not read. */
export function factorOfLower(lower: Expr): Expr {
  const n = needsSquare('factorOfLower', lower);
  return makeNode(lowerFactorOperation, [lower], [factorSize(n, lower.dtype)], lower.dtype, false, { n });
}

/** Writes a node's matrix [n, n] from groups: both triangles of a symmetric one. */
export function spreadSymmetric(lowering: Lowering, triangle: View): void {
  const target = lowering.output();
  convert(lowering, MODE.spread, target, triangle.pointer, target.shape[0] as number);
}

/** Writes a node's matrix [n, n]: the lower triangle of a factor, zeros above it. */
export function spreadLower(lowering: Lowering, factor: View): void {
  const target = lowering.output();
  convert(lowering, MODE.lowerOf, target, factor.pointer, target.shape[0] as number);
}
