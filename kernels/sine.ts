// sin and cos: x = n·π/2 + r + tail, |r| ≤ π/4, with π/2 in three parts (W. Cody and W. Waite, 1980) whose multiples the
// fused products keep exact.

import { flush, integerShift, lowestBitMask, lowestBitsOnTop, addBits, signBit } from './bits';
import { madd } from './madd';
import { horner } from './polynomial';

/** (sin(r) − r)/r³ as a function of r². */
@inline
function sineQuotient<T>(square: v128): v128 {
  if (sizeof<T>() == 4) {
    let sum = v128.splat<T>(<T>-0.000195084373);
    sum = horner<T>(sum, square, 0.00833210908);
    return horner<T>(sum, square, -0.166666538);
  }
  let sum = v128.splat<T>(<T>1.5893378440477447e-10);
  sum = horner<T>(sum, square, -2.5050700029836435e-08);
  sum = horner<T>(sum, square, 2.755731332650125e-06);
  sum = horner<T>(sum, square, -0.00019841269828769521);
  sum = horner<T>(sum, square, 0.008333333333321131);
  return horner<T>(sum, square, -0.16666666666666627);
}

/** (cos(r) − 1 + r²/2)/r⁴ as a function of r². */
@inline
function cosineQuotient<T>(square: v128): v128 {
  if (sizeof<T>() == 4) {
    let sum = v128.splat<T>(<T>2.44306866e-05);
    sum = horner<T>(sum, square, -0.00138873013);
    return horner<T>(sum, square, 0.0416666456);
  }
  let sum = v128.splat<T>(<T>-1.135707832828411e-11);
  sum = horner<T>(sum, square, 2.0875674063510634e-09);
  sum = horner<T>(sum, square, -2.7557313993085e-07);
  sum = horner<T>(sum, square, 2.4801587288246035e-05);
  sum = horner<T>(sum, square, -0.001388888888887215);
  return horner<T>(sum, square, 0.04166666666666659);
}

/** sin(x + quarters·π/2). */
@inline
function turned<T>(x: v128, quarters: i32): v128 {
  const shifted = madd<T>(x, v128.splat<T>(<T>0.6366197723675814), integerShift<T>());
  const n = v128.sub<T>(shifted, integerShift<T>());
  const a: f64 = sizeof<T>() == 4 ? -1.57079637 : -1.5707963267948966;
  const b: f64 = sizeof<T>() == 4 ? 4.37113883e-8 : -6.123233995736766e-17;
  const c: f64 = sizeof<T>() == 4 ? 1.71512451e-15 : 1.4973849048591698e-33;
  const near = madd<T>(n, v128.splat<T>(<T>a), x);
  const step = v128.mul<T>(n, v128.splat<T>(<T>b));
  const stepLow = madd<T>(n, v128.splat<T>(<T>b), v128.neg<T>(step));
  const r = v128.add<T>(near, step);
  const stepIn = v128.sub<T>(r, near);
  const lost = v128.add<T>(v128.sub<T>(near, v128.sub<T>(r, stepIn)), v128.sub<T>(step, stepIn));
  const tail = v128.add<T>(lost, madd<T>(n, v128.splat<T>(<T>c), stepLow));

  const square = v128.mul<T>(r, r);
  const sine = v128.add<T>(r, madd<T>(v128.mul<T>(r, square), sineQuotient<T>(square), tail));
  const bend = madd<T>(square, cosineQuotient<T>(square), v128.splat<T>(-0.5));
  const cosine = v128.add<T>(v128.splat<T>(1), madd<T>(square, bend, v128.neg<T>(v128.mul<T>(r, tail))));

  const turn = sizeof<T>() == 4 ? i32x4.splat(quarters) : i64x2.splat(quarters);
  const quadrant = addBits<T>(shifted, turn);
  const value = v128.bitselect(cosine, sine, lowestBitMask<T>(quadrant));
  const sign = v128.and(lowestBitsOnTop<T>(quadrant, 2), signBit<T>());
  const limit = v128.splat<T>(sizeof<T>() == 4 ? 131072 : 1073741824);
  const outside = v128.not(v128.le<T>(v128.abs<T>(x), limit));
  return flush<T>(v128.or(v128.xor(value, sign), outside));
}

/** sin(x) in each lane for |x| ≤ 2¹⁷ (f32) or 2³⁰ (f64), NaN beyond; error ≤ 1.2 ulp. */
@inline
export function vsin<T>(x: v128): v128 {
  return turned<T>(x, 0);
}

/** cos(x) in each lane for |x| ≤ 2¹⁷ (f32) or 2³⁰ (f64), NaN beyond; error ≤ 1.2 ulp. */
@inline
export function vcos<T>(x: v128): v128 {
  return turned<T>(x, 1);
}
