// Matrix products in loops: result[m, n] (+)= Σₖ a[m, k]·b[k, n], each element by fused multiply-add in ascending k.
// Columns run in panels of two vectors (8 f32 or 4 f64), rows four at a time; results below the normal range become 0.

import { pointer, times, word } from './context';
import { madd } from './madd';
import { flush } from './math';

const HEADER = 30;
const LOOP = 5; // count, strides in a, b and the result
const PANEL: usize = 32;
/** Up to this many summed products of one row are combined row by row of b. */
const FEW = 16;

/** Stores two vectors, or the first `columns` of their elements where a shorter row ends. */
@inline
function storePanel<T>(c: usize, x: v128, y: v128, columns: i32, whole: bool): void {
  x = flush<T>(x);
  y = flush<T>(y);
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
  storePanel<T>(c, r00, r01, columns, whole);
  storePanel<T>(c1, r10, r11, columns, whole);
  storePanel<T>(c2, r20, r21, columns, whole);
  storePanel<T>(c3, r30, r31, columns, whole);
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
  storePanel<T>(c, r0, r1, columns, whole);
}

/** One row times a few rows of b, which are walked side by side: result (+)= Σ x·b[k]. */
@inline
function combine<T>(a: usize, ak: usize, b: usize, bk: usize, c: usize, n: i32, k: i32, add: bool): void {
  const bytes = <usize>n * sizeof<T>();
  const x0 = v128.load_splat<T>(a);
  const x1 = k > 1 ? v128.load_splat<T>(a + ak) : x0;
  const x2 = k > 2 ? v128.load_splat<T>(a + 2 * ak) : x0;
  const x3 = k > 3 ? v128.load_splat<T>(a + 3 * ak) : x0;
  const b1 = b + bk, b2 = b1 + bk, b3 = b2 + bk;
  for (let i: usize = 0; i < bytes; i += 32) {
    let r0 = v128.splat<T>(<T>0), r1 = r0;
    if (add) {
      r0 = v128.load(c + i);
      r1 = v128.load(c + i, 16);
    }
    r0 = madd<T>(x0, v128.load(b + i), r0);
    r1 = madd<T>(x0, v128.load(b + i, 16), r1);
    if (k > 1) {
      r0 = madd<T>(x1, v128.load(b1 + i), r0);
      r1 = madd<T>(x1, v128.load(b1 + i, 16), r1);
    }
    if (k > 2) {
      r0 = madd<T>(x2, v128.load(b2 + i), r0);
      r1 = madd<T>(x2, v128.load(b2 + i, 16), r1);
    }
    if (k > 3) {
      r0 = madd<T>(x3, v128.load(b3 + i), r0);
      r1 = madd<T>(x3, v128.load(b3 + i, 16), r1);
    }
    v128.store(c + i, flush<T>(r0));
    v128.store(c + i, flush<T>(r1), 16);
  }
}

/** `combine` for any k, four at a time; only for whole rows, whose last vectors may be stored. */
function combineAll<T>(a: usize, ak: usize, b: usize, bk: usize, c: usize, n: i32, k: i32, add: bool): void {
  let more = add;
  for (; k >= 4; k -= 4) {
    combine<T>(a, ak, b, bk, c, n, 4, more);
    a += ak << 2;
    b += bk << 2;
    more = true;
  }
  if (k == 3) combine<T>(a, ak, b, bk, c, n, 3, more);
  else if (k == 2) combine<T>(a, ak, b, bk, c, n, 2, more);
  else if (k == 1) combine<T>(a, ak, b, bk, c, n, 1, more);
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
function product<T>(
  m: i32, n: i32, k: i32, a: usize, am: usize, ak: usize, block: usize, b: usize, bk: usize, panelStride: usize, c: usize, cm: usize, add: bool, whole: bool,
): void {
  if (add) accumulate<T>(m, n, k, a, am, ak, block, b, bk, panelStride, c, cm, whole);
  else assign<T>(m, n, k, a, am, ak, block, b, bk, panelStride, c, cm, whole);
}

/** Any strides: four columns side by side, as chains that do not wait for each other. */
function strided<T>(
  m: i32, n: i32, k: i32, a: usize, am: usize, ak: usize, b: usize, bk: usize, bn: usize, c: usize, cm: usize, cn: usize, add: bool,
): void {
  const zero = v128.splat<T>(<T>0);
  for (let i = 0; i < m; i++) {
    let to = c + <usize>i * cm;
    let from = b;
    let j = 0;
    for (; j + 4 <= n; j += 4) {
      let r0 = zero, r1 = zero, r2 = zero, r3 = zero;
      if (add) {
        r0 = v128.load_splat<T>(to);
        r1 = v128.load_splat<T>(to + cn);
        r2 = v128.load_splat<T>(to + 2 * cn);
        r3 = v128.load_splat<T>(to + 3 * cn);
      }
      let x = a + <usize>i * am;
      let y0 = from, y1 = y0 + bn, y2 = y1 + bn, y3 = y2 + bn;
      for (let l = k; l != 0; l--) {
        const v = v128.load_splat<T>(x);
        r0 = madd<T>(v, v128.load_splat<T>(y0), r0);
        r1 = madd<T>(v, v128.load_splat<T>(y1), r1);
        r2 = madd<T>(v, v128.load_splat<T>(y2), r2);
        r3 = madd<T>(v, v128.load_splat<T>(y3), r3);
        x += ak;
        y0 += bk;
        y1 += bk;
        y2 += bk;
        y3 += bk;
      }
      storeOne<T>(to, r0);
      storeOne<T>(to + cn, r1);
      storeOne<T>(to + 2 * cn, r2);
      storeOne<T>(to + 3 * cn, r3);
      to += cn << 2;
      from += bn << 2;
    }
    for (; j < n; j++) {
      let r = add ? v128.load_splat<T>(to) : zero;
      let x = a + <usize>i * am, y = from;
      for (let l = k; l != 0; l--) {
        r = madd<T>(v128.load_splat<T>(x), v128.load_splat<T>(y), r);
        x += ak;
        y += bk;
      }
      storeOne<T>(to, r);
      to += cn;
      from += bn;
    }
  }
}

@inline
function storeOne<T>(to: usize, x: v128): void {
  v128.store_lane<T>(to, flush<T>(x), 0);
}

/** Column panels of b, zeros beyond its last column: target[panel][k][column]. */
export function packPanels<T>(b: usize, bk: usize, bn: usize, k: i32, n: i32, target: usize): void {
  const width = <i32>(PANEL / sizeof<T>());
  for (let j = 0; j < n; j += width) {
    const columns = min(width, n - j);
    let from = b + <usize>j * bn;
    if (columns == width && bn == sizeof<T>()) {
      for (let l = 0; l < k; l++) {
        v128.store(target, v128.load(from));
        v128.store(target, v128.load(from, 16), 16);
        from += bk;
        target += PANEL;
      }
      continue;
    }
    for (let l = 0; l < k; l++) {
      for (let v = 0; v < width; v++) {
        store<T>(target, v < columns ? load<T>(from + <usize>v * bn) : <T>0);
        target += sizeof<T>();
      }
      from += bk;
    }
  }
}

/** Blocks of four rows of a whose rows lie side by side (reading up to three beyond the last): target[block][k][row]. */
function packBlocks<T>(a: usize, ak: usize, m: i32, k: i32, target: usize): void {
  for (let i = 0; i < m; i += 4) {
    let from = a + <usize>i * sizeof<T>();
    for (let l = 0; l < k; l++) {
      v128.store(target, v128.load(from));
      if (sizeof<T>() == 8) v128.store(target, v128.load(from, 16), 16);
      from += ak;
      target += sizeof<T>() << 2;
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
    if (m == 1 && k <= FEW && (whole || n % <i32>(PANEL / sizeof<T>()) == 0)) {
      combineAll<T>(a, ak, b, bk, c, n, k, add);
      return;
    }
    product<T>(m, n, k, a, am, ak, am << 2, b, bk, PANEL, c, cm, add, whole);
    return;
  }
  const panel = <usize>k * PANEL;
  if (mode == 1) {
    product<T>(m, n, k, a, am, ak, am << 2, b, PANEL, panel, c, cm, add, whole);
    return;
  }
  const packed = pointer(at, 26);
  packPanels<T>(b, bk, bn, k, n, packed);
  if (mode == 2) {
    product<T>(m, n, k, a, am, ak, am << 2, packed, PANEL, panel, c, cm, add, whole);
    return;
  }
  const width = <i32>(PANEL / sizeof<T>());
  const blocks = packed + <usize>((n + width - 1) / width) * panel;
  packBlocks<T>(a, ak, m, k, blocks);
  product<T>(m, n, k, blocks, sizeof<T>(), sizeof<T>() << 2, <usize>k * (sizeof<T>() << 2), packed, PANEL, panel, c, cm, add, whole);
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
