/** The columns of a data set in a machine's memory: what example inputs read, checked before any kernel reads it. */

import type { Dtype } from './dtype.ts';
import { refuse } from './errors.ts';
import { bytesOf, type Values, writeValues } from './layout.ts';
import type { View } from './lowering.ts';
import { makeView, SLACK_BYTES } from './plan/emitter.ts';
import type { Leaves } from './plan/leaves.ts';
import { formatShape, type Shape, sameShape, sizeOf } from './shape.ts';

/** Rows of the data set under one name. */
interface Column {
  readonly view: View;
  readonly rows: number;
  /** Room for them, in bytes. */
  readonly bytes: number;
  /** For integers: the least and the largest. */
  readonly range: readonly [number, number];
  /** Rows of the smallest table that a program indexes with it. */
  indexBound: number;
}

/** Where columns get their memory. */
interface Host {
  readonly memory: WebAssembly.Memory;
  allocate(bytes: number): number;
}

export class Columns {
  /** Rows of the columns that were set last. */
  size = 0;
  private readonly host: Host;
  private readonly columns = new Map<string, Column>();

  constructor(host: Host) {
    this.host = host;
  }

  /** Writes columns of `size` rows each; a longer one, or one of another kind, gets new memory. */
  set(
    columns: Readonly<Record<string, Values>>,
    size: number,
    shapes: Readonly<Record<string, Shape>>,
  ): void {
    for (const [name, values] of Object.entries(columns)) this.setOne(name, values, size, shapes[name] ?? []);
    this.size = size;
  }

  private setOne(name: string, values: Values, size: number, shape: Shape): void {
    const dtype: Dtype =
      values instanceof Float32Array ? 'f32' : values instanceof Float64Array ? 'f64' : 'i32';
    if (values.length !== size * sizeOf(shape)) {
      refuse(`column ${name}`, `needs ${size} rows of ${formatShape(shape)}, got ${values.length} numbers`);
    }
    const known = this.columns.get(name);
    const range = rangeOf(values);
    const indexBound = known?.indexBound ?? Number.POSITIVE_INFINITY;
    checkIndices(name, range, indexBound);
    const view = makeView(shape, dtype, false, 'static');
    const bytes = size * bytesOf(dtype, shape) + SLACK_BYTES;
    const fits = known !== undefined && known.bytes >= bytes && sameKind(known.view, view);
    view.pointer.buffer.address = fits ? known.view.pointer.buffer.address : this.host.allocate(bytes);
    this.write(view, values, size);
    this.columns.set(name, { view, rows: size, bytes: fits ? known.bytes : bytes, range, indexBound });
  }

  private write({ pointer, dtype, shape }: View, values: Values, size: number): void {
    const { buffer } = this.host.memory;
    const { address } = pointer.buffer;
    // Single numbers lie one after the other, rows each in their own padding.
    if (shape.length === 0) {
      writeValues(buffer, address, dtype, [1, size], values);
      return;
    }
    const [elements, rowBytes] = [sizeOf(shape), bytesOf(dtype, shape)];
    for (let row = 0; row < size; row++) {
      const dense = values.subarray(row * elements, (row + 1) * elements);
      writeValues(buffer, address + row * rowBytes, dtype, shape, dense);
    }
  }

  /**
   * Gives the example inputs of a plan their columns' addresses.
   * @returns the number of examples that all of them have, which refuses when one lies elsewhere by then
   */
  bind(leaves: Leaves): () => number {
    const bound: { name: string; address: number }[] = [];
    for (const [name, { node, view }] of leaves.columns) {
      const column = this.columns.get(name);
      if (column === undefined) {
        const names = [...this.columns.keys()].join(', ') || 'none';
        refuse(`input ${name}`, `the data set has no column of this name; it has ${names}`);
      }
      const given = column.view;
      if (!sameKind(given, view)) {
        refuse(
          `input ${name}`,
          `needs ${node.dtype} ${formatShape(node.shape)}, the column has ${given.dtype} ${formatShape(given.shape)}`,
        );
      }
      const { address } = given.pointer.buffer;
      view.pointer.buffer.address = address;
      bound.push({ name, address });
      const indexBound = leaves.indexBounds.get(name) ?? Number.POSITIVE_INFINITY;
      checkIndices(name, column.range, indexBound);
      column.indexBound = Math.min(column.indexBound, indexBound);
    }
    return () => this.sizeOf(bound);
  }

  private sizeOf(bound: readonly { name: string; address: number }[]): number {
    // Columns may be of several sets: a program runs over the rows that all of its own have.
    let size = bound.length === 0 ? this.size : Number.POSITIVE_INFINITY;
    for (const { name, address } of bound) {
      const { view, rows } = this.columns.get(name) as Column;
      if (view.pointer.buffer.address !== address) {
        refuse(
          'run',
          `column ${name} was replaced by one of another kind or size; compile the program again`,
        );
      }
      size = Math.min(size, rows);
    }
    return size;
  }
}

/** True for values of one dtype and shape. */
export function sameKind(a: Pick<View, 'dtype' | 'shape'>, b: Pick<View, 'dtype' | 'shape'>): boolean {
  return a.dtype === b.dtype && sameShape(a.shape, b.shape);
}

function rangeOf(values: Values): readonly [number, number] {
  let least = 0;
  let largest = 0;
  if (values instanceof Int32Array) {
    for (const value of values) {
      if (value < least) least = value;
      if (value > largest) largest = value;
    }
  }
  return [least, largest];
}

/** Kernels do not look whether an index exists; this does, once for all rows. */
function checkIndices(name: string, [least, largest]: readonly [number, number], bound: number): void {
  if (bound === Number.POSITIVE_INFINITY || (least >= 0 && largest < bound)) return;
  const outside = least < 0 ? least : largest;
  refuse(
    `column ${name}`,
    `is used as an index from 0 to ${bound - 1} and holds ${outside}; check the data set`,
  );
}
