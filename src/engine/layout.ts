/** Moves values between dense row-major arrays of the host and the padded rows of the kernels' memory. */

import { BYTES, type Dtype } from './dtype.ts';
import { refuse } from './errors.ts';
import { canonicalSize, type View } from './lowering.ts';
import { formatShape, type Shape, sizeOf } from './shape.ts';

/** Dense values in row-major order; the array type goes with the dtype f32, f64 or i32. */
export type Values = Float32Array | Float64Array | Int32Array;

/** A typed array over memory; valid until memory grows. */
export function over(memory: ArrayBufferLike, dtype: Dtype, address: number, length: number): Values {
  if (dtype === 'f32') return new Float32Array(memory, address, length);
  if (dtype === 'f64') return new Float64Array(memory, address, length);
  return new Int32Array(memory, address, length);
}

export function allocateValues(dtype: Dtype, length: number): Values {
  if (dtype === 'f32') return new Float32Array(length);
  return dtype === 'f64' ? new Float64Array(length) : new Int32Array(length);
}

/** Walks the rows of a canonical value: `row` gets the offsets in the padded and in the dense layout, in elements. */
function eachRow(shape: Shape, row: (padded: number, dense: number, length: number) => void): void {
  const length = shape[shape.length - 1] ?? 1;
  const pitch = canonicalSize(shape.length === 0 ? [] : [length]);
  const rows = sizeOf(shape) / length;
  for (let i = 0; i < rows; i++) row(i * pitch, i * length, length);
}

/** Writes dense values (as many as the shape has) into memory, zeros into the padding. */
export function writeValues(
  memory: ArrayBufferLike,
  address: number,
  dtype: Dtype,
  shape: Shape,
  values: ArrayLike<number>,
): void {
  if (values.length !== sizeOf(shape)) {
    refuse('write', `shape ${formatShape(shape)} needs ${sizeOf(shape)} numbers, got ${values.length}`);
  }
  const target = over(memory, dtype, address, canonicalSize(shape));
  if (target.length === values.length) {
    target.set(values);
    return;
  }
  target.fill(0);
  eachRow(shape, (padded, dense, length) => {
    for (let i = 0; i < length; i++) target[padded + i] = values[dense + i] as number;
  });
}

/**
 * Reads a view into a new dense array in row-major order.
 * @param examples number of rows to read of a view with the example axis
 */
export function readView(memory: ArrayBufferLike, view: View, examples = 1): Values {
  const axes = joined([
    ...(view.examples ? [{ extent: examples, stride: view.exampleStride }] : []),
    ...view.shape.map((extent, axis) => ({ extent, stride: view.strides[axis] as number })),
  ]);
  const result = allocateValues(
    view.dtype,
    axes.reduce((size, axis) => size * axis.extent, 1),
  );
  if (result.length === 0) return result;
  const start = view.pointer.buffer.address + view.pointer.offset;
  const reach = axes.reduce((total, axis) => total + (axis.extent - 1) * axis.stride, 1);
  const source = over(memory, view.dtype, start, reach);
  let at = 0;
  const walk = (depth: number, offset: number): void => {
    const axis = axes[depth];
    if (axis === undefined) {
      result[at++] = source[offset] as number;
    } else if (depth < axes.length - 1) {
      for (let i = 0; i < axis.extent; i++) walk(depth + 1, offset + i * axis.stride);
    } else if (axis.stride === 1) {
      result.set(source.subarray(offset, offset + axis.extent), at);
      at += axis.extent;
    } else {
      for (let i = 0; i < axis.extent; i++) result[at++] = source[offset + i * axis.stride] as number;
    }
  };
  walk(0, 0);
  return result;
}

interface Extent {
  readonly extent: number;
  readonly stride: number;
}

/** The same elements in the same order over fewer axes: those that follow one another without a gap are one. */
function joined(axes: readonly Extent[]): Extent[] {
  const made: Extent[] = [];
  for (const axis of axes) {
    const outer = made.at(-1);
    if (outer !== undefined && outer.stride === axis.extent * axis.stride)
      made[made.length - 1] = { extent: outer.extent * axis.extent, stride: axis.stride };
    else made.push(axis);
  }
  return made;
}

/** Bytes of a value in memory. */
export function bytesOf(dtype: Dtype, shape: Shape): number {
  return canonicalSize(shape) * BYTES[dtype];
}
