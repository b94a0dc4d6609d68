// Matrices in groups of columns 64 bytes wide, [group][row][column], so that a group of a short table stays in the first cache:
// sums of its rows, blocks turned over, and products that are scattered into its rows.

import { flush, flushBy, magnitudeBits, smallestNormals } from './bits';
import { pointer, word } from './context';
import { GROUP } from './panels-wide';
import { multiply } from './tiles';
import { groupWidth, turnBlock } from './triangles';

/** Rows of a product that are made before they are scattered. */
const CHUNK = 32;

@inline
function rowAt(index: usize, table: usize): usize {
  return table + <usize>load<i32>(index) * GROUP;
}

@inline
function finished<T>(x: v128, rectify: bool, bits: v128, smallest: v128): v128 {
  const y = flushBy<T>(x, bits, smallest);
  return rectify ? v128.pmax<T>(y, v128.splat<T>(<T>0)) : y;
}

/** One group: target[i] = the sum of the rows that index i names, in their order; zeros for rows up to `padded`. */
@inline
function sumGroup<T>(table: usize, index: usize, terms: i32, n: i32, padded: i32, to: usize, rectify: bool): void {
  const bits = magnitudeBits<T>(), smallest = smallestNormals<T>();
  for (let i = 0; i < n; i++) {
    let from = rowAt(index, table);
    let r0 = v128.load(from), r1 = v128.load(from, 16), r2 = v128.load(from, 32), r3 = v128.load(from, 48);
    for (let t = 1; t < terms; t++) {
      from = rowAt(index + (<usize>t << 2), table);
      r0 = v128.add<T>(r0, v128.load(from));
      r1 = v128.add<T>(r1, v128.load(from, 16));
      r2 = v128.add<T>(r2, v128.load(from, 32));
      r3 = v128.add<T>(r3, v128.load(from, 48));
    }
    v128.store(to, finished<T>(r0, rectify, bits, smallest));
    v128.store(to, finished<T>(r1, rectify, bits, smallest), 16);
    v128.store(to, finished<T>(r2, rectify, bits, smallest), 32);
    v128.store(to, finished<T>(r3, rectify, bits, smallest), 48);
    index += <usize>terms << 2;
    to += GROUP;
  }
  memory.fill(to, 0, <usize>(padded - n) * GROUP);
}

function sums<T>(rectify: bool, table: usize, rows: i32, index: usize, terms: i32, target: usize, n: i32, padded: i32, first: i32, count: i32): void {
  for (let g = first; g < first + count; g++) {
    const from = table + <usize>(g * rows) * GROUP, to = target + <usize>(g * padded) * GROUP;
    if (rectify) sumGroup<T>(from, index, terms, n, padded, to, true);
    else sumGroup<T>(from, index, terms, n, padded, to, false);
  }
}

/** dtype, whether negative sums become 0, table in groups, its rows, indices [n, terms], terms, target, n, rows of the target, first group, count. */
export function sumRows(at: usize): void {
  const table = pointer(at, 2), index = pointer(at, 6), target = pointer(at, 10);
  const rectify = word(at, 1) != 0;
  const rows = word(at, 5), terms = word(at, 9), n = word(at, 13), padded = word(at, 14), first = word(at, 15), count = word(at, 16);
  if (word(at, 0) == 0) sums<f32>(rectify, table, rows, index, terms, target, n, padded, first, count);
  else sums<f64>(rectify, table, rows, index, terms, target, n, padded, first, count);
}

/** Blocks: [group of columns][row][column] → [group of rows][column][row]. */
function turnOver<T>(source: usize, groups: i32, rows: i32, target: usize, first: i32, count: i32): void {
  const width = groupWidth<T>();
  const block = <usize>width * GROUP;
  const stride = <usize>rows * GROUP;
  let to = target + <usize>(first * groups) * block;
  for (let r = first; r < first + count; r++) {
    let from = source + <usize>r * block;
    for (let g = 0; g < groups; g++) {
      turnBlock<T>(from, to);
      from += stride;
      to += block;
    }
  }
}

/** dtype, source, its groups of columns, its rows (whole groups), target, first group of rows, count. */
export function turnGroups(at: usize): void {
  const source = pointer(at, 1), target = pointer(at, 6);
  if (word(at, 0) == 0) turnOver<f32>(source, word(at, 4), word(at, 5), target, word(at, 9), word(at, 10));
  else turnOver<f64>(source, word(at, 4), word(at, 5), target, word(at, 9), word(at, 10));
}

/** x where the gate is positive, else 0; or x times the gate. */
@inline
function gated<T>(x: v128, gate: v128, scale: bool): v128 {
  return scale ? v128.mul<T>(x, gate) : v128.and(x, v128.gt<T>(gate, v128.splat<T>(<T>0)));
}

@inline
function scatterChunk<T>(from: usize, gate: usize, scale: bool, index: usize, terms: i32, table: usize, rows: i32): void {
  for (let i = 0; i < rows; i++) {
    const r0 = gated<T>(v128.load(from), v128.load(gate), scale);
    const r1 = gated<T>(v128.load(from, 16), v128.load(gate, 16), scale);
    const r2 = gated<T>(v128.load(from, 32), v128.load(gate, 32), scale);
    const r3 = gated<T>(v128.load(from, 48), v128.load(gate, 48), scale);
    for (let t = 0; t < terms; t++) {
      const to = rowAt(index, table);
      const s0 = v128.add<T>(v128.load(to), r0), s1 = v128.add<T>(v128.load(to, 16), r1);
      const s2 = v128.add<T>(v128.load(to, 32), r2), s3 = v128.add<T>(v128.load(to, 48), r3);
      v128.store(to, s0);
      v128.store(to, s1, 16);
      v128.store(to, s2, 32);
      v128.store(to, s3, 48);
      index += 4;
    }
    from += GROUP;
    gate += GROUP;
  }
}

function scattered<T>(
  scale: bool, gate: usize, padded: i32, a: usize, pitch: usize, k: i32, b: usize, index: usize, terms: i32, n: i32, target: usize, rows: i32, chunk: usize, first: i32, count: i32,
): void {
  for (let g = first; g < first + count; g++) {
    const table = target + <usize>(g * rows) * GROUP;
    const bytes = <usize>rows * GROUP;
    const columns = b + <usize>(g * k) * GROUP, gates = gate + <usize>(g * padded) * GROUP;
    memory.fill(table, 0, bytes);
    for (let i = 0; i < n; i += CHUNK) {
      const m = min(CHUNK, n - i);
      multiply<T>(m, groupWidth<T>(), k, a + <usize>i * pitch, pitch, sizeof<T>(), pitch << 2, columns, GROUP, chunk, GROUP, false, true);
      const from = gates + <usize>i * GROUP, to = index + (<usize>(i * terms) << 2);
      if (scale) scatterChunk<T>(chunk, from, true, to, terms, table, m);
      else scatterChunk<T>(chunk, from, false, to, terms, table, m);
    }
    for (let at = table; at != table + bytes; at += 16) v128.store(at, flush<T>(v128.load(at)));
  }
}

/**
 * target[index[i, t]] += (Σₖ a[i, k]·b[k]) gated: dtype, whether the gate scales (else its sign tells), gate in groups, its
 * rows, a, bytes of its rows, k, b in groups, indices, terms, n, target, its rows, scratch, first group, count.
 */
export function scatterProducts(at: usize): void {
  const scale = word(at, 1) != 0;
  const gate = pointer(at, 2), a = pointer(at, 6), b = pointer(at, 11), index = pointer(at, 14), target = pointer(at, 19), chunk = pointer(at, 23);
  const padded = word(at, 5), k = word(at, 10), terms = word(at, 17), n = word(at, 18), rows = word(at, 22), first = word(at, 26), count = word(at, 27);
  const pitch = <usize>word(at, 9);
  if (word(at, 0) == 0) scattered<f32>(scale, gate, padded, a, pitch, k, b, index, terms, n, target, rows, chunk, first, count);
  else scattered<f64>(scale, gate, padded, a, pitch, k, b, index, terms, n, target, rows, chunk, first, count);
}
