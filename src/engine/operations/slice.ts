/** Parts of an axis: slicing (a view), its adjoint padding with zeros, and concatenation. */

import { BYTES } from '../dtype.ts';
import { refuse } from '../errors.ts';
import { type Expr, makeNode, type Operation } from '../expression.ts';
import { advance, type View } from '../lowering.ts';
import { formatShape, resolveAxis, type Shape, sameShape } from '../shape.ts';
import { broadcastExamples } from './broadcast.ts';

/** The part of a view between two positions of an axis. */
function part(view: View, axis: number, start: number, extent: number): View {
  const stride = view.strides[axis] as number;
  const shape = view.shape.map((length, i) => (i === axis ? extent : length));
  return { ...view, shape, pointer: advance(view.pointer, start * stride * BYTES[view.dtype]) };
}

const sliceOperation: Operation = {
  name: 'slice',
  view: true,
  derivative(node, g) {
    const { axis, start } = node.attributes as { axis: number; start: number };
    return [pad(g, axis, start, (node.inputs[0] as Expr).shape[axis] as number)];
  },
  lower(node, lowering) {
    const { axis, start } = node.attributes as { axis: number; start: number };
    lowering.alias(part(lowering.input(0), axis, start, node.shape[axis] as number));
  },
};

/** Elements `start` ≤ i < `stop` of an axis. */
export function slice(x: Expr, axis: number, start: number, stop: number): Expr {
  const resolved = resolveAxis('slice', axis, x.shape);
  const extent = x.shape[resolved] as number;
  if (!(Number.isInteger(start) && Number.isInteger(stop) && 0 <= start && start < stop && stop <= extent)) {
    refuse(
      'slice',
      `needs 0 ≤ start < stop ≤ ${extent} on axis ${axis} of ${formatShape(x.shape)}, got ${start} to ${stop}`,
    );
  }
  if (stop - start === extent) return x;
  const shape = x.shape.map((length, i) => (i === resolved ? stop - start : length));
  return makeNode(sliceOperation, [x], shape, x.dtype, x.examples, { axis: resolved, start });
}

const padOperation: Operation = {
  name: 'pad',
  derivative(node, g) {
    const { axis, start } = node.attributes as { axis: number; start: number };
    return [slice(g, axis, start, start + ((node.inputs[0] as Expr).shape[axis] as number))];
  },
  lower(node, lowering) {
    const { axis, start } = node.attributes as { axis: number; start: number };
    const source = lowering.input(0);
    const target = lowering.output();
    lowering.zero(target);
    lowering.copy(source, part(target, axis, start, source.shape[axis] as number));
  },
};

/** `x` within zeros: axis grows to `extent`, with `x` beginning at `start`. */
export function pad(x: Expr, axis: number, start: number, extent: number): Expr {
  const resolved = resolveAxis('pad', axis, x.shape);
  if (start < 0 || start + (x.shape[resolved] as number) > extent) {
    refuse('pad', `${x.shape[resolved]} elements from ${start} on do not fit into ${extent}`);
  }
  const shape = x.shape.map((length, i) => (i === resolved ? extent : length));
  return makeNode(padOperation, [x], shape, x.dtype, x.examples, { axis: resolved, start });
}

const concatOperation: Operation = {
  name: 'concat',
  derivative(node, g) {
    const axis = node.attributes.axis as number;
    let start = 0;
    return node.inputs.map((input) => {
      const extent = input.shape[axis] as number;
      start += extent;
      return slice(g, axis, start - extent, start);
    });
  },
  lower(node, lowering) {
    const axis = node.attributes.axis as number;
    const target = lowering.output();
    let start = 0;
    for (const [i, input] of node.inputs.entries()) {
      const extent = input.shape[axis] as number;
      lowering.copy(lowering.input(i), part(target, axis, start, extent));
      start += extent;
    }
  },
};

/** Joins values along an axis; all other axes must agree. */
export function concat(xs: readonly Expr[], axis: number): Expr {
  const first = xs[0];
  if (first === undefined) return refuse('concat', 'needs at least one value, got none');
  const resolved = resolveAxis('concat', axis, first.shape);
  const others = (shape: Shape): number[] => shape.filter((_, i) => i !== resolved);
  for (const x of xs) {
    if (
      x.dtype !== first.dtype ||
      x.shape.length !== first.shape.length ||
      !sameShape(others(x.shape), others(first.shape))
    ) {
      refuse(
        'concat',
        `all values need the same dtype and axes but axis ${axis}, got ${xs.map((v) => `${v.dtype} ${formatShape(v.shape)}`).join(', ')}`,
      );
    }
  }
  if (xs.length === 1) return first;
  const extent = xs.reduce((total, x) => total + (x.shape[resolved] as number), 0);
  const shape = first.shape.map((length, i) => (i === resolved ? extent : length));
  const examples = xs.some((x) => x.examples);
  const inputs = examples ? xs.map(broadcastExamples) : xs;
  return makeNode(concatOperation, inputs, shape, first.dtype, examples, { axis: resolved });
}
