// Reductions in 8 fixed lanes and a fixed tree: element j belongs to lane j mod 8; then (0+4)(1+5)(2+6)(3+7),
// (0+2)(1+3), (0+1).

import { flush } from './math';

/** Lanes 4·part … of a block of 8 whose index is below n, as a mask (f32). */
@inline
function below32(part: i32, n: i32): v128 {
  const index = part == 0 ? i32x4(0, 1, 2, 3) : i32x4(4, 5, 6, 7);
  return i32x4.lt_s(index, i32x4.splat(n));
}

@inline
function below64(part: i32, n: i32): v128 {
  let index = i64x2(0, 1);
  if (part == 1) index = i64x2(2, 3);
  else if (part == 2) index = i64x2(4, 5);
  else if (part == 3) index = i64x2(6, 7);
  return i64x2.lt_s(index, i64x2.splat(<i64>n));
}

/** Vector `part` of the 8 lanes at `at`, with `identity` in lanes at or beyond n. */
@inline
export function lanesOf<T>(at: usize, part: i32, n: i32, identity: v128): v128 {
  const x = v128.load(at + (<usize>part << 4));
  if (n >= 8) return x;
  if (sizeof<T>() == 4) return v128.bitselect(x, identity, below32(part, n));
  return v128.bitselect(x, identity, below64(part, n));
}

@inline
function combine<T>(kind: i32, a: v128, b: v128): v128 {
  return kind == 0 ? v128.add<T>(a, b) : v128.pmax<T>(a, b);
}

/** The tree over 8 lanes held in two (f32) or four (f64) vectors. */
@inline
export function tree<T>(kind: i32, v0: v128, v1: v128, v2: v128, v3: v128): T {
  if (sizeof<T>() == 4) {
    const s = combine<T>(kind, v0, v1);
    const t = combine<T>(kind, s, v128.shuffle<i32>(s, s, 2, 3, 0, 1));
    return v128.extract_lane<T>(combine<T>(kind, t, v128.shuffle<i32>(t, t, 1, 0, 3, 2)), 0);
  }
  const s = combine<T>(kind, combine<T>(kind, v0, v2), combine<T>(kind, v1, v3));
  return v128.extract_lane<T>(combine<T>(kind, s, v128.shuffle<i64>(s, s, 1, 0)), 0);
}

/** Sum (kind 0) or maximum (kind 1) of n numbers. */
@inline
export function reduceRun<T>(kind: i32, at: usize, n: i32): T {
  const identity = v128.splat<T>(kind == 0 ? <T>0 : <T>-Infinity);
  let v0 = lanesOf<T>(at, 0, n, identity);
  let v1 = lanesOf<T>(at, 1, n, identity);
  let v2 = identity, v3 = identity;
  if (sizeof<T>() == 8) {
    v2 = lanesOf<T>(at, 2, n, identity);
    v3 = lanesOf<T>(at, 3, n, identity);
  }
  for (let j = 8; j < n; j += 8) {
    at += sizeof<T>() << 3;
    v0 = combine<T>(kind, v0, lanesOf<T>(at, 0, n - j, identity));
    v1 = combine<T>(kind, v1, lanesOf<T>(at, 1, n - j, identity));
    if (sizeof<T>() == 8) {
      v2 = combine<T>(kind, v2, lanesOf<T>(at, 2, n - j, identity));
      v3 = combine<T>(kind, v3, lanesOf<T>(at, 3, n - j, identity));
    }
  }
  return tree<T>(kind, v0, v1, v2, v3);
}

@inline
export function flushed<T>(x: T): T {
  return v128.extract_lane<T>(flush<T>(v128.splat<T>(x)), 0);
}
