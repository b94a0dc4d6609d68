/**
 * Lowering of sums of products: each product's axes are sorted (axes.ts), a form is chosen for it (weighted rows, a small
 * product taken where its operands lie, or tiles of a matrix product in loops), and several products that are added up go
 * into one result.
 */

import { BYTES, DTYPE_CODE, type Dtype } from '../dtype.ts';
import { bug } from '../errors.ts';
import { advance, canonicalSize, isCanonical, type Lowering, type Pointer, type View } from '../lowering.ts';
import { OPCODE } from '../opcodes.ts';
import {
  type Axis,
  chooseInnermost,
  chooseRows,
  type Kinds,
  kindsOf,
  largest,
  type Product,
  swapAxis,
  swapOperands,
} from './axes.ts';
import { emitDirect, KIND, sumsAlongRows } from './direct.ts';
import { emitSparse, skipsZeros, turnedBytes } from './sparse.ts';
import { asWeightedRows, emitWeighted, type WeightedRows } from './weighted.ts';

export { TILE_EXAMPLES } from './axes.ts';

/** Bytes of a column panel of the packed operand: two vectors of 128 bits. */
export const PANEL_BYTES = 32;
/** Fewer columns than this are summed one by one unless the operand is packed before the tiles run. */
const FEWEST_VECTOR_COLUMNS = 8;
/** With fewer rows than this, packing both operands costs more than it saves. */
const FEWEST_PACKED_ROWS = 16;
/** Fewer columns than this are read again for every row: then the other operand gives the columns. */
const FEWEST_SHARED_COLUMNS = 3;

/** A product with its operands in the places in which the kernels take them, and its axes. */
interface Oriented extends Product {
  readonly kinds: Kinds;
}

/** Columns must lie densely in the result, and the examples belong to the rows. */
function orient(product: Product): Oriented {
  const kinds = kindsOf(product);
  const size = BYTES[product.c.dtype];
  const rowAxis = kinds.m[kinds.m.length - 1];
  const columnAxis = kinds.n[kinds.n.length - 1];
  const swapped =
    (rowAxis?.c === size && !rowAxis.count.rows && columnAxis?.c !== size) || columnAxis?.count.rows;
  return swapped ? turned({ ...product, kinds }) : { ...product, kinds };
}

function turned(product: Oriented): Oriented {
  return { ...product, a: product.b, b: product.a, kinds: swapOperands(product.kinds) };
}

/** True when a partial last panel may be stored whole: it ends with the row, or in its padding. */
function storesWhole({ c, kinds }: Oriented, columns: number): boolean {
  const size = BYTES[c.dtype];
  const rounded = Math.ceil((columns * size) / PANEL_BYTES) * PANEL_BYTES;
  if (rounded === columns * size) return true;
  const padded = kinds.n.length === 1 && canonicalSize([columns]) * size >= rounded;
  return padded && isCanonical(c) && c.shape[c.shape.length - 1] === columns;
}

function packedBytes(n: number, k: number, dtype: Dtype): number {
  const columns = PANEL_BYTES / BYTES[dtype];
  return Math.ceil(n / columns) * PANEL_BYTES * k;
}

/**
 * Writes the sum of products, and of `start`, to `target`. Products that weigh rows follow one another in one pass.
 * @param start of the target's shape
 */
export function lowerProducts(
  products: readonly Product[],
  start: View | undefined,
  target: View,
  lowering: Lowering,
): void {
  let begun = start;
  let together: WeightedRows[] = [];
  const finishTogether = (): void => {
    if (together.length === 0) return;
    emitWeighted(together, begun, target, lowering);
    begun = target;
    together = [];
  };
  for (const given of products) {
    const oriented = orient(given);
    const columns = largest(chooseInnermost(oriented.kinds.n).axis.count);
    const weighted = storesWhole(oriented, columns) ? asWeightedRows(oriented, oriented.kinds) : undefined;
    if (weighted !== undefined) {
      together.push(weighted);
      continue;
    }
    finishTogether();
    if (begun !== undefined && begun !== target) lowering.copy(begun, target);
    lowerProduct({ ...given, accumulate: given.accumulate || begun !== undefined }, lowering);
    begun = target;
  }
  finishTogether();
}

/** What a kernel runs over: rows, columns and summed index of the innermost product, and the loops around it. */
interface Nest {
  readonly a: View;
  readonly b: View;
  readonly m: Axis;
  readonly n: Axis;
  readonly k: Axis;
  readonly loops: readonly Axis[];
}

function nestOf({ a, b, kinds }: Oriented): Nest {
  const m = chooseRows(kinds.m);
  const n = chooseInnermost(kinds.n);
  const k = chooseInnermost(kinds.k);
  const loops = [...k.loops, ...kinds.batch, ...m.loops, ...n.loops];
  return { a, b, m: m.axis, n: n.axis, k: k.axis, loops };
}

function turnedNest({ a, b, m, n, k, loops }: Nest): Nest {
  return { a: b, b: a, m: swapAxis(n), n: swapAxis(m), k: swapAxis(k), loops: loops.map(swapAxis) };
}

function lowerProduct(given: Product, lowering: Lowering): void {
  const product = orient(given);
  const { b, c, kinds, overExamples } = product;
  const size = BYTES[c.dtype];
  const nest = nestOf(product);
  const { m, n, k } = nest;
  const dense = (n.c ?? 0) === size;
  const columns = largest(n.count);
  const packable =
    dense && !b.examples && b.pointer.buffer.space !== 'worker' && !n.count.rows && m.count.rows;
  const vector = dense && (columns >= FEWEST_VECTOR_COLUMNS || packable);
  const whole = storesWhole(product, columns);
  const outer = vector && kinds.k.length === 0 && n.b === size && whole;
  if (vector && !outer && (given.a.index ?? given.b.index) !== undefined) {
    // Tiles of a product read rows that lie side by side.
    lowerProduct({ ...given, a: lowering.rowsOf(given.a), b: lowering.rowsOf(given.b) }, lowering);
    return;
  }
  const summedByLoops = kinds.k.length > 1;
  if (summedByLoops && !product.accumulate && !overExamples) lowering.zero(c);
  const accumulate = product.accumulate || overExamples || summedByLoops;
  if (vector && !outer && c.index === undefined) {
    emitTiles(product, nest, { accumulate, packable: packable === true, whole }, lowering);
    return;
  }
  const rowSums = !outer && sumsAlongRows(k, c.dtype);
  // A sum along rows does not ask how the result lies.
  const turn = rowSums && largest(n.count) < FEWEST_SHARED_COLUMNS && largest(m.count) > largest(n.count);
  emitDirect(
    {
      ...(turn ? turnedNest(nest) : nest),
      c,
      kind: outer ? KIND.outer : rowSums ? KIND.dots : KIND.strided,
      accumulate,
    },
    lowering,
  );
}

/** Tiles of a matrix product in loops (kernels/contract.ts). */
function emitTiles(
  { c }: Oriented,
  { a, b, m, n, k, loops }: Nest,
  { accumulate, packable, whole }: { accumulate: boolean; packable: boolean; whole: boolean },
  lowering: Lowering,
): void {
  const size = BYTES[c.dtype];
  const columns = largest(n.count);
  // Rows and columns of a sum over examples both stride through the tile: pack both, so that the first cache holds them.
  const overTile = k.count.rows && m.a === size && largest(m.count) >= FEWEST_PACKED_ROWS;
  // 0: the operand's rows are dense and used where they lie; 1: packed before the tiles; 2: packed on the way;
  // 3: packed on the way, and the other operand too.
  // The kernel walks down b and counts by it, so that b must step where it is used in place.
  const inPlace = n.b === size && (k.b ?? 0) !== 0;
  const mode = packable ? 1 : overTile ? 3 : inPlace ? 0 : 2;
  if (mode % 2 === 1 && whole && loops.length === 0 && skipsZeros(a, m, n, k, c.dtype)) {
    const panels =
      mode === 1
        ? packBefore(c.dtype, lowering, b, n, k, loops).pointer
        : lowering.scratch(packedBytes(columns, largest(k.count), c.dtype) + turnedBytes(c.dtype));
    emitSparse({ a, b, c, m, n, k, accumulate, panels }, lowering);
    return;
  }
  const packed = mode === 1 ? packBefore(c.dtype, lowering, b, n, k, loops) : { pointer: b.pointer, loops };
  const panelBytes = packedBytes(columns, largest(k.count), c.dtype);
  const blockBytes = mode === 3 ? Math.ceil(largest(m.count) / 4) * 4 * largest(k.count) * size : 0;
  const scratch = mode >= 2 ? lowering.scratch(panelBytes + blockBytes) : packed.pointer;
  lowering.emit(OPCODE.contract, [
    DTYPE_CODE[c.dtype],
    1,
    accumulate ? 1 : 0,
    mode,
    whole ? 1 : 0,
    m.count,
    n.count,
    k.count,
    a.pointer,
    m.a ?? 0,
    k.a ?? 0,
    packed.pointer,
    k.b ?? 0,
    n.b ?? 0,
    c.pointer,
    m.c ?? 0,
    n.c ?? 0,
    scratch,
    packed.loops.length,
    ...packed.loops.flatMap((axis) => [axis.count, axis.a ?? 0, axis.b ?? 0, axis.c ?? 0]),
  ]);
}

/** Packs an operand that is the same for all tiles into column panels, once; returns where, and the loops over it. */
function packBefore(
  dtype: Dtype,
  lowering: Lowering,
  b: View,
  n: Axis,
  k: Axis,
  loops: readonly Axis[],
): { pointer: Pointer; loops: Axis[] } {
  const bytes = packedBytes(n.count.factor, k.count.factor, dtype);
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
          DTYPE_CODE[dtype],
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
