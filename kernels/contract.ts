// Matrix products in loops: result[m, n] (+)= Σₖ a[m, k]·b[k, n], each element by fused multiply-add in ascending k.
// Columns run in panels of two vectors (8 f32 or 4 f64), rows four at a time; results below the normal range become 0.

import { pointer, times, word } from './context';
import { madd, maddScalar } from './madd';
import { flush } from './math';

const HEADER = 30;
const LOOP = 5; // count, strides in a, b and the result
const PANEL: usize = 32;

/** Four rows of one panel. */
@inline
function panel4<T>(a: usize, am: usize, ak: usize, b: usize, bk: usize, c: usize, cm: usize, k: i32, add: bool): void {
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
  v128.store(c, flush<T>(r00));
  v128.store(c, flush<T>(r01), 16);
  v128.store(c1, flush<T>(r10));
  v128.store(c1, flush<T>(r11), 16);
  v128.store(c2, flush<T>(r20));
  v128.store(c2, flush<T>(r21), 16);
  v128.store(c3, flush<T>(r30));
  v128.store(c3, flush<T>(r31), 16);
}

@inline
function panel1<T>(a: usize, ak: usize, b: usize, bk: usize, c: usize, k: i32, add: bool): void {
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
  v128.store(c, flush<T>(r0));
  v128.store(c, flush<T>(r1), 16);
}

/** The same for fewer columns than a panel, stored one by one. */
function partial<T>(a: usize, ak: usize, b: usize, bk: usize, c: usize, k: i32, add: bool, columns: i32): void {
  for (let j = 0; j < columns; j++) {
    const to = c + <usize>j * sizeof<T>();
    let sum: T = add ? load<T>(to) : <T>0;
    let x = a, y = b + <usize>j * sizeof<T>();
    for (let i = k; i != 0; i--) {
      sum = maddScalar<T>(load<T>(x), load<T>(y), sum);
      x += ak;
      y += bk;
    }
    store<T>(to, flushScalar<T>(sum));
  }
}

@inline
function flushScalar<T>(x: T): T {
  return v128.extract_lane<T>(flush<T>(v128.splat<T>(x)), 0);
}

/** All panels of a product; `add` is known when compiled, so that the loop holds nothing but loads and multiply-adds. */
@inline
function panels<T>(
  m: i32, n: i32, k: i32, a: usize, am: usize, ak: usize, b: usize, bk: usize, panelStride: usize, c: usize, cm: usize, add: bool, whole: bool,
): void {
  const width = <i32>(PANEL / sizeof<T>());
  for (let j = 0; j < n; j += width) {
    const left = n - j;
    if (left < width && !whole) {
      for (let i = 0; i < m; i++) partial<T>(a + <usize>i * am, ak, b, bk, c + <usize>i * cm, k, add, left);
      return;
    }
    let i = 0;
    let ai = a, ci = c;
    for (; i + 4 <= m; i += 4) {
      panel4<T>(ai, am, ak, b, bk, ci, cm, k, add);
      ai += am << 2;
      ci += cm << 2;
    }
    for (; i < m; i++) {
      panel1<T>(ai, ak, b, bk, ci, k, add);
      ai += am;
      ci += cm;
    }
    b += panelStride;
    c += PANEL;
  }
}

function assign<T>(
  m: i32, n: i32, k: i32, a: usize, am: usize, ak: usize, b: usize, bk: usize, panelStride: usize, c: usize, cm: usize, whole: bool,
): void {
  panels<T>(m, n, k, a, am, ak, b, bk, panelStride, c, cm, false, whole);
}

function accumulate<T>(
  m: i32, n: i32, k: i32, a: usize, am: usize, ak: usize, b: usize, bk: usize, panelStride: usize, c: usize, cm: usize, whole: bool,
): void {
  panels<T>(m, n, k, a, am, ak, b, bk, panelStride, c, cm, true, whole);
}

@inline
function product<T>(
  m: i32, n: i32, k: i32, a: usize, am: usize, ak: usize, b: usize, bk: usize, panelStride: usize, c: usize, cm: usize, add: bool, whole: bool,
): void {
  if (add) accumulate<T>(m, n, k, a, am, ak, b, bk, panelStride, c, cm, whole);
  else assign<T>(m, n, k, a, am, ak, b, bk, panelStride, c, cm, whole);
}

/** Any strides, one element at a time. */
function strided<T>(
  m: i32, n: i32, k: i32, a: usize, am: usize, ak: usize, b: usize, bk: usize, bn: usize, c: usize, cm: usize, cn: usize, add: bool,
): void {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      const to = c + <usize>i * cm + <usize>j * cn;
      let sum: T = add ? load<T>(to) : <T>0;
      let x = a + <usize>i * am, y = b + <usize>j * bn;
      for (let l = k; l != 0; l--) {
        sum = maddScalar<T>(load<T>(x), load<T>(y), sum);
        x += ak;
        y += bk;
      }
      store<T>(to, flushScalar<T>(sum));
    }
  }
}

/** Column panels of b, zeros beyond its last column: target[panel][k][column]. */
export function packPanels<T>(b: usize, bk: usize, bn: usize, k: i32, n: i32, target: usize): void {
  const width = <i32>(PANEL / sizeof<T>());
  for (let j = 0; j < n; j += width) {
    const columns = min(width, n - j);
    for (let l = 0; l < k; l++) {
      let from = b + <usize>l * bk + <usize>j * bn;
      for (let v = 0; v < width; v++) {
        store<T>(target, v < columns ? load<T>(from) : <T>0);
        from += bn;
        target += sizeof<T>();
      }
    }
  }
}

function loops<T>(at: usize, depth: i32, a: usize, b: usize, c: usize): void {
  if (depth < word(at, HEADER - 1)) {
    const q = at + ((HEADER + depth * LOOP) << 2);
    const count = times(q, 0);
    for (let i = 0; i < count; i++) loops<T>(at, depth + 1, a + <usize>(i * word(q, 2)), b + <usize>(i * word(q, 3)), c + <usize>(i * word(q, 4)));
    return;
  }
  const m = times(at, 5), n = times(at, 7), k = times(at, 9);
  const am = <usize>word(at, 14), ak = <usize>word(at, 15);
  const bk = <usize>word(at, 19), bn = <usize>word(at, 20);
  const cm = <usize>word(at, 24), cn = <usize>word(at, 25);
  const add = word(at, 2) != 0;
  if (word(at, 1) == 0) {
    strided<T>(m, n, k, a, am, ak, b, bk, bn, c, cm, cn, add);
    return;
  }
  const mode = word(at, 3);
  const whole = word(at, 4) != 0;
  if (mode == 0) {
    product<T>(m, n, k, a, am, ak, b, bk, PANEL, c, cm, add, whole);
    return;
  }
  let packed = b;
  if (mode == 2) {
    packed = pointer(at, 26);
    packPanels<T>(b, bk, bn, k, n, packed);
  }
  product<T>(m, n, k, a, am, ak, packed, PANEL, <usize>k * PANEL, c, cm, add, whole);
}

export function contract(at: usize): void {
  const a = pointer(at, 11), b = pointer(at, 16), c = pointer(at, 21);
  if (word(at, 0) == 0) loops<f32>(at, 0, a, b, c);
  else loops<f64>(at, 0, a, b, c);
}

export function pack(at: usize): void {
  const b = pointer(at, 1), target = pointer(at, 10);
  const bk = <usize>word(at, 4), bn = <usize>word(at, 5);
  const k = times(at, 6), n = times(at, 8);
  if (word(at, 0) == 0) packPanels<f32>(b, bk, bn, k, n, target);
  else packPanels<f64>(b, bk, bn, k, n, target);
}
