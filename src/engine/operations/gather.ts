/** Rows of a table by index, and the adjoint: adding rows into a table. */

import { BYTES, DTYPE_CODE } from '../dtype.ts';
import { refuse } from '../errors.ts';
import { type Expr, makeNode, type Operation } from '../expression.ts';
import { canonicalSize, canonicalStrides, count, rows, type View } from '../lowering.ts';
import { OPCODE } from '../opcodes.ts';
import { formatShape, sameShape } from '../shape.ts';
import { needsFloat } from './arithmetic.ts';

/** Number of elements of `shape` from one index to the next, and how many indices there are. */
function indexCount(index: Expr): { factor: number; rows: boolean } {
  const factor = index.shape.reduce((a, b) => a * b, 1);
  return index.examples ? rows(factor) : count(factor);
}

const gatherOperation: Operation = {
  name: 'gather',
  derivative(node, g) {
    const [table, index] = node.inputs as readonly [Expr, Expr];
    return [scatterAdd(index, g, table.shape[0] as number), undefined];
  },
  lower(node, lowering) {
    const [table, index] = node.inputs as readonly [Expr, Expr];
    const source = lowering.canonical(lowering.input(0));
    const indices = lowering.dense(lowering.input(1));
    // A table of single numbers has rows of one element; its own layout may be padded only at the end.
    const rowElements = table.shape.length === 1 ? 1 : canonicalSize(table.shape.slice(1));
    if (index.examples && index.shape.length === 0 && table.shape.length > 1) {
      // One row for each example: products read it where it lies, whatever else reads it copies the tile's rows.
      const row = { shape: node.shape, strides: canonicalStrides(node.shape), exampleStride: rowElements };
      const at = { pointer: indices.pointer, table: source.pointer };
      lowering.alias({ ...source, ...row, examples: true, index: at });
      return;
    }
    const target = rowElements === 1 ? lowering.denseOutput() : lowering.output();
    const rowBytes = rowElements * BYTES[node.dtype];
    lowering.emit(OPCODE.gather, [
      source.pointer,
      indices.pointer,
      target.pointer,
      indexCount(index),
      rowBytes,
    ]);
    lowering.finish(target);
  },
};

/** Rows of `table` [V, …r] at `index` (i32 […i]): […i, …r]. */
export function gather(table: Expr, index: Expr): Expr {
  if (table.shape.length < 1 || table.examples) {
    refuse(
      'gather',
      `needs a table [rows, …] that is the same for all examples, got ${formatShape(table.shape, table.examples)}`,
    );
  }
  if (index.dtype !== 'i32') refuse('gather', `needs i32 indices, got ${index.dtype}`);
  return makeNode(
    gatherOperation,
    [table, index],
    [...index.shape, ...table.shape.slice(1)],
    table.dtype,
    index.examples,
  );
}

const scatterAddOperation: Operation = {
  name: 'scatterAdd',
  reducesExamples: (node) => node.inputs.some((input) => input.examples),
  derivative: (node, g) => [undefined, gather(g, node.inputs[0] as Expr)],
  lower(node, lowering) {
    const [index] = node.inputs as readonly [Expr, Expr];
    const indices = lowering.dense(lowering.input(0));
    const rowElements = node.shape.length === 1 ? 1 : canonicalSize(node.shape.slice(1));
    const values: View =
      rowElements === 1 ? lowering.dense(lowering.input(1)) : lowering.canonical(lowering.input(1));
    const target = lowering.output();
    if (!node.inputs.some((input) => input.examples)) {
      lowering.zero(target);
    }
    lowering.emit(OPCODE.scatterAdd, [
      DTYPE_CODE[node.dtype],
      values.pointer,
      indices.pointer,
      target.pointer,
      indexCount(index),
      rowElements,
      rowElements * BYTES[node.dtype],
    ]);
  },
};

/** A table of `tableRows` rows, each the sum of the rows of `values` […i, …r] whose `index` […i] names it, over examples too. */
export function scatterAdd(index: Expr, values: Expr, tableRows: number): Expr {
  const rank = index.shape.length;
  if (index.dtype !== 'i32') refuse('scatterAdd', `needs i32 indices, got ${index.dtype}`);
  needsFloat('scatterAdd', values);
  if (!sameShape(values.shape.slice(0, rank), index.shape) || values.examples !== index.examples) {
    refuse(
      'scatterAdd',
      `values ${formatShape(values.shape, values.examples)} must begin with the axes of index ${formatShape(index.shape, index.examples)}`,
    );
  }
  return makeNode(
    scatterAddOperation,
    [index, values],
    [tableRows, ...values.shape.slice(rank)],
    values.dtype,
    false,
  );
}
