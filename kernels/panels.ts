// Tiles of a matrix product: columns run in panels of two vectors (8 f32 or 4 f64), rows four at a time. Each element is
// summed by fused multiply-add in ascending k; results below the normal range become 0.

import { flushBy, magnitudeBits, smallestNormals } from './bits';
import { madd } from './madd';

export const PANEL: usize = 32;

/** Stores two vectors, or the first `columns` of their elements where a shorter row ends. */
@inline
function storePanel<T>(c: usize, x: v128, y: v128, bits: v128, smallest: v128, columns: i32, whole: bool): void {
  x = flushBy<T>(x, bits, smallest);
  y = flushBy<T>(y, bits, smallest);
  if (whole) {
    v128.store(c, x);
    v128.store(c, y, 16);
    return;
  }
  const half = <i32>(16 / sizeof<T>());
  if (columns >= half) {
    v128.store(c, x);
    storeFirst<T>(c + 16, y, columns - half);
  } else {
    storeFirst<T>(c, x, columns);
  }
}

@inline
function storeFirst<T>(c: usize, x: v128, columns: i32): void {
  if (sizeof<T>() == 4) {
    if (columns > 0) v128.store_lane<f32>(c, x, 0);
    if (columns > 1) v128.store_lane<f32>(c, x, 1, 4);
    if (columns > 2) v128.store_lane<f32>(c, x, 2, 8);
  } else if (columns > 0) {
    v128.store_lane<f64>(c, x, 0);
  }
}

/** Four rows of one panel. */
@inline
function panel4<T>(a: usize, am: usize, ak: usize, b: usize, bk: usize, c: usize, cm: usize, k: i32, add: bool, columns: i32, whole: bool): void {
  const c1 = c + cm;
  const c2 = c1 + cm;
  const c3 = c2 + cm;
  const zero = v128.splat<T>(<T>0);
  let r00 = zero, r01 = zero, r10 = zero, r11 = zero, r20 = zero, r21 = zero, r30 = zero, r31 = zero;
  if (add) {
    r00 = v128.load(c);
    r01 = v128.load(c, 16);
    r10 = v128.load(c1);
    r11 = v128.load(c1, 16);
    r20 = v128.load(c2);
    r21 = v128.load(c2, 16);
    r30 = v128.load(c3);
    r31 = v128.load(c3, 16);
  }
  let a0 = a, a1 = a + am, a2 = a1 + am, a3 = a2 + am;
  const end = b + <usize>k * bk;
  while (b != end) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let x = v128.load_splat<T>(a0);
    r00 = madd<T>(x, b0, r00);
    r01 = madd<T>(x, b1, r01);
    x = v128.load_splat<T>(a1);
    r10 = madd<T>(x, b0, r10);
    r11 = madd<T>(x, b1, r11);
    x = v128.load_splat<T>(a2);
    r20 = madd<T>(x, b0, r20);
    r21 = madd<T>(x, b1, r21);
    x = v128.load_splat<T>(a3);
    r30 = madd<T>(x, b0, r30);
    r31 = madd<T>(x, b1, r31);
    a0 += ak;
    a1 += ak;
    a2 += ak;
    a3 += ak;
    b += bk;
  }
  const bits = magnitudeBits<T>(), smallest = smallestNormals<T>();
  storePanel<T>(c, r00, r01, bits, smallest, columns, whole);
  storePanel<T>(c1, r10, r11, bits, smallest, columns, whole);
  storePanel<T>(c2, r20, r21, bits, smallest, columns, whole);
  storePanel<T>(c3, r30, r31, bits, smallest, columns, whole);
}

@inline
function panel1<T>(a: usize, ak: usize, b: usize, bk: usize, c: usize, k: i32, add: bool, columns: i32, whole: bool): void {
  let r0 = v128.splat<T>(<T>0), r1 = r0;
  if (add) {
    r0 = v128.load(c);
    r1 = v128.load(c, 16);
  }
  const end = b + <usize>k * bk;
  while (b != end) {
    const x = v128.load_splat<T>(a);
    r0 = madd<T>(x, v128.load(b), r0);
    r1 = madd<T>(x, v128.load(b, 16), r1);
    a += ak;
    b += bk;
  }
  const bits = magnitudeBits<T>(), smallest = smallestNormals<T>();
  storePanel<T>(c, r0, r1, bits, smallest, columns, whole);
}

/** All panels of a product; `block` bytes lie from four rows of a to the next four; `add` is known when compiled, so that the loop holds nothing but loads and multiply-adds. */
@inline
function panels<T>(
  m: i32, n: i32, k: i32, a: usize, am: usize, ak: usize, block: usize, b: usize, bk: usize, panelStride: usize, c: usize, cm: usize, add: bool, whole: bool,
): void {
  const width = <i32>(PANEL / sizeof<T>());
  for (let j = 0; j < n; j += width) {
    const left = n - j;
    const full = left >= width || whole;
    let i = 0;
    let ai = a, ci = c;
    if (full) {
      for (; i + 4 <= m; i += 4) {
        panel4<T>(ai, am, ak, b, bk, ci, cm, k, add, left, true);
        ai += block;
        ci += cm << 2;
      }
      for (; i < m; i++) {
        panel1<T>(ai, ak, b, bk, ci, k, add, left, true);
        ai += am;
        ci += cm;
      }
    } else {
      for (; i + 4 <= m; i += 4) {
        panel4<T>(ai, am, ak, b, bk, ci, cm, k, add, left, false);
        ai += block;
        ci += cm << 2;
      }
      for (; i < m; i++) {
        panel1<T>(ai, ak, b, bk, ci, k, add, left, false);
        ai += am;
        ci += cm;
      }
    }
    b += panelStride;
    c += PANEL;
  }
}

function assign<T>(
  m: i32, n: i32, k: i32, a: usize, am: usize, ak: usize, block: usize, b: usize, bk: usize, panelStride: usize, c: usize, cm: usize, whole: bool,
): void {
  panels<T>(m, n, k, a, am, ak, block, b, bk, panelStride, c, cm, false, whole);
}

function accumulate<T>(
  m: i32, n: i32, k: i32, a: usize, am: usize, ak: usize, block: usize, b: usize, bk: usize, panelStride: usize, c: usize, cm: usize, whole: bool,
): void {
  panels<T>(m, n, k, a, am, ak, block, b, bk, panelStride, c, cm, true, whole);
}

@inline
export function product<T>(
  m: i32, n: i32, k: i32, a: usize, am: usize, ak: usize, block: usize, b: usize, bk: usize, panelStride: usize, c: usize, cm: usize, add: bool, whole: bool,
): void {
  if (add) accumulate<T>(m, n, k, a, am, ak, block, b, bk, panelStride, c, cm, whole);
  else assign<T>(m, n, k, a, am, ak, block, b, bk, panelStride, c, cm, whole);
}
