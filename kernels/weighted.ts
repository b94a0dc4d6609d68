// Weighted sums of rows, one per example: result = start + Σ over terms Σₖ x[k]·row[k], one chain of fused multiply-adds for
// each element. A term's rows may be those of a table that an index names; they are read where they lie.

import { flushBy, magnitudeBits, smallestNormals } from './bits';
import { pointer, times, word } from './context';
import { madd } from './madd';

const HEADER = 14; // dtype, count, bytes of a row, whether there is a start, start, its stride, result, its stride, terms
const TERM = 15; // weights, their strides by example and k, rows, their strides, k, whether indexed, index

/** Four rows added to what is at `from` (0: nothing) for each vector of the result. */
@inline
function fourRows<T>(x: usize, xk: usize, b: usize, bk: usize, from: usize, to: usize, bytes: usize, last: bool, begun: bool): void {
  const x0 = v128.load_splat<T>(x), x1 = v128.load_splat<T>(x + xk), x2 = v128.load_splat<T>(x + 2 * xk), x3 = v128.load_splat<T>(x + 3 * xk);
  let b0 = b, b1 = b + bk, b2 = b1 + bk, b3 = b2 + bk;
  const zero = v128.splat<T>(<T>0);
  const bits = magnitudeBits<T>(), smallest = smallestNormals<T>();
  const end = to + bytes;
  while (to != end) {
    let u = begun ? v128.load(from) : zero, v = begun ? v128.load(from, 16) : zero;
    u = madd<T>(x0, v128.load(b0), u);
    v = madd<T>(x0, v128.load(b0, 16), v);
    u = madd<T>(x1, v128.load(b1), u);
    v = madd<T>(x1, v128.load(b1, 16), v);
    u = madd<T>(x2, v128.load(b2), u);
    v = madd<T>(x2, v128.load(b2, 16), v);
    u = madd<T>(x3, v128.load(b3), u);
    v = madd<T>(x3, v128.load(b3, 16), v);
    v128.store(to, last ? flushBy<T>(u, bits, smallest) : u);
    v128.store(to, last ? flushBy<T>(v, bits, smallest) : v, 16);
    b0 += 32;
    b1 += 32;
    b2 += 32;
    b3 += 32;
    from += 32;
    to += 32;
  }
}

@inline
function oneRow<T>(x: usize, b: usize, from: usize, to: usize, bytes: usize, last: bool, begun: bool): void {
  const x0 = v128.load_splat<T>(x);
  const zero = v128.splat<T>(<T>0);
  const bits = magnitudeBits<T>(), smallest = smallestNormals<T>();
  for (let i: usize = 0; i < bytes; i += 32) {
    const u = madd<T>(x0, v128.load(b + i), begun ? v128.load(from + i) : zero);
    const v = madd<T>(x0, v128.load(b + i, 16), begun ? v128.load(from + i, 16) : zero);
    v128.store(to + i, last ? flushBy<T>(u, bits, smallest) : u);
    v128.store(to + i, last ? flushBy<T>(v, bits, smallest) : v, 16);
  }
}

// What is known when compiled keeps the loops short: whether sums begin at 0, and whether they end here.
function four<T>(x: usize, xk: usize, b: usize, bk: usize, from: usize, to: usize, bytes: usize, last: bool): void {
  if (from == 0) {
    if (last) fourRows<T>(x, xk, b, bk, from, to, bytes, true, false);
    else fourRows<T>(x, xk, b, bk, from, to, bytes, false, false);
  } else if (last) fourRows<T>(x, xk, b, bk, from, to, bytes, true, true);
  else fourRows<T>(x, xk, b, bk, from, to, bytes, false, true);
}

function one<T>(x: usize, b: usize, from: usize, to: usize, bytes: usize, last: bool): void {
  if (from == 0) oneRow<T>(x, b, from, to, bytes, last, false);
  else oneRow<T>(x, b, from, to, bytes, last, true);
}

function examples<T>(at: usize): void {
  const n = times(at, 1);
  const bytes = <usize>word(at, 3);
  let start = pointer(at, 5), to = pointer(at, 9);
  const started = word(at, 4) != 0;
  const startStride = <usize>word(at, 8), toStride = <usize>word(at, 12);
  const terms = word(at, 13);
  for (let e = 0; e < n; e++) {
    let from: usize = started ? start : 0;
    for (let t = 0; t < terms; t++) {
      const q = at + ((HEADER + t * TERM) << 2);
      let k = word(q, 10);
      const xk = <usize>word(q, 4), bk = <usize>word(q, 9);
      const row = word(q, 11) != 0 ? load<i32>(pointer(q, 12) + (<usize>e << 2)) : e;
      let x = pointer(q, 0) + <usize>e * <usize>word(q, 3), b = pointer(q, 5) + <usize>row * <usize>word(q, 8);
      const end = t == terms - 1;
      for (; k >= 4; k -= 4) {
        four<T>(x, xk, b, bk, from, to, bytes, end && k == 4);
        from = to;
        x += xk << 2;
        b += bk << 2;
      }
      for (; k > 0; k--) {
        one<T>(x, b, from, to, bytes, end && k == 1);
        from = to;
        x += xk;
        b += bk;
      }
    }
    start += startStride;
    to += toStride;
  }
}

export function weighted(at: usize): void {
  if (word(at, 0) == 0) examples<f32>(at);
  else examples<f64>(at);
}
