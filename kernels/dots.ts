// Inner products of rows: 8 lanes by fused multiply-add (element j belongs to lane j mod 8, ascending), then the tree
// (0+4)(1+5)(2+6)(3+7), (0+2)(1+3), (0+1).

import { madd } from './madd';
import { flush } from './math';

/** Ones in the lanes below n of vector `part` of a block of 8. */
@inline
function below<T>(part: i32, n: i32): v128 {
  const width = <i32>(16 / sizeof<T>());
  const left = n - part * width;
  if (sizeof<T>() == 4) return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(left));
  return i64x2.lt_s(i64x2(0, 1), i64x2.splat(left));
}

/** The lanes of four columns against one row of f32, as pairs of adjacent vectors. */
function lanes32(k: i32, a: usize, b0: usize, b1: usize, b2: usize, b3: usize, lanes: usize): void {
  const zero = f32x4.splat(0);
  let p0 = zero, p1 = zero, q0 = zero, q1 = zero, r0 = zero, r1 = zero, s0 = zero, s1 = zero;
  const end = a + (<usize>(k & ~7) << 2);
  while (a != end) {
    const x = v128.load(a), y = v128.load(a, 16);
    p0 = madd<f32>(x, v128.load(b0), p0);
    p1 = madd<f32>(y, v128.load(b0, 16), p1);
    q0 = madd<f32>(x, v128.load(b1), q0);
    q1 = madd<f32>(y, v128.load(b1, 16), q1);
    r0 = madd<f32>(x, v128.load(b2), r0);
    r1 = madd<f32>(y, v128.load(b2, 16), r1);
    s0 = madd<f32>(x, v128.load(b3), s0);
    s1 = madd<f32>(y, v128.load(b3, 16), s1);
    a += 32;
    b0 += 32;
    b1 += 32;
    b2 += 32;
    b3 += 32;
  }
  const left = k & 7;
  if (left != 0) {
    const m0 = below<f32>(0, left), m1 = below<f32>(1, left);
    const x = v128.and(v128.load(a), m0), y = v128.and(v128.load(a, 16), m1);
    p0 = madd<f32>(x, v128.and(v128.load(b0), m0), p0);
    p1 = madd<f32>(y, v128.and(v128.load(b0, 16), m1), p1);
    q0 = madd<f32>(x, v128.and(v128.load(b1), m0), q0);
    q1 = madd<f32>(y, v128.and(v128.load(b1, 16), m1), q1);
    r0 = madd<f32>(x, v128.and(v128.load(b2), m0), r0);
    r1 = madd<f32>(y, v128.and(v128.load(b2, 16), m1), r1);
    s0 = madd<f32>(x, v128.and(v128.load(b3), m0), s0);
    s1 = madd<f32>(y, v128.and(v128.load(b3, 16), m1), s1);
  }
  v128.store(lanes, p0);
  v128.store(lanes, p1, 16);
  v128.store(lanes, q0, 32);
  v128.store(lanes, q1, 48);
  v128.store(lanes, r0, 64);
  v128.store(lanes, r1, 80);
  v128.store(lanes, s0, 96);
  v128.store(lanes, s1, 112);
}

/** The lanes of two columns against one row of f64. */
function lanes64(k: i32, a: usize, b0: usize, b1: usize, lanes: usize): void {
  const zero = f64x2.splat(0);
  let p0 = zero, p1 = zero, p2 = zero, p3 = zero, q0 = zero, q1 = zero, q2 = zero, q3 = zero;
  const end = a + (<usize>(k & ~7) << 3);
  while (a != end) {
    let x = v128.load(a), y = v128.load(a, 16);
    p0 = madd<f64>(x, v128.load(b0), p0);
    p1 = madd<f64>(y, v128.load(b0, 16), p1);
    q0 = madd<f64>(x, v128.load(b1), q0);
    q1 = madd<f64>(y, v128.load(b1, 16), q1);
    x = v128.load(a, 32);
    y = v128.load(a, 48);
    p2 = madd<f64>(x, v128.load(b0, 32), p2);
    p3 = madd<f64>(y, v128.load(b0, 48), p3);
    q2 = madd<f64>(x, v128.load(b1, 32), q2);
    q3 = madd<f64>(y, v128.load(b1, 48), q3);
    a += 64;
    b0 += 64;
    b1 += 64;
  }
  const left = k & 7;
  if (left != 0) {
    const m0 = below<f64>(0, left), m1 = below<f64>(1, left), m2 = below<f64>(2, left), m3 = below<f64>(3, left);
    const x = v128.and(v128.load(a), m0), y = v128.and(v128.load(a, 16), m1);
    const z = v128.and(v128.load(a, 32), m2), w = v128.and(v128.load(a, 48), m3);
    p0 = madd<f64>(x, v128.and(v128.load(b0), m0), p0);
    p1 = madd<f64>(y, v128.and(v128.load(b0, 16), m1), p1);
    p2 = madd<f64>(z, v128.and(v128.load(b0, 32), m2), p2);
    p3 = madd<f64>(w, v128.and(v128.load(b0, 48), m3), p3);
    q0 = madd<f64>(x, v128.and(v128.load(b1), m0), q0);
    q1 = madd<f64>(y, v128.and(v128.load(b1, 16), m1), q1);
    q2 = madd<f64>(z, v128.and(v128.load(b1, 32), m2), q2);
    q3 = madd<f64>(w, v128.and(v128.load(b1, 48), m3), q3);
  }
  v128.store(lanes, p0);
  v128.store(lanes, p1, 16);
  v128.store(lanes, p2, 32);
  v128.store(lanes, p3, 48);
  v128.store(lanes, q0, 64);
  v128.store(lanes, q1, 80);
  v128.store(lanes, q2, 96);
  v128.store(lanes, q3, 112);
}

/** (0+4)(1+5)(2+6)(3+7) of column j. */
@inline
function halved(lanes: usize, j: usize): v128 {
  return f32x4.add(v128.load(lanes + (j << 5)), v128.load(lanes + (j << 5), 16));
}

/** The trees of four columns side by side. */
@inline
function trees32(lanes: usize): v128 {
  const s0 = halved(lanes, 0), s1 = halved(lanes, 1), s2 = halved(lanes, 2), s3 = halved(lanes, 3);
  const t = f32x4.add(v128.shuffle<f32>(s0, s1, 0, 1, 4, 5), v128.shuffle<f32>(s0, s1, 2, 3, 6, 7));
  const u = f32x4.add(v128.shuffle<f32>(s2, s3, 0, 1, 4, 5), v128.shuffle<f32>(s2, s3, 2, 3, 6, 7));
  return f32x4.add(v128.shuffle<f32>(t, u, 0, 2, 4, 6), v128.shuffle<f32>(t, u, 1, 3, 5, 7));
}

/** The trees of two columns side by side. */
@inline
function trees64(lanes: usize): v128 {
  const p0 = f64x2.add(v128.load(lanes), v128.load(lanes, 32)), p1 = f64x2.add(v128.load(lanes, 16), v128.load(lanes, 48));
  const q0 = f64x2.add(v128.load(lanes, 64), v128.load(lanes, 96)), q1 = f64x2.add(v128.load(lanes, 80), v128.load(lanes, 112));
  const p = f64x2.add(p0, p1), q = f64x2.add(q0, q1);
  return f64x2.add(v128.shuffle<f64>(p, q, 0, 2), v128.shuffle<f64>(p, q, 1, 3));
}

/** Stores one column's sum, on top of what is there if asked. */
@inline
function put<T>(to: usize, sum: T, add: bool): void {
  const total = add ? load<T>(to) + sum : sum;
  v128.store_lane<T>(to, flush<T>(v128.splat<T>(total)), 0);
}

/**
 * result[i, j] (+)= Σ a[i, ·]·b[j, ·], rows of k numbers that lie densely; up to 7 numbers beyond a row are read.
 * @param lanes 128 bytes of scratch: sums go through memory as pairs of vectors, which wider registers can take at once
 */
export function dots<T>(
  m: i32, n: i32, k: i32, a: usize, am: usize, b: usize, bn: usize, c: usize, cm: usize, cn: usize, add: bool, lanes: usize,
): void {
  for (let i = 0; i < m; i++) {
    let from = b, to = c;
    if (sizeof<T>() == 4) {
      // Columns beyond the last are the last one again.
      for (let j = 0; j < n; j += 4) {
        const left = n - j;
        const b1 = left > 1 ? from + bn : from;
        const b2 = left > 2 ? b1 + bn : b1;
        const b3 = left > 3 ? b2 + bn : b2;
        lanes32(k, a, from, b1, b2, b3, lanes);
        const sums = trees32(lanes);
        put<T>(to, <T>f32x4.extract_lane(sums, 0), add);
        if (left > 1) put<T>(to + cn, <T>f32x4.extract_lane(sums, 1), add);
        if (left > 2) put<T>(to + 2 * cn, <T>f32x4.extract_lane(sums, 2), add);
        if (left > 3) put<T>(to + 3 * cn, <T>f32x4.extract_lane(sums, 3), add);
        from += bn << 2;
        to += cn << 2;
      }
    } else {
      for (let j = 0; j < n; j += 2) {
        const left = n - j;
        lanes64(k, a, from, left > 1 ? from + bn : from, lanes);
        const sums = trees64(lanes);
        put<T>(to, <T>f64x2.extract_lane(sums, 0), add);
        if (left > 1) put<T>(to + cn, <T>f64x2.extract_lane(sums, 1), add);
        from += bn << 1;
        to += cn << 1;
      }
    }
    a += am;
    c += cm;
  }
}
