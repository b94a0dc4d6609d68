/**
 * What is made of constants only is evaluated when a graph is simplified, to the bits that the kernels would give:
 * copies, and the operations that IEEE 754 rounds correctly, with results below the normal range flushed.
 */

import type { Dtype } from '../dtype.ts';
import type { Expr } from '../expression.ts';
import { constant, constantOperation } from '../operations/leaf.ts';
import { type Shape, sizeOf } from '../shape.ts';

/** Larger ones are left to the kernels: as attributes they would be slow to compare. */
const MOST_ELEMENTS = 1024;

const SMALLEST_NORMAL: Readonly<Record<Dtype, number>> = { f32: 2 ** -126, f64: 2 ** -1022, i32: 0 };

interface Rule {
  readonly apply: (a: number, b: number) => number;
  /** True where the kernels turn subnormal results and −0 into +0. */
  readonly flushed: boolean;
}

const RULES: Readonly<Record<string, Rule>> = {
  add: { apply: (a, b) => a + b, flushed: true },
  sub: { apply: (a, b) => a - b, flushed: true },
  mul: { apply: (a, b) => a * b, flushed: true },
  div: { apply: (a, b) => a / b, flushed: true },
  square: { apply: (a) => a * a, flushed: true },
  reciprocal: { apply: (a) => 1 / a, flushed: true },
  sqrt: { apply: (a) => Math.sqrt(a), flushed: false },
  neg: { apply: (a) => -a, flushed: false },
  abs: { apply: (a) => Math.abs(a), flushed: false },
  maximum: { apply: (a, b) => (b > a ? b : a), flushed: false },
  minimum: { apply: (a, b) => (a > b ? b : a), flushed: false },
};

/** Row-major strides, 0 where an axis of one element is repeated along a shape aligned at the right. */
function stridesWithin(own: Shape, shape: Shape): number[] {
  const missing = shape.length - own.length;
  let stride = 1;
  const strides = shape.map(() => 0);
  for (let axis = own.length - 1; axis >= 0; axis--) {
    if (own[axis] === shape[axis + missing]) strides[axis + missing] = stride;
    stride *= own[axis] as number;
  }
  return strides;
}

/** Reads an array by strides over a shape, from a start. */
function strided(values: readonly number[], shape: Shape, strides: readonly number[], start = 0): number[] {
  let at = [start];
  for (const [axis, extent] of shape.entries()) {
    const stride = strides[axis] as number;
    at = at.flatMap((place) => Array.from({ length: extent }, (_, i) => place + i * stride));
  }
  return at.map((place) => values[place] as number);
}

/** The elements of a constant, or of a view of one, in row-major order; `undefined` for anything else. */
function elements(node: Expr): number[] | undefined {
  if (node.dtype === 'i32' || sizeOf(node.shape) > MOST_ELEMENTS) return undefined;
  const { value, start, axis, axes } = node.attributes;
  if (node.operation === constantOperation) {
    const list = typeof value === 'number' ? new Array<number>(sizeOf(node.shape)).fill(value) : value;
    return (list as readonly number[]).map((one) => (node.dtype === 'f32' ? Math.fround(one) : one));
  }
  const source = node.inputs[0];
  const values = node.operation.view && source !== undefined ? elements(source) : undefined;
  if (values === undefined || source === undefined) return undefined;
  const own = stridesWithin(source.shape, source.shape);
  switch (node.operation.name) {
    case 'reshape':
      return values;
    case 'broadcast':
      return strided(values, node.shape, stridesWithin(source.shape, node.shape));
    case 'permute':
      return strided(
        values,
        node.shape,
        (axes as readonly number[]).map((from) => own[from] as number),
      );
    case 'slice':
      return strided(values, node.shape, own, (start as number) * (own[axis as number] as number));
    default:
      return undefined;
  }
}

/** The parts joined along an axis. */
function joined(parts: readonly (readonly number[])[], shapes: readonly Shape[], axis: number): number[] {
  const run = (i: number): number => sizeOf((shapes[i] as Shape).slice(axis));
  const rows = sizeOf((shapes[0] as Shape).slice(0, axis));
  return Array.from({ length: rows }, (_, row) =>
    parts.flatMap((part, i) => part.slice(row * run(i), (row + 1) * run(i))),
  ).flat();
}

function padded(node: Expr, values: readonly number[]): number[] {
  const { axis, start } = node.attributes as { axis: number; start: number };
  const shape = (node.inputs[0] as Expr).shape;
  const zeros = (extent: number): { shape: Shape; values: number[] } => {
    const own = shape.map((length, i) => (i === axis ? extent : length));
    return { shape: own, values: new Array<number>(sizeOf(own)).fill(0) };
  };
  const [before, after] = [
    zeros(start),
    zeros((node.shape[axis] as number) - start - (shape[axis] as number)),
  ];
  return joined([before.values, values, after.values], [before.shape, shape, after.shape], axis);
}

function computed(node: Expr, inputs: readonly (readonly number[])[]): number[] | undefined {
  const [first, second] = inputs as readonly [readonly number[], readonly number[] | undefined];
  if (node.operation.name === 'pad') return padded(node, first);
  if (node.operation.name === 'concat') {
    const shapes = node.inputs.map(({ shape }) => shape);
    return joined(inputs, shapes, node.attributes.axis as number);
  }
  const rule = RULES[node.operation.name];
  if (rule === undefined) return undefined;
  const spread = (values: readonly number[], i: number): number[] =>
    strided(values, node.shape, stridesWithin((node.inputs[i] as Expr).shape, node.shape));
  const [a, b] = [spread(first, 0), second === undefined ? undefined : spread(second, 1)];
  const round = node.dtype === 'f32' ? Math.fround : (x: number) => x;
  return a.map((x, i) => {
    const result = round(rule.apply(x, b?.[i] ?? 0));
    return rule.flushed && Math.abs(result) < SMALLEST_NORMAL[node.dtype] ? 0 : result;
  });
}

/** The constant that a node of constants is; `undefined` where it is none, or not for us to compute. */
export function evaluated(node: Expr): Expr | undefined {
  if (node.examples || node.operation.view || node.inputs.length === 0 || sizeOf(node.shape) > MOST_ELEMENTS)
    return undefined;
  const inputs: number[][] = [];
  for (const input of node.inputs) {
    const values = elements(input);
    if (values === undefined) return undefined;
    inputs.push(values);
  }
  const values = computed(node, inputs);
  if (values === undefined) return undefined;
  const same = values.every((value) => Object.is(value, values[0]));
  return constant(same ? (values[0] as number) : values, node.shape, node.dtype);
}
