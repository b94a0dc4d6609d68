// log by atanh: x = 2^k·(1 + f) with 1 + f in [√½, √2), s = f/(2 + f), and
// log(1 + f) = 2·atanh(s) = f − (f²/2 − s·(f²/2 + R)), the arrangement of fdlibm's e_log.c.

import { smallestNormal } from './bits';
import { madd } from './madd';
import { horner } from './polynomial';

/** (2·atanh(s) − 2s)/s³ as a function of s². */
@inline
function quotient<T>(square: v128): v128 {
  if (sizeof<T>() == 4) {
    let sum = v128.splat<T>(<T>0.242581487);
    sum = horner<T>(sum, square, 0.284995586);
    sum = horner<T>(sum, square, 0.400009662);
    return horner<T>(sum, square, 0.666666627);
  }
  let sum = v128.splat<T>(<T>0.1481167280251948);
  sum = horner<T>(sum, square, 0.1531255488303279);
  sum = horner<T>(sum, square, 0.18183619664469644);
  sum = horner<T>(sum, square, 0.2222219757196005);
  sum = horner<T>(sum, square, 0.2857142875148572);
  sum = horner<T>(sum, square, 0.39999999999376945);
  return horner<T>(sum, square, 0.666666666666674);
}

/** k of x = 2^k·(1 + f) as a float, for positive normal x. */
@inline
function exponentOf<T>(offsetBits: v128): v128 {
  if (sizeof<T>() == 4) return f32x4.convert_i32x4_s(i32x4.shr_s(offsetBits, 23));
  const k = i64x2.shr_s(offsetBits, 52);
  return f64x2.convert_low_i32x4_s(i32x4.shuffle(k, k, 0, 2, 0, 2));
}

/** 1 + f of x = 2^k·(1 + f). */
@inline
function mantissaOf<T>(offsetBits: v128): v128 {
  if (sizeof<T>() == 4) return i32x4.add(v128.and(offsetBits, i32x4.splat(0x007f_ffff)), i32x4.splat(ROOT_HALF_32));
  return i64x2.add(v128.and(offsetBits, i64x2.splat(0x000f_ffff_ffff_ffff)), i64x2.splat(ROOT_HALF_64));
}

// Bit patterns of √½.
const ROOT_HALF_32: i32 = 0x3f35_04f3;
const ROOT_HALF_64: i64 = 0x3fe6_a09e_667f_3bcd;

/**
 * Natural logarithm in each lane; error ≤ 0.85 ulp.
 * Zeros and positive subnormals give −∞, negative numbers NaN, +∞ gives +∞.
 */
@inline
export function vlog<T>(x: v128): v128 {
  const offset = sizeof<T>() == 4 ? i32x4.sub(x, i32x4.splat(ROOT_HALF_32)) : i64x2.sub(x, i64x2.splat(ROOT_HALF_64));
  const k = exponentOf<T>(offset);
  const f = v128.sub<T>(mantissaOf<T>(offset), v128.splat<T>(1));
  const s = v128.div<T>(f, v128.add<T>(f, v128.splat<T>(2)));
  const square = v128.mul<T>(s, s);
  const halfF = v128.mul<T>(v128.mul<T>(f, f), v128.splat<T>(0.5));
  const rest = madd<T>(square, quotient<T>(square), halfF);
  // ln 2 = a + b; a has so few digits that k·a is exact.
  const a: f64 = sizeof<T>() == 4 ? 0.69317626953125 : 0.6931471805601177;
  const b: f64 = sizeof<T>() == 4 ? -2.90889711e-5 : -1.7239444525614835e-13;
  const small = v128.sub<T>(madd<T>(s, rest, v128.mul<T>(k, v128.splat<T>(<T>b))), halfF);
  const value = madd<T>(k, v128.splat<T>(<T>a), v128.add<T>(f, small));
  const positive = v128.bitselect(value, v128.splat<T>(<T>-Infinity), v128.ge<T>(x, v128.splat<T>(smallestNormal<T>())));
  // +∞ and NaN are their own logarithms; what is below zero has none.
  const finite = v128.bitselect(positive, v128.abs<T>(x), v128.lt<T>(x, v128.splat<T>(<T>Infinity)));
  const invalid = v128.lt<T>(x, v128.splat<T>(0));
  return v128.or(finite, invalid);
}
