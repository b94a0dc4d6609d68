// Reductions in 8 fixed lanes and a fixed tree: element j belongs to lane j mod 8; then (0+4)(1+5)(2+6)(3+7),
// (0+2)(1+3), (0+1).

import { flush } from './math';

// Kinds are types, so that a loop is compiled for each and holds nothing but its own operation.
export class Sum {}
export class Maximum {}

@inline
export function identityOf<T, Kind>(): v128 {
  if (idof<Kind>() == idof<Sum>()) return v128.splat<T>(<T>0);
  return v128.splat<T>(<T>-Infinity);
}

@inline
export function join<T, Kind>(a: v128, b: v128): v128 {
  if (idof<Kind>() == idof<Sum>()) return v128.add<T>(a, b);
  return v128.pmax<T>(a, b);
}

/** All ones in the first n of the four (f32) or two (f64) lanes. */
@inline
export function firstLanes<T>(n: i32): v128 {
  if (sizeof<T>() == 4) return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(n));
  return i64x2.lt_s(i64x2(0, 1), i64x2.splat(<i64>n));
}

/** The vector at `at` with `identity` in lanes at or beyond n. */
@inline
export function firstOf<T>(at: usize, n: i32, identity: v128): v128 {
  return v128.bitselect(v128.load(at), identity, firstLanes<T>(n));
}

/** The tree over 8 lanes held in two (f32) or four (f64) vectors. */
@inline
export function tree<T, Kind>(v0: v128, v1: v128, v2: v128, v3: v128): T {
  if (sizeof<T>() == 4) {
    const s = join<T, Kind>(v0, v1);
    const t = join<T, Kind>(s, v128.shuffle<i32>(s, s, 2, 3, 0, 1));
    return v128.extract_lane<T>(join<T, Kind>(t, v128.shuffle<i32>(t, t, 1, 0, 3, 2)), 0);
  }
  const s = join<T, Kind>(join<T, Kind>(v0, v2), join<T, Kind>(v1, v3));
  return v128.extract_lane<T>(join<T, Kind>(s, v128.shuffle<i64>(s, s, 1, 0)), 0);
}

/** Sum or maximum of n numbers. */
@inline
export function reduceRun<T, Kind>(at: usize, n: i32): T {
  const identity = identityOf<T, Kind>();
  const width = <i32>(16 / sizeof<T>());
  let v0 = identity, v1 = identity, v2 = identity, v3 = identity;
  let j = 0;
  if (n >= 8) {
    // The first block is taken as it is: a maximum keeps a NaN that stands there.
    v0 = v128.load(at);
    v1 = v128.load(at, 16);
    if (sizeof<T>() == 8) {
      v2 = v128.load(at, 32);
      v3 = v128.load(at, 48);
    }
    for (j = 8; j + 8 <= n; j += 8) {
      at += sizeof<T>() << 3;
      v0 = join<T, Kind>(v0, v128.load(at));
      v1 = join<T, Kind>(v1, v128.load(at, 16));
      if (sizeof<T>() == 8) {
        v2 = join<T, Kind>(v2, v128.load(at, 32));
        v3 = join<T, Kind>(v3, v128.load(at, 48));
      }
    }
    at += sizeof<T>() << 3;
  }
  const left = n - j;
  if (j == 0) {
    v0 = firstOf<T>(at, left, identity);
    v1 = firstOf<T>(at + 16, left - width, identity);
    if (sizeof<T>() == 8) {
      v2 = firstOf<T>(at + 32, left - 2 * width, identity);
      v3 = firstOf<T>(at + 48, left - 3 * width, identity);
    }
  } else if (left > 0) {
    v0 = join<T, Kind>(v0, firstOf<T>(at, left, identity));
    v1 = join<T, Kind>(v1, firstOf<T>(at + 16, left - width, identity));
    if (sizeof<T>() == 8) {
      v2 = join<T, Kind>(v2, firstOf<T>(at + 32, left - 2 * width, identity));
      v3 = join<T, Kind>(v3, firstOf<T>(at + 48, left - 3 * width, identity));
    }
  }
  return tree<T, Kind>(v0, v1, v2, v3);
}

@inline
export function flushed<T>(x: T): T {
  return v128.extract_lane<T>(flush<T>(v128.splat<T>(x)), 0);
}
