/**
 * Matrices in groups of columns 64 bytes wide, [groups, rows, columns of a group]: sums of rows that an index names, the
 * groups of the transpose, and products scattered into rows, each within a group that the first cache holds.
 */

import { BYTES, DTYPE_CODE, type Dtype } from '../dtype.ts';
import { refuse } from '../errors.ts';
import { type Expr, makeNode, type Operation } from '../expression.ts';
import { OPCODE } from '../opcodes.ts';
import { formatShape, type Shape } from '../shape.ts';
import { groupsOf, groupWidth, opaque } from './triangles.ts';

/** Rows of a product that the kernel makes before it scatters them. */
const CHUNK_ROWS = 32;
const GROUP_BYTES = 64;
const INSTEAD = 'write it with gather, einsum and scatterAdd to differentiate it';

/** The shape of a matrix in groups. */
export function groupedShape(rows: number, columns: number, dtype: Dtype): [number, number, number] {
  return [groupsOf(columns, dtype), rows, groupWidth(dtype)];
}

/** Row-major f64 numbers [rows, columns] in groups, zeros beyond the last column. */
export function toGroups(values: ArrayLike<number>, rows: number, columns: number, into: Float64Array): void {
  const width = groupWidth('f64');
  let to = 0;
  for (let first = 0; first < columns; first += width) {
    for (let row = 0; row < rows; row++) {
      const from = row * columns + first;
      for (let i = 0; i < width; i++) into[to++] = first + i < columns ? (values[from + i] as number) : 0;
    }
  }
}

/** f64 numbers in groups as a row-major matrix [rows, columns]. */
export function fromGroups(
  values: ArrayLike<number>,
  rows: number,
  columns: number,
  into: Float64Array,
): void {
  const width = groupWidth('f64');
  let from = 0;
  for (let first = 0; first < columns; first += width) {
    const there = Math.min(width, columns - first);
    for (let row = 0; row < rows; row++, from += width) {
      const to = row * columns + first;
      for (let i = 0; i < there; i++) into[to + i] = values[from + i] as number;
    }
  }
}

function needsGrouped(operation: string, x: Expr): readonly [number, number, number] {
  if (x.examples || x.shape.length !== 3 || x.dtype === 'i32' || x.shape[2] !== groupWidth(x.dtype)) {
    refuse(
      operation,
      `needs a floating-point matrix in groups, got ${x.dtype} ${formatShape(x.shape, x.examples)}`,
    );
  }
  return x.shape as unknown as readonly [number, number, number];
}

function needsIndex(operation: string, index: Expr): readonly [number, number] {
  if (index.examples || index.shape.length !== 2 || index.dtype !== 'i32') {
    refuse(
      operation,
      `needs i32 indices [rows, terms], the same for all examples, got ${index.dtype} ${formatShape(index.shape, index.examples)}`,
    );
  }
  return index.shape as unknown as readonly [number, number];
}

const sumRowsOperation: Operation = {
  name: 'sumRows',
  flops: ({ shape, attributes }) =>
    (attributes.terms as number) * (attributes.n as number) * (shape[0] as number) * (shape[2] as number),
  derivative: opaque('sumRows', INSTEAD),
  lower(node, lowering) {
    const [groups, padded] = node.shape as readonly [number, number];
    const { n, terms, rectify } = node.attributes;
    const table = lowering.canonical(lowering.input(0));
    lowering.emit(OPCODE.sumRows, [
      ...[DTYPE_CODE[node.dtype], rectify ? 1 : 0, table.pointer, table.shape[1] as number],
      ...[lowering.dense(lowering.input(1)).pointer, terms as number, lowering.output().pointer],
      ...[n as number, padded, 0, groups],
    ]);
  },
};

/**
 * Σₜ table[index[i, t]], for a table in groups and indices [n, terms] that must lie within it: in groups, with rows of zeros
 * up to a whole group.
 * @param rectify takes relu of the sums
 */
export function sumRows(table: Expr, index: Expr, rectify: boolean): Expr {
  const [groups, , width] = needsGrouped('sumRows', table);
  const [n, terms] = needsIndex('sumRows', index);
  const shape: Shape = [groups, groupsOf(n, table.dtype) * width, width];
  return makeNode(sumRowsOperation, [table, index], shape, table.dtype, false, { n, terms, rectify });
}

const turnGroupsOperation: Operation = {
  name: 'turnGroups',
  flops: () => 0,
  derivative: opaque('turnGroups', INSTEAD),
  lower(node, lowering) {
    const source = lowering.canonical(lowering.input(0));
    const [groups, rows] = source.shape as readonly [number, number];
    lowering.emit(OPCODE.turnGroups, [
      ...[DTYPE_CODE[node.dtype], source.pointer, groups, rows, lowering.output().pointer],
      ...[0, node.shape[0] as number],
    ]);
  },
};

/** The transpose in groups, of a matrix whose rows are whole groups: what `gramOfTurned` reads. */
export function turnGroups(x: Expr): Expr {
  const [groups, rows, width] = needsGrouped('turnGroups', x);
  if (rows % width !== 0) refuse('turnGroups', `needs a multiple of ${width} rows, got ${rows}`);
  return makeNode(turnGroupsOperation, [x], [rows / width, groups * width, width], x.dtype, false);
}

export interface Scattered {
  /** [n, k]. */
  readonly a: Expr;
  /** [groups, k, columns of a group]. */
  readonly b: Expr;
  /** In groups, n rows or more. */
  readonly gate: Expr;
  /** Products are kept where the gate is positive, or multiplied by it. */
  readonly gating: 'keep' | 'scale';
  /** i32 [n, terms]. */
  readonly index: Expr;
  /** Rows of the result. */
  readonly rows: number;
}

const scatterProductsOperation: Operation = {
  name: 'scatterProducts',
  flops: ({ shape, attributes }) =>
    (attributes.n as number) *
    (shape[0] as number) *
    (shape[2] as number) *
    (2 * (attributes.k as number) + 3),
  derivative: opaque('scatterProducts', INSTEAD),
  lower(node, lowering) {
    const [groups, rows] = node.shape as readonly [number, number];
    const a = lowering.input(0);
    const [n, k] = a.shape as readonly [number, number];
    const dense = a.strides[1] === 1 ? a : lowering.canonical(a);
    const gate = lowering.canonical(lowering.input(2));
    const index = lowering.dense(lowering.input(3));
    lowering.emit(OPCODE.scatterProducts, [
      ...[DTYPE_CODE[node.dtype], node.attributes.scale ? 1 : 0, gate.pointer, gate.shape[1] as number],
      ...[dense.pointer, (dense.strides[0] as number) * BYTES[node.dtype], k],
      ...[lowering.canonical(lowering.input(1)).pointer, index.pointer, index.shape[1] as number, n],
      ...[lowering.output().pointer, rows, lowering.scratch(CHUNK_ROWS * GROUP_BYTES), 0, groups],
    ]);
  },
};

/** Σ over i and t, added to row index[i, t]: (a·b)[i] gated. Products ascend in k, rows are added in order of i, then t. */
export function scatterProducts({ a, b, gate, gating, index, rows }: Scattered): Expr {
  const [groups, k, width] = needsGrouped('scatterProducts', b);
  const [gateGroups, gateRows] = needsGrouped('scatterProducts', gate);
  const [n] = needsIndex('scatterProducts', index);
  const fits = a.shape.length === 2 && a.shape[0] === n && a.shape[1] === k && !a.examples;
  if (!fits || gateGroups !== groups || gateRows < n || a.dtype !== b.dtype || gate.dtype !== b.dtype) {
    refuse(
      'scatterProducts',
      `a ${formatShape(a.shape, a.examples)}, b ${formatShape(b.shape)}, gate ${formatShape(gate.shape)} and index ${formatShape(index.shape)} do not fit one another`,
    );
  }
  const shape: Shape = [groups, rows, width];
  const attributes = { n, k, scale: gating === 'scale' };
  return makeNode(scatterProductsOperation, [a, b, gate, index], shape, b.dtype, false, attributes);
}
