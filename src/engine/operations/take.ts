/** One element of each row by index, its adjoint (a row that is 0 elsewhere), one-hot rows, and the index of the largest. */

import { BYTES, DTYPE_CODE, type Dtype } from '../dtype.ts';
import { refuse } from '../errors.ts';
import { type Expr, makeNode, type Operation } from '../expression.ts';
import { canonicalSize, count, rows } from '../lowering.ts';
import { OPCODE } from '../opcodes.ts';
import { formatShape, sameShape } from '../shape.ts';
import { broadcastExamples, broadcastTo } from './broadcast.ts';
import { constant } from './leaf.ts';

function rowCount(index: Expr): ReturnType<typeof rows> {
  const factor = index.shape.reduce((a, b) => a * b, 1);
  return index.examples ? rows(factor) : count(factor);
}

const takeOperation: Operation = {
  name: 'take',
  derivative(node, g) {
    const [x, index] = node.inputs as readonly [Expr, Expr];
    return [place(g, index, x.shape[x.shape.length - 1] as number), undefined];
  },
  lower(node, lowering) {
    const x = node.inputs[0] as Expr;
    const source = lowering.canonical(lowering.input(0));
    const indices = lowering.dense(lowering.input(1));
    const result = lowering.denseOutput();
    const extent = x.shape[x.shape.length - 1] as number;
    lowering.emit(OPCODE.take, [
      BYTES[node.dtype],
      source.pointer,
      indices.pointer,
      result.pointer,
      rowCount(node),
      canonicalSize([extent]) * BYTES[node.dtype],
    ]);
    lowering.finish(result);
  },
};

/** x[…, index]: one element of each row of `x` […, n] by `index` […] (i32). */
export function take(x: Expr, index: Expr): Expr {
  if (index.dtype !== 'i32' || x.shape.length === 0 || !sameShape(x.shape.slice(0, -1), index.shape)) {
    refuse(
      'take',
      `needs values […, n] and i32 indices […] with the same leading axes, got ${formatShape(x.shape, x.examples)} ` +
        `and ${index.dtype} ${formatShape(index.shape, index.examples)}`,
    );
  }
  const examples = x.examples || index.examples;
  const [values, at] = examples ? [broadcastExamples(x), broadcastExamples(index)] : [x, index];
  return makeNode(takeOperation, [values, at], index.shape, x.dtype, examples);
}

const placeOperation: Operation = {
  name: 'place',
  derivative: (node, g) => [take(g, node.inputs[1] as Expr), undefined],
  lower(node, lowering) {
    const values = lowering.dense(lowering.input(0));
    const indices = lowering.dense(lowering.input(1));
    const target = lowering.output();
    const extent = node.shape[node.shape.length - 1] as number;
    lowering.emit(OPCODE.place, [
      BYTES[node.dtype],
      values.pointer,
      indices.pointer,
      target.pointer,
      rowCount(node.inputs[1] as Expr),
      canonicalSize([extent]) * BYTES[node.dtype],
    ]);
  },
};

/** Rows of `extent` zeros with `values` […] written at `index` […]: […, extent]. */
export function place(values: Expr, index: Expr, extent: number): Expr {
  if (index.dtype !== 'i32' || !sameShape(values.shape, index.shape)) {
    refuse(
      'place',
      `needs values and i32 indices of one shape, got ${formatShape(values.shape, values.examples)} and ` +
        `${index.dtype} ${formatShape(index.shape, index.examples)}`,
    );
  }
  const examples = values.examples || index.examples;
  const [rowsOf, at] = examples ? [broadcastExamples(values), broadcastExamples(index)] : [values, index];
  return makeNode(placeOperation, [rowsOf, at], [...index.shape, extent], values.dtype, examples);
}

/** Rows that are 1 at `index` and 0 elsewhere: […i, classes]. */
export function oneHot(index: Expr, classes: number, dtype: Dtype = 'f32'): Expr {
  return place(broadcastTo(constant(1, [], dtype), index.shape), index, classes);
}

const argmaxOperation: Operation = {
  name: 'argmax',
  derivative: () => [undefined],
  lower(node, lowering) {
    const x = node.inputs[0] as Expr;
    const source = lowering.canonical(lowering.input(0));
    const result = lowering.denseOutput();
    const extent = x.shape[x.shape.length - 1] as number;
    lowering.emit(OPCODE.argmax, [
      DTYPE_CODE[x.dtype],
      source.pointer,
      result.pointer,
      rowCount(node),
      extent,
      canonicalSize([extent]) * BYTES[x.dtype],
    ]);
    lowering.finish(result);
  },
};

/** Index (i32) of the largest element of each row; the first of equals. */
export function argmax(x: Expr): Expr {
  if (x.shape.length === 0)
    refuse('argmax', `needs at least one axis, got ${formatShape(x.shape, x.examples)}`);
  return makeNode(argmaxOperation, [x], x.shape.slice(0, -1), 'i32', x.examples);
}
