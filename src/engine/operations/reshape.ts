/** The same elements under another shape, or with axes in another order; views wherever the layout allows. */

import { refuse } from '../errors.ts';
import { type Expr, makeNode, type Operation } from '../expression.ts';
import { canonicalStrides, type View } from '../lowering.ts';
import { checkShape, formatShape, type Shape, sameShape, sizeOf } from '../shape.ts';

/**
 * Strides of the same elements under another shape, or undefined when no strides describe them: groups of axes with
 * equal products are matched from the left, and the source axes of a group must lie densely one within the other.
 */
export function reshapeStrides(view: View, shape: Shape): number[] | undefined {
  const source = view.shape
    .map((extent, axis) => ({ extent, stride: view.strides[axis] as number }))
    .filter((axis) => axis.extent !== 1);
  const strides = new Array<number>(shape.length).fill(1);
  let from = 0;
  let to = 0;
  while (from < source.length) {
    const start = from;
    const first = to;
    let have = 1;
    let want = 1;
    do {
      if (have <= want) have *= (source[from++] as { extent: number }).extent;
      else want *= shape[to++] as number;
    } while (have !== want);
    for (let i = start; i < from - 1; i++) {
      const next = source[i + 1] as { extent: number; stride: number };
      if ((source[i] as { stride: number }).stride !== next.extent * next.stride) return undefined;
    }
    let stride = (source[from - 1] as { stride: number }).stride;
    for (let axis = to - 1; axis >= first; axis--) {
      strides[axis] = stride;
      stride *= shape[axis] as number;
    }
  }
  return strides;
}

const reshapeOperation: Operation = {
  name: 'reshape',
  view: true,
  derivative: (node, g) => [reshape(g, (node.inputs[0] as Expr).shape)],
  lower(node, lowering) {
    const view = lowering.input(0);
    const direct = reshapeStrides(view, node.shape);
    if (direct !== undefined) {
      lowering.alias({ ...view, shape: node.shape, strides: direct });
      return;
    }
    // The rows are padded differently: copy the elements to where they belong.
    const target = lowering.output();
    const inverse = reshapeStrides(target, view.shape);
    if (inverse !== undefined) {
      lowering.copy(view, { ...target, shape: view.shape, strides: inverse });
      return;
    }
    // Neither layout is a view of the other: go through one without padding.
    const dense = lowering.dense(view);
    const flat = { ...dense, shape: node.shape, strides: denseStrides(node.shape) };
    lowering.copy(flat, target);
  },
};

/** Row-major strides without padding. */
export function denseStrides(shape: Shape): number[] {
  const strides = canonicalStrides(shape);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis] as number;
  }
  return strides;
}

/** The same elements in row-major order under another shape of the same size. */
export function reshape(x: Expr, shape: Shape): Expr {
  checkShape('reshape', shape);
  if (sizeOf(shape) !== sizeOf(x.shape)) {
    refuse(
      'reshape',
      `${formatShape(x.shape)} has ${sizeOf(x.shape)} elements and ${formatShape(shape)} ${sizeOf(shape)}; they must be equal`,
    );
  }
  if (sameShape(x.shape, shape)) return x;
  return makeNode(reshapeOperation, [x], shape, x.dtype, x.examples, { shape });
}

const permuteOperation: Operation = {
  name: 'permute',
  view: true,
  derivative(node, g) {
    const axes = node.attributes.axes as readonly number[];
    const inverse = axes.map((_, axis) => axes.indexOf(axis));
    return [permute(g, inverse)];
  },
  lower(node, lowering) {
    const view = lowering.input(0);
    const axes = node.attributes.axes as readonly number[];
    lowering.alias({ ...view, shape: node.shape, strides: axes.map((axis) => view.strides[axis] as number) });
  },
};

/** Reorders axes: axis `i` of the result is axis `axes[i]` of `x`. */
export function permute(x: Expr, axes: readonly number[]): Expr {
  const sorted = [...axes].sort((a, b) => a - b);
  if (axes.length !== x.shape.length || sorted.some((axis, i) => axis !== i)) {
    refuse(
      'permute',
      `axes [${axes.join(', ')}] are not an order of the ${x.shape.length} axes of ${formatShape(x.shape)}`,
    );
  }
  if (axes.every((axis, i) => axis === i)) return x;
  return makeNode(
    permuteOperation,
    [x],
    axes.map((axis) => x.shape[axis] as number),
    x.dtype,
    x.examples,
    { axes },
  );
}
