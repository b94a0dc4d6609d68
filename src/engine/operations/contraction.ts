/**
 * Lowering of a sum of products to matrix products: labels are sorted into batch (in a, b and the result), rows (a and
 * the result), columns (b and the result) and summed (a and b) axes; axes that lie one within the other are merged, and
 * what remains beyond one axis a kind becomes loops. Each element is summed in ascending order of the summed index.
 */

import { BYTES, DTYPE_CODE, type Dtype } from '../dtype.ts';
import { bug } from '../errors.ts';
import type { Expr } from '../expression.ts';
import {
  advance,
  type Count,
  canonicalSize,
  count,
  type Lowering,
  once,
  type Pointer,
  rows,
  type View,
} from '../lowering.ts';
import { OPCODE } from '../opcodes.ts';

/** Bytes of a column panel of the packed operand: two vectors of 128 bits. */
export const PANEL_BYTES = 32;
/** Most examples a tile can hold; scratch is sized for it. */
export const TILE_EXAMPLES = 64;
/** Fewer columns than this are summed one by one unless the operand is packed before the tiles run. */
const FEWEST_VECTOR_COLUMNS = 8;

/** With fewer rows than this, packing both operands costs more than it saves. */
const FEWEST_PACKED_ROWS = 16;

/** One axis of the iteration: how often, and the byte strides in a, b and the result (undefined where absent). */
interface Axis {
  readonly count: Count;
  readonly a: number | undefined;
  readonly b: number | undefined;
  readonly c: number | undefined;
}

const SINGLE: Axis = { count: once, a: 0, b: 0, c: 0 };

/** BLAS-like names for the four kinds of axes. */
interface Kinds {
  readonly batch: Axis[];
  readonly m: Axis[];
  readonly n: Axis[];
  readonly k: Axis[];
}

function byteStride(view: View, labels: string, label: string): number | undefined {
  const axis = labels.indexOf(label);
  return axis < 0 ? undefined : (view.strides[axis] as number) * BYTES[view.dtype];
}

function exampleByteStride(view: View): number | undefined {
  return view.examples ? view.exampleStride * BYTES[view.dtype] : undefined;
}

function kindsOf(spec: string, a: View, b: View, c: View, overExamples: boolean): Kinds {
  const [operands, out] = spec.split('->') as [string, string];
  const [la, lb] = operands.split(',') as [string, string];
  const axes: Axis[] = [];
  if (a.examples || b.examples) {
    axes.push({
      count: rows(),
      a: exampleByteStride(a),
      b: exampleByteStride(b),
      c: overExamples ? undefined : exampleByteStride(c),
    });
  }
  const inOrder = [...new Set(out + la + lb)];
  for (const label of inOrder) {
    const owner = la.includes(label) ? a : b;
    const extent = owner.shape[(la.includes(label) ? la : lb).indexOf(label)] as number;
    axes.push({
      count: count(extent),
      a: byteStride(a, la, label),
      b: byteStride(b, lb, label),
      c: byteStride(c, out, label),
    });
  }
  const kinds: Kinds = { batch: [], m: [], n: [], k: [] };
  for (const axis of axes) {
    if (axis.count.factor === 1 && !axis.count.rows) continue;
    if (axis.c === undefined) kinds.k.push(axis);
    else if (axis.a === undefined) kinds.n.push(axis);
    else if (axis.b === undefined) kinds.m.push(axis);
    else kinds.batch.push(axis);
  }
  return { batch: merge(kinds.batch), m: merge(kinds.m), n: merge(kinds.n), k: merge(kinds.k) };
}

/** Merges neighbours of which the outer one steps exactly over the whole inner one, in every operand. */
function merge(axes: readonly Axis[]): Axis[] {
  const merged: Axis[] = [];
  for (const axis of axes) {
    const outer = merged[merged.length - 1];
    const within = (o: number | undefined, i: number | undefined): boolean =>
      o === undefined ? i === undefined : i !== undefined && o === i * axis.count.factor;
    if (
      outer !== undefined &&
      !axis.count.rows &&
      within(outer.a, axis.a) &&
      within(outer.b, axis.b) &&
      within(outer.c, axis.c)
    ) {
      const factor = outer.count.factor * axis.count.factor;
      merged[merged.length - 1] = { ...axis, count: { factor, rows: outer.count.rows } };
    } else {
      merged.push(axis);
    }
  }
  return merged;
}

function swapOperands(kinds: Kinds): Kinds {
  const swap = (axes: Axis[]): Axis[] => axes.map((axis) => ({ ...axis, a: axis.b, b: axis.a }));
  return { batch: swap(kinds.batch), m: swap(kinds.n), n: swap(kinds.m), k: swap(kinds.k) };
}

/** Takes the axis that the kernel itself runs over (the innermost, or the examples for rows); the others become loops. */
function chooseRows(axes: Axis[]): { axis: Axis; loops: Axis[] } {
  const chosen = axes.find((axis) => axis.count.rows) ?? axes[axes.length - 1];
  return { axis: chosen ?? SINGLE, loops: axes.filter((axis) => axis !== chosen) };
}

function chooseInnermost(axes: Axis[]): { axis: Axis; loops: Axis[] } {
  return { axis: axes[axes.length - 1] ?? SINGLE, loops: axes.slice(0, -1) };
}

function largest(counted: Count): number {
  return counted.factor * (counted.rows ? TILE_EXAMPLES : 1);
}

function packedBytes(n: number, k: number, dtype: Dtype): number {
  const columns = PANEL_BYTES / BYTES[dtype];
  return Math.ceil(n / columns) * PANEL_BYTES * k;
}

/** Writes the instruction(s) of `einsum` or, summing over examples, `einsumOverExamples`. */
export function lowerContraction(node: Expr, lowering: Lowering, overExamples: boolean): void {
  const spec = node.attributes.spec as string;
  const target = lowering.output();
  let [a, b] = [lowering.input(0), lowering.input(1)];
  let kinds = kindsOf(spec, a, b, target, overExamples);
  const size = BYTES[node.dtype];
  // Columns must lie densely in the result, and the examples belong to the rows.
  const rowAxis = kinds.m[kinds.m.length - 1];
  const columnAxis = kinds.n[kinds.n.length - 1];
  if (rowAxis?.c === size && !rowAxis.count.rows && columnAxis?.c !== size) {
    kinds = swapOperands(kinds);
    [a, b] = [b, a];
  } else if (columnAxis?.count.rows) {
    kinds = swapOperands(kinds);
    [a, b] = [b, a];
  }
  const m = chooseRows(kinds.m);
  const n = chooseInnermost(kinds.n);
  const k = chooseInnermost(kinds.k);
  const loops = [...k.loops, ...kinds.batch, ...m.loops, ...n.loops];
  const dense = (n.axis.c ?? 0) === size;
  const columns = largest(n.axis.count);
  const packable =
    dense && !b.examples && b.pointer.buffer.space !== 'worker' && !n.axis.count.rows && m.axis.count.rows;
  const vector = dense && (columns >= FEWEST_VECTOR_COLUMNS || packable);
  // Rows and columns of a sum over examples both stride through the tile: pack both, so that the first cache holds them.
  const overTile =
    vector && k.axis.count.rows && m.axis.a === size && largest(m.axis.count) >= FEWEST_PACKED_ROWS;
  // 0: the operand's rows are dense and used where they lie; 1: packed before the tiles; 2: packed on the way;
  // 3: packed on the way, and the other operand too.
  // The kernel walks down b and counts by it, so that b must step where it is used in place.
  const inPlace = n.axis.b === size && (k.axis.b ?? 0) !== 0;
  const mode = !vector ? 0 : packable ? 1 : overTile ? 3 : inPlace ? 0 : 2;
  const packed =
    mode === 1 ? packBefore(node, lowering, b, n.axis, k.axis, loops) : { pointer: b.pointer, loops };
  const panelBytes = packedBytes(columns, largest(k.axis.count), node.dtype);
  const blockBytes = mode === 3 ? Math.ceil(largest(m.axis.count) / 4) * 4 * largest(k.axis.count) * size : 0;
  const scratch = mode >= 2 ? lowering.scratch(panelBytes + blockBytes) : packed.pointer;
  const accumulate = overExamples || k.loops.length > 0;
  if (k.loops.length > 0 && !overExamples) lowering.zero(target);
  // A partial last panel may be stored whole where the result's rows are padded.
  const tail = (columns * size) % PANEL_BYTES !== 0;
  const padded =
    kinds.n.length === 1 &&
    canonicalSize([columns]) * size >= Math.ceil((columns * size) / PANEL_BYTES) * PANEL_BYTES;
  lowering.emit(OPCODE.contract, [
    DTYPE_CODE[node.dtype],
    vector ? 1 : 0,
    accumulate ? 1 : 0,
    mode,
    !tail || (padded && node.shape[node.shape.length - 1] === columns) ? 1 : 0,
    m.axis.count,
    n.axis.count,
    k.axis.count,
    a.pointer,
    m.axis.a ?? 0,
    k.axis.a ?? 0,
    packed.pointer,
    k.axis.b ?? 0,
    n.axis.b ?? 0,
    target.pointer,
    m.axis.c ?? 0,
    n.axis.c ?? 0,
    scratch,
    packed.loops.length,
    ...packed.loops.flatMap((axis) => [axis.count, axis.a ?? 0, axis.b ?? 0, axis.c ?? 0]),
  ]);
}

/** Packs an operand that is the same for all tiles into column panels, once; returns where, and the loops over it. */
function packBefore(
  node: Expr,
  lowering: Lowering,
  b: View,
  n: Axis,
  k: Axis,
  loops: readonly Axis[],
): { pointer: Pointer; loops: Axis[] } {
  const bytes = packedBytes(n.count.factor, k.count.factor, node.dtype);
  const varying = loops.filter((axis) => axis.b !== undefined && axis.b !== 0);
  if (varying.some((axis) => axis.count.rows)) bug('a packed operand cannot vary with the examples');
  const blocks = varying.reduce((total, axis) => total * axis.count.factor, 1);
  const strides = new Map<Axis, number>();
  let stride = bytes;
  for (const axis of [...varying].reverse()) {
    strides.set(axis, stride);
    stride *= axis.count.factor;
  }
  const shape = [
    n.b,
    n.count.factor,
    k.b,
    k.count.factor,
    ...varying.flatMap((axis) => [axis.b, axis.count.factor]),
  ];
  const pointer = lowering.hoist(`pack ${shape.join(' ')}`, b, bytes * blocks, (target) => {
    const instructions = [];
    for (let block = 0; block < blocks; block++) {
      let rest = block;
      let offset = 0;
      for (const axis of [...varying].reverse()) {
        offset += (rest % axis.count.factor) * (axis.b as number);
        rest = Math.floor(rest / axis.count.factor);
      }
      instructions.push({
        opcode: OPCODE.pack,
        words: [
          DTYPE_CODE[node.dtype],
          advance(b.pointer, offset),
          k.b ?? 0,
          n.b ?? 0,
          k.count,
          n.count,
          advance(target, block * bytes),
        ],
      });
    }
    return instructions;
  });
  return { pointer, loops: loops.map((axis) => ({ ...axis, b: strides.get(axis) ?? 0 })) };
}
