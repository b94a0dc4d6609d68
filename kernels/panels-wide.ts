// The second set of tiles: four vectors of a row lie side by side (16 f32 or 8 f64), so that an engine that joins pairs of
// 128-bit vectors (V8's revectoriser) has eight independent chains of 256 bits. The bits are those of the narrow tiles.

import { flushBy, magnitudeBits, smallestNormals } from './bits';
import { madd } from './madd';

/** Bytes of a group of columns. */
export const GROUP: usize = 64;

@inline
function storePair<T>(c: usize, x: v128, y: v128, bits: v128, smallest: v128): void {
  v128.store(c, flushBy<T>(x, bits, smallest));
  v128.store(c, flushBy<T>(y, bits, smallest), 16);
}

@inline
function storeGroup<T>(c: usize, x: v128, y: v128, z: v128, w: v128, bits: v128, smallest: v128): void {
  v128.store(c, flushBy<T>(x, bits, smallest));
  v128.store(c, flushBy<T>(y, bits, smallest), 16);
  v128.store(c, flushBy<T>(z, bits, smallest), 32);
  v128.store(c, flushBy<T>(w, bits, smallest), 48);
}

/** Four rows of one group. */
@inline
function wide4<T>(a: usize, am: usize, ak: usize, b: usize, bk: usize, c: usize, cm: usize, k: i32, add: bool): void {
  const c1 = c + cm, c2 = c1 + cm, c3 = c2 + cm;
  const zero = v128.splat<T>(<T>0);
  let r00 = zero, r01 = zero, r02 = zero, r03 = zero;
  let r10 = zero, r11 = zero, r12 = zero, r13 = zero;
  let r20 = zero, r21 = zero, r22 = zero, r23 = zero;
  let r30 = zero, r31 = zero, r32 = zero, r33 = zero;
  if (add) {
    r00 = v128.load(c);
    r01 = v128.load(c, 16);
    r02 = v128.load(c, 32);
    r03 = v128.load(c, 48);
    r10 = v128.load(c1);
    r11 = v128.load(c1, 16);
    r12 = v128.load(c1, 32);
    r13 = v128.load(c1, 48);
    r20 = v128.load(c2);
    r21 = v128.load(c2, 16);
    r22 = v128.load(c2, 32);
    r23 = v128.load(c2, 48);
    r30 = v128.load(c3);
    r31 = v128.load(c3, 16);
    r32 = v128.load(c3, 32);
    r33 = v128.load(c3, 48);
  }
  let a0 = a, a1 = a + am, a2 = a1 + am, a3 = a2 + am;
  const end = b + <usize>k * bk;
  while (b != end) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const b2 = v128.load(b, 32);
    const b3 = v128.load(b, 48);
    let x = v128.load_splat<T>(a0);
    r00 = madd<T>(x, b0, r00);
    r01 = madd<T>(x, b1, r01);
    r02 = madd<T>(x, b2, r02);
    r03 = madd<T>(x, b3, r03);
    x = v128.load_splat<T>(a1);
    r10 = madd<T>(x, b0, r10);
    r11 = madd<T>(x, b1, r11);
    r12 = madd<T>(x, b2, r12);
    r13 = madd<T>(x, b3, r13);
    x = v128.load_splat<T>(a2);
    r20 = madd<T>(x, b0, r20);
    r21 = madd<T>(x, b1, r21);
    r22 = madd<T>(x, b2, r22);
    r23 = madd<T>(x, b3, r23);
    x = v128.load_splat<T>(a3);
    r30 = madd<T>(x, b0, r30);
    r31 = madd<T>(x, b1, r31);
    r32 = madd<T>(x, b2, r32);
    r33 = madd<T>(x, b3, r33);
    a0 += ak;
    a1 += ak;
    a2 += ak;
    a3 += ak;
    b += bk;
  }
  const bits = magnitudeBits<T>(), smallest = smallestNormals<T>();
  storeGroup<T>(c, r00, r01, r02, r03, bits, smallest);
  storeGroup<T>(c1, r10, r11, r12, r13, bits, smallest);
  storeGroup<T>(c2, r20, r21, r22, r23, bits, smallest);
  storeGroup<T>(c3, r30, r31, r32, r33, bits, smallest);
}

/** Eight rows of one panel of 32 bytes, the last of a row: `block` bytes lie from four rows of a to the next four. */
@inline
function tall8<T>(a: usize, am: usize, ak: usize, block: usize, b: usize, bk: usize, c: usize, cm: usize, k: i32, add: bool): void {
  const c1 = c + cm, c2 = c1 + cm, c3 = c2 + cm, c4 = c3 + cm, c5 = c4 + cm, c6 = c5 + cm, c7 = c6 + cm;
  const zero = v128.splat<T>(<T>0);
  let r00 = zero, r01 = zero, r10 = zero, r11 = zero, r20 = zero, r21 = zero, r30 = zero, r31 = zero;
  let r40 = zero, r41 = zero, r50 = zero, r51 = zero, r60 = zero, r61 = zero, r70 = zero, r71 = zero;
  if (add) {
    r00 = v128.load(c);
    r01 = v128.load(c, 16);
    r10 = v128.load(c1);
    r11 = v128.load(c1, 16);
    r20 = v128.load(c2);
    r21 = v128.load(c2, 16);
    r30 = v128.load(c3);
    r31 = v128.load(c3, 16);
    r40 = v128.load(c4);
    r41 = v128.load(c4, 16);
    r50 = v128.load(c5);
    r51 = v128.load(c5, 16);
    r60 = v128.load(c6);
    r61 = v128.load(c6, 16);
    r70 = v128.load(c7);
    r71 = v128.load(c7, 16);
  }
  let a0 = a, a1 = a + am, a2 = a1 + am, a3 = a2 + am, a4 = a + block, a5 = a4 + am, a6 = a5 + am, a7 = a6 + am;
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
    x = v128.load_splat<T>(a4);
    r40 = madd<T>(x, b0, r40);
    r41 = madd<T>(x, b1, r41);
    x = v128.load_splat<T>(a5);
    r50 = madd<T>(x, b0, r50);
    r51 = madd<T>(x, b1, r51);
    x = v128.load_splat<T>(a6);
    r60 = madd<T>(x, b0, r60);
    r61 = madd<T>(x, b1, r61);
    x = v128.load_splat<T>(a7);
    r70 = madd<T>(x, b0, r70);
    r71 = madd<T>(x, b1, r71);
    a0 += ak;
    a1 += ak;
    a2 += ak;
    a3 += ak;
    a4 += ak;
    a5 += ak;
    a6 += ak;
    a7 += ak;
    b += bk;
  }
  const bits = magnitudeBits<T>(), smallest = smallestNormals<T>();
  storePair<T>(c, r00, r01, bits, smallest);
  storePair<T>(c1, r10, r11, bits, smallest);
  storePair<T>(c2, r20, r21, bits, smallest);
  storePair<T>(c3, r30, r31, bits, smallest);
  storePair<T>(c4, r40, r41, bits, smallest);
  storePair<T>(c5, r50, r51, bits, smallest);
  storePair<T>(c6, r60, r61, bits, smallest);
  storePair<T>(c7, r70, r71, bits, smallest);
}

/** One row of one group. */
@inline
function wide1<T>(a: usize, ak: usize, b: usize, bk: usize, c: usize, k: i32, add: bool): void {
  const zero = v128.splat<T>(<T>0);
  let r0 = zero, r1 = zero, r2 = zero, r3 = zero;
  if (add) {
    r0 = v128.load(c);
    r1 = v128.load(c, 16);
    r2 = v128.load(c, 32);
    r3 = v128.load(c, 48);
  }
  const end = b + <usize>k * bk;
  while (b != end) {
    const x = v128.load_splat<T>(a);
    r0 = madd<T>(x, v128.load(b), r0);
    r1 = madd<T>(x, v128.load(b, 16), r1);
    r2 = madd<T>(x, v128.load(b, 32), r2);
    r3 = madd<T>(x, v128.load(b, 48), r3);
    a += ak;
    b += bk;
  }
  const bits = magnitudeBits<T>(), smallest = smallestNormals<T>();
  storeGroup<T>(c, r0, r1, r2, r3, bits, smallest);
}

/** All rows of one group; `block` bytes lie from four rows of a to the next four. */
@inline
function rowsOfGroup<T>(m: i32, k: i32, a: usize, am: usize, ak: usize, block: usize, b: usize, bk: usize, c: usize, cm: usize, add: bool): void {
  let i = 0;
  for (; i + 4 <= m; i += 4) {
    wide4<T>(a, am, ak, b, bk, c, cm, k, add);
    a += block;
    c += cm << 2;
  }
  for (; i < m; i++) {
    wide1<T>(a, ak, b, bk, c, k, add);
    a += am;
    c += cm;
  }
}

function assignGroup<T>(m: i32, k: i32, a: usize, am: usize, ak: usize, block: usize, b: usize, bk: usize, c: usize, cm: usize): void {
  rowsOfGroup<T>(m, k, a, am, ak, block, b, bk, c, cm, false);
}

function accumulateGroup<T>(m: i32, k: i32, a: usize, am: usize, ak: usize, block: usize, b: usize, bk: usize, c: usize, cm: usize): void {
  rowsOfGroup<T>(m, k, a, am, ak, block, b, bk, c, cm, true);
}

@inline
export function groupProduct<T>(
  m: i32, k: i32, a: usize, am: usize, ak: usize, block: usize, b: usize, bk: usize, c: usize, cm: usize, add: bool,
): void {
  if (add) accumulateGroup<T>(m, k, a, am, ak, block, b, bk, c, cm);
  else assignGroup<T>(m, k, a, am, ak, block, b, bk, c, cm);
}

/** As many rows of a last panel as fill blocks of eight. */
@inline
function eights<T>(m: i32, k: i32, a: usize, am: usize, ak: usize, block: usize, b: usize, bk: usize, c: usize, cm: usize, add: bool): void {
  for (; m >= 8; m -= 8) {
    tall8<T>(a, am, ak, block, b, bk, c, cm, k, add);
    a += block << 1;
    c += cm << 3;
  }
}

function assignEights<T>(m: i32, k: i32, a: usize, am: usize, ak: usize, block: usize, b: usize, bk: usize, c: usize, cm: usize): void {
  eights<T>(m, k, a, am, ak, block, b, bk, c, cm, false);
}

function accumulateEights<T>(m: i32, k: i32, a: usize, am: usize, ak: usize, block: usize, b: usize, bk: usize, c: usize, cm: usize): void {
  eights<T>(m, k, a, am, ak, block, b, bk, c, cm, true);
}

/** The rows of a last panel in blocks of eight; m mod 8 rows are left to do. */
@inline
export function eightRowProduct<T>(
  m: i32, k: i32, a: usize, am: usize, ak: usize, block: usize, b: usize, bk: usize, c: usize, cm: usize, add: bool,
): void {
  if (add) accumulateEights<T>(m, k, a, am, ak, block, b, bk, c, cm);
  else assignEights<T>(m, k, a, am, ak, block, b, bk, c, cm);
}
