// Matrix products of an operand of which many elements are 0, as relu leaves them: result[m, n] (+)= Σₖ a[m, k]·b[k, n] over
// the k with a[m, k] ≠ 0, ascending, named by masks of 64 bits. No bit differs from the whole sum: fma(±0, x, sum) is the sum
// for finite x, but for the sign of a zero, and stored zeros are +0. Where b holds ∞ or NaN, or few elements are 0, the
// tiles run; NaN in a is no zero.

import { pointer, times, word } from './context';
import { walkRows } from './nonzeros';
import { packBlocks, packPanels } from './pack';
import { multiply, packedBytes, wide } from './tiles';

/** Elements of a that one mask names. */
const BLOCK = 64;
/** The tiles are as fast where so many of 16 elements are not 0: they load less for each multiply-add. */
const WIDE_LIMIT = 10;
const NARROW_LIMIT = 9;

/** Ones in the lanes below n. */
@inline
function below(n: i32): v128 {
  return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(n));
}

/** Whether all k × n elements are finite: 0·x is 0 then. */
function allFinite(b: usize, bk: usize, k: i32, n: i32): bool {
  const zero = f32x4.splat(0);
  let s = zero, t = zero;
  for (; k != 0; k--) {
    let x = b;
    let left = n;
    for (; left >= 8; left -= 8) {
      s = f32x4.add(s, f32x4.mul(v128.load(x), zero));
      t = f32x4.add(t, f32x4.mul(v128.load(x, 16), zero));
      x += 32;
    }
    if (left != 0) {
      s = f32x4.add(s, f32x4.mul(v128.and(v128.load(x), below(left)), zero));
      t = f32x4.add(t, f32x4.mul(v128.and(v128.load(x, 16), below(left - 4)), zero));
    }
    b += bk;
  }
  return i32x4.all_true(f32x4.eq(f32x4.add(s, t), zero));
}

/** Writes 1 where a matrix has finite elements only, else 0: matrix, its row stride, rows, columns, target. */
export function finite(at: usize): void {
  store<i32>(pointer(at, 8), allFinite(pointer(at, 0), <usize>word(at, 3), times(at, 4), times(at, 6)) ? 1 : 0);
}

@inline
function bits16(x: usize): u64 {
  const zero = f32x4.splat(0);
  const p = i16x8.narrow_i32x4_s(f32x4.ne(v128.load(x), zero), f32x4.ne(v128.load(x, 16), zero));
  const q = i16x8.narrow_i32x4_s(f32x4.ne(v128.load(x, 32), zero), f32x4.ne(v128.load(x, 48), zero));
  return <u64>i8x16.bitmask(i8x16.narrow_i16x8_s(p, q));
}

/** Which of up to 64 elements are not 0; reads whole blocks of 64 bytes. */
@inline
function nonzeros(x: usize, n: i32): u64 {
  let mask = bits16(x);
  if (n > 16) mask |= bits16(x + 64) << 16;
  if (n > 32) mask |= bits16(x + 128) << 32;
  if (n > 48) mask |= bits16(x + 192) << 48;
  return n < BLOCK ? mask & ((<u64>1 << n) - 1) : mask;
}

@inline
function isSparse(count: i32, all: i32): bool {
  return count << 4 <= all * (wide ? WIDE_LIMIT : NARROW_LIMIT);
}

/** Rows of a are examples. Blocks of 64 k are walked by all rows, so that 64 rows of b stay in the first cache. */
function alongRows(at: usize): void {
  const add = word(at, 1) != 0;
  const m = times(at, 3), n = times(at, 5), k = times(at, 7);
  const a = pointer(at, 9), b = pointer(at, 14), packed = pointer(at, 18), c = pointer(at, 21), masks = pointer(at, 25);
  const am = <usize>word(at, 12), bk = <usize>word(at, 17), cm = <usize>word(at, 24);
  let count = 0;
  let to = masks;
  for (let l = 0; l < k; l += BLOCK) {
    let x = a + (<usize>l << 2);
    for (let i = 0; i < m; i++) {
      const mask = nonzeros(x, k - l);
      count += <i32>popcnt(mask);
      store<u64>(to, mask);
      to += 8;
      x += am;
    }
  }
  if (load<i32>(pointer(at, 28)) == 0 || !isSparse(count, m * k)) {
    multiply<f32>(m, n, k, a, am, 4, am << 2, packed, 0, c, cm, add, true);
    return;
  }
  let from = masks;
  for (let l = 0; l < k; l += BLOCK) {
    walkRows(m, n, from, a + (<usize>l << 2), am, b + <usize>l * bk, bk, c, cm, add || l > 0, l + BLOCK >= k);
    from += <usize>m << 3;
  }
}

/** Four rows of a, turned to four columns of 64 elements. */
@inline
function turn4(from: usize, ak: usize, to: usize): void {
  const x0 = v128.load(from), x1 = v128.load(from + ak), x2 = v128.load(from + 2 * ak), x3 = v128.load(from + 3 * ak);
  const p = v128.shuffle<f32>(x0, x1, 0, 4, 1, 5), q = v128.shuffle<f32>(x2, x3, 0, 4, 1, 5);
  const r = v128.shuffle<f32>(x0, x1, 2, 6, 3, 7), s = v128.shuffle<f32>(x2, x3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f64>(p, q, 0, 2));
  v128.store(to + BLOCK * 4, v128.shuffle<f64>(p, q, 1, 3));
  v128.store(to + BLOCK * 8, v128.shuffle<f64>(r, s, 0, 2));
  v128.store(to + BLOCK * 12, v128.shuffle<f64>(r, s, 1, 3));
}

/** k rows and `columns` columns of a as target[column][64]; whole blocks of 4 × 16 are read, whole lines at a time. */
function turn(a: usize, ak: usize, k: i32, columns: i32, target: usize): void {
  for (let i = 0; i < columns; i += 16) {
    let from = a + (<usize>i << 2), to = target + (<usize>i << 8);
    for (let l = 0; l < k; l += 4) {
      turn4(from, ak, to);
      if (i + 4 < columns) turn4(from + 16, ak, to + BLOCK * 16);
      if (i + 8 < columns) turn4(from + 32, ak, to + BLOCK * 32);
      if (i + 12 < columns) turn4(from + 48, ak, to + BLOCK * 48);
      from += ak << 2;
      to += 16;
    }
  }
}

/** The sum is over the examples of a tile. Columns of a are turned to rows, 64 at a time. */
function overExamples(at: usize): void {
  const m = times(at, 3), n = times(at, 5), k = times(at, 7);
  let a = pointer(at, 9), c = pointer(at, 21);
  const b = pointer(at, 14), packed = pointer(at, 18), masks = pointer(at, 25);
  const ak = <usize>word(at, 13), bk = <usize>word(at, 17), cm = <usize>word(at, 24);
  const blocks = packed + packedBytes<f32>(n, k);
  const turned = masks + BLOCK * 8;
  const skips = allFinite(b, bk, k, n);
  let isPacked = false;
  for (let i = 0; i < m; i += BLOCK) {
    const rows = min(BLOCK, m - i);
    let count = 0;
    if (skips) {
      turn(a, ak, k, rows, turned);
      for (let j = 0; j < rows; j++) {
        const mask = nonzeros(turned + (<usize>j << 8), k);
        count += <i32>popcnt(mask);
        store<u64>(masks + (<usize>j << 3), mask);
      }
    }
    if (skips && isSparse(count, rows * k)) {
      walkRows(rows, n, masks, turned, BLOCK * 4, b, bk, c, cm, true, true);
    } else {
      if (!isPacked) packPanels<f32>(b, bk, 4, k, n, packed);
      isPacked = true;
      packBlocks<f32>(a, ak, rows, k, blocks);
      multiply<f32>(rows, n, k, blocks, 4, 16, <usize>k << 4, packed, 0, c, cm, true, true);
    }
    a += BLOCK * 4;
    c += cm * BLOCK;
  }
}

export function sparseProduct(at: usize): void {
  if (word(at, 2) == 0) alongRows(at);
  else overExamples(at);
}
