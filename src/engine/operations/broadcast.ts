/** Broadcasting and its adjoint, summing: along axes and along the examples. */

import { BYTES, DTYPE_CODE } from '../dtype.ts';
import { refuse } from '../errors.ts';
import { type Expr, makeNode, type Operation } from '../expression.ts';
import { canonicalSize, canonicalStrides, count, rows } from '../lowering.ts';
import { OPCODE } from '../opcodes.ts';
import { broadcastShapes, formatShape, resolveAxes, type Shape, sameShape } from '../shape.ts';
import { needsFloat } from './arithmetic.ts';
import { reshape } from './reshape.ts';

const broadcastOperation: Operation = {
  name: 'broadcast',
  view: true,
  derivative: (node, g) => [sumTo(g, (node.inputs[0] as Expr).shape, false)],
  lower(node, lowering) {
    const view = lowering.input(0);
    const missing = node.shape.length - view.shape.length;
    const strides = node.shape.map((extent, axis) =>
      axis < missing || view.shape[axis - missing] !== extent ? 0 : (view.strides[axis - missing] as number),
    );
    lowering.alias({ ...view, shape: node.shape, strides });
  },
};

/** Repeats `x` along the axes it lacks or has only one element in (NumPy's rule). */
export function broadcastTo(x: Expr, shape: Shape): Expr {
  if (sameShape(x.shape, shape)) return x;
  if (!sameShape(broadcastShapes('broadcastTo', x.shape, shape), shape)) {
    refuse('broadcastTo', `shape ${formatShape(x.shape)} does not broadcast to ${formatShape(shape)}`);
  }
  return makeNode(broadcastOperation, [x], shape, x.dtype, x.examples);
}

const broadcastExamplesOperation: Operation = {
  name: 'broadcastExamples',
  view: true,
  derivative: (_, g) => [sumExamples(g)],
  lower(_, lowering) {
    lowering.alias({ ...lowering.input(0), examples: true, exampleStride: 0 });
  },
};

/** Gives every example the same value. */
export function broadcastExamples(x: Expr): Expr {
  if (x.examples) return x;
  return makeNode(broadcastExamplesOperation, [x], x.shape, x.dtype, true);
}

const sumAxisOperation: Operation = {
  name: 'sum',
  derivative(node, g) {
    const x = node.inputs[0] as Expr;
    const kept = x.shape.map((extent, axis) => (axis === node.attributes.axis ? 1 : extent));
    return [broadcastTo(reshape(g, kept), x.shape)];
  },
  lower(node, lowering) {
    const source = lowering.canonical(lowering.input(0));
    const target = lowering.output();
    const axis = node.attributes.axis as number;
    reduce(lowering, source, target, axis, 0);
  },
};

type Lower = Parameters<Operation['lower']>[1];
type Placed = ReturnType<Lower['input']>;

/**
 * Instructions of a reduction over one axis: the last one in 8 lanes and a fixed tree, any other in ascending order,
 * element by element of what lies within. `kind` 0 sums, 1 takes the maximum.
 */
export function reduce(lowering: Lower, source: Placed, target: Placed, axis: number, kind: 0 | 1): void {
  const shape = source.shape;
  const size = BYTES[source.dtype];
  const extent = shape[axis] as number;
  const outer = shape.slice(0, axis).reduce((a, b) => a * b, 1);
  const outerCount = source.examples ? rows(outer) : count(outer);
  // Not the view's own stride, which means nothing where the axis has one element.
  const stride = (canonicalStrides(shape)[axis] as number) * size;
  const code = DTYPE_CODE[source.dtype];
  if (axis === shape.length - 1) {
    const rowBytes = canonicalSize([extent]) * size;
    // Results lie one after another only where the target's own last axis is not padded.
    const run = target.shape[target.shape.length - 1] ?? 1;
    const padded = canonicalSize([run]) !== run;
    const targetRow = padded ? canonicalSize([run]) * size : 0;
    lowering.emit(OPCODE.reduceRows, [
      code,
      kind,
      source.pointer,
      target.pointer,
      outerCount,
      extent,
      rowBytes,
      padded ? run : 0,
      targetRow,
    ]);
    return;
  }
  const inner = canonicalSize(shape.slice(axis + 1));
  lowering.emit(OPCODE.reduceAxis, [
    code,
    kind,
    source.pointer,
    target.pointer,
    outerCount,
    extent,
    stride,
    inner,
    extent * stride,
    inner * size,
  ]);
}

/** Sums over the given axes (all of them by default). */
export function sum(
  x: Expr,
  axes: readonly number[] | number = x.shape.map((_, i) => i),
  keepdims = false,
): Expr {
  needsFloat('sum', x);
  const resolved = resolveAxes('sum', axes, x.shape);
  let result = x;
  for (const axis of resolved.sort((a, b) => b - a)) {
    const shape = result.shape.filter((_, i) => i !== axis);
    result =
      result.shape[axis] === 1
        ? reshape(result, shape)
        : makeNode(sumAxisOperation, [result], shape, result.dtype, result.examples, { axis });
  }
  if (!keepdims) return result;
  return reshape(
    result,
    x.shape.map((extent, axis) => (resolved.includes(axis) ? 1 : extent)),
  );
}

const sumExamplesOperation: Operation = {
  name: 'sumExamples',
  reducesExamples: () => true,
  derivative: (_, g) => [broadcastExamples(g)],
  lower(node, lowering) {
    const source = lowering.input(0);
    const broadcast = source.exampleStride === 0;
    const view = broadcast ? source : lowering.canonical(source);
    const target = lowering.output();
    const dense = broadcast ? lowering.canonical({ ...source, examples: false, exampleStride: 0 }) : view;
    const size = canonicalSize(node.shape);
    lowering.emit(OPCODE.sumExamples, [
      DTYPE_CODE[node.dtype],
      dense.pointer,
      target.pointer,
      rows(),
      size,
      broadcast ? 0 : size * BYTES[node.dtype],
    ]);
  },
};

/** Sums over the examples of the run. */
export function sumExamples(x: Expr): Expr {
  needsFloat('sumExamples', x);
  if (!x.examples)
    refuse('sumExamples', `needs a value per example, got ${formatShape(x.shape)} without the example axis`);
  return makeNode(sumExamplesOperation, [x], x.shape, x.dtype, false);
}

/** Sums `g` down to a shape (and example axis) that was broadcast to it: the adjoint of broadcasting. */
export function sumTo(g: Expr, shape: Shape, overExamples: boolean): Expr {
  const reduced = overExamples && g.examples ? sumExamples(g) : g;
  if (sameShape(reduced.shape, shape)) return reduced;
  const missing = reduced.shape.length - shape.length;
  const axes: number[] = [];
  for (const [axis, extent] of reduced.shape.entries()) {
    if (axis < missing || (shape[axis - missing] === 1 && extent !== 1)) axes.push(axis);
  }
  return reshape(sum(reduced, axes), shape);
}
