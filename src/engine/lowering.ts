/**
 * What an operation needs to write its instructions: where values lie (views of buffers) and a place to emit to.
 * The planner implements it; operations only use it.
 */

import type { Dtype } from './dtype.ts';
import type { Shape } from './shape.ts';

/**
 * Where a buffer lives: `static` once; `worker` once per worker (scratch of one tile); `lane` once per
 * accumulator lane; `tile` one row per example of the run (an output, or the order of the examples).
 */
export type Space = 'static' | 'worker' | 'lane' | 'tile';

export interface Buffer {
  readonly id: number;
  readonly space: Space;
  readonly bytes: number;
  /** For `tile`: bytes from one tile to the next. */
  readonly tileBytes: number;
  /** Assigned when all buffers are placed. */
  address: number;
}

export interface Pointer {
  readonly buffer: Buffer;
  /** Bytes from the start of the buffer. */
  readonly offset: number;
}

/** A number of iterations: `factor`, times the tile's examples when `rows`. */
export interface Count {
  readonly factor: number;
  readonly rows: boolean;
}

export type Word = number | Pointer | Count;

/** How a value lies in memory; strides in elements, 0 where it is broadcast. */
export interface View {
  readonly pointer: Pointer;
  readonly dtype: Dtype;
  readonly shape: Shape;
  readonly strides: readonly number[];
  readonly examples: boolean;
  readonly exampleStride: number;
  /** Present where an example's values are the row of a table that an index names, and lie there. */
  readonly index?: RowIndex;
  /** Present where many elements are 0: those of relu. */
  readonly sparse?: true;
}

/** An example's row lies `exampleStride` · index from the first row. */
export interface RowIndex {
  /** One i32 for each example of the tile. */
  readonly pointer: Pointer;
  /** The first row, whole: a view may be a part of a row. */
  readonly table: Pointer;
}

export interface Instruction {
  readonly opcode: number;
  readonly words: readonly Word[];
}

export interface Lowering {
  /** The view of input `i`; rows named by an index are copied out of their table first. */
  input(i: number): View;
  /** The view of input `i`, which may have an index. */
  reference(i: number): View;
  /** The same values without an index. */
  rowsOf(view: View): View;
  /** Allocates the node's buffer in canonical layout and returns its view. */
  output(): View;
  /** A view for the node's result without padding: its own buffer where that has none, else scratch (see `finish`). */
  denseOutput(): View;
  /** Copies a result from `denseOutput` into the node's buffer where it is not there already. */
  finish(result: View): void;
  /** Declares the node to be a view of an input's buffer. */
  alias(view: View): void;
  /** Scratch memory of this worker, free again after the node. */
  scratch(bytes: number): Pointer;
  /** A view with the same values in canonical layout, copied if need be. */
  canonical(view: View): View;
  /** A canonical copy, broadcast to a shape and, if asked, to the examples. */
  copyOf(view: View, shape: Shape, examples: boolean): View;
  /** The values in row-major order without any padding, copied if need be. */
  dense(view: View): View;
  /** Copies element by element from one view to another of the same shape. */
  copy(source: View, target: View): void;
  /** Writes zeros over a whole canonical view. */
  zero(target: View): void;
  emit(opcode: number, words: readonly Word[]): void;
  /**
   * A buffer filled once before the tiles run, for values that do not depend on examples; the same key gives the
   * same buffer.
   */
  hoist(key: string, source: View, bytes: number, fill: (target: Pointer) => Instruction[]): Pointer;
}

/** Elements from one row to the next: rows longer than 8 are padded to a multiple of 8, so that vectors never straddle. */
export function pitch(extent: number): number {
  return extent <= 8 ? extent : (extent + 7) & ~7;
}

/** Canonical strides of a shape: row-major with the last axis padded to its pitch. */
export function canonicalStrides(shape: Shape): number[] {
  const strides = new Array<number>(shape.length).fill(1);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    const extent = shape[axis] as number;
    stride *= axis === shape.length - 1 ? pitch(extent) : extent;
  }
  return strides;
}

/** Elements a value occupies in canonical layout, padding included. */
export function canonicalSize(shape: Shape): number {
  return shape.reduce((size, extent, axis) => size * (axis === shape.length - 1 ? pitch(extent) : extent), 1);
}

export function isCanonical(view: View): boolean {
  const strides = canonicalStrides(view.shape);
  const strided = view.shape.every((extent, axis) => extent === 1 || view.strides[axis] === strides[axis]);
  return strided && (!view.examples || view.exampleStride === canonicalSize(view.shape));
}

export const once: Count = { factor: 1, rows: false };

export function count(factor: number): Count {
  return { factor, rows: false };
}

export function rows(factor = 1): Count {
  return { factor, rows: true };
}

/** Where the element `elements` further on lies. */
export function advance(pointer: Pointer, bytes: number): Pointer {
  return bytes === 0 ? pointer : { buffer: pointer.buffer, offset: pointer.offset + bytes };
}
