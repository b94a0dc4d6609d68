// The floats of a vector seen as integers, and the rule that no subnormal is kept: T is f32 (four lanes) or f64 (two).

import { number } from './numbers';

/** Integer sum of the bit patterns, lane by lane. */
@inline
export function addBits<T>(a: v128, b: v128): v128 {
  return sizeof<T>() == 4 ? i32x4.add(a, b) : i64x2.add(a, b);
}

/** Bit patterns shifted left by as many places as leave the lowest `kept` bits. */
@inline
export function lowestBitsOnTop<T>(a: v128, kept: i32): v128 {
  return sizeof<T>() == 4 ? i32x4.shl(a, 32 - kept) : i64x2.shl(a, 64 - kept);
}

/** All ones in the lanes whose lowest bit is set. */
@inline
export function lowestBitMask<T>(a: v128): v128 {
  if (sizeof<T>() == 4) return i32x4.neg(v128.and(a, i32x4.splat(1)));
  return i64x2.neg(v128.and(a, i64x2.splat(1)));
}

/** The sign bit in every lane. */
@inline
export function signBit<T>(): v128 {
  return sizeof<T>() == 4 ? i32x4.splat(i32.MIN_VALUE) : i64x2.splat(i64.MIN_VALUE);
}

/** Magic summand 1.5·2²³ or 1.5·2⁵²: a sum with it is rounded to an integer, which its lowest bits then hold. */
@inline
export function integerShift<T>(): v128 {
  return sizeof<T>() == 4 ? f32x4.splat(12582912) : f64x2.splat(6755399441055744);
}

@inline
export function smallestNormal<T>(): T {
  return sizeof<T>() == 4 ? <T>reinterpret<f32>(0x0080_0000) : <T>reinterpret<f64>(0x0010_0000_0000_0000);
}

/** x with +0 in place of zeros and subnormals; infinities and NaN stay. */
@inline
export function flush<T>(x: v128): v128 {
  return v128.andnot(x, v128.lt<T>(v128.abs<T>(x), v128.splat<T>(smallestNormal<T>())));
}

// In memory (numbers.ts): the bits of a magnitude, and the smallest normal number.
const F32 = memory.data<u32>([0x7fff_ffff, 0x0080_0000]);
const F64 = memory.data<u64>([0x7fff_ffff_ffff_ffff, 0x0010_0000_0000_0000]);

/** The bits of a magnitude in every lane, for `flushBy`. */
@inline
export function magnitudeBits<T>(): v128 {
  return number<T>(sizeof<T>() == 4 ? F32 : F64, 0);
}

/** The smallest normal number in every lane, for `flushBy`. */
@inline
export function smallestNormals<T>(): v128 {
  return number<T>(sizeof<T>() == 4 ? F32 : F64, 1);
}

/** `flush` by two vectors that were fetched before a loop. */
@inline
export function flushBy<T>(x: v128, bits: v128, smallest: v128): v128 {
  return v128.andnot(x, v128.lt<T>(v128.and(x, bits), smallest));
}
