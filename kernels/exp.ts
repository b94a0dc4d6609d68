// exp: x = n·ln 2 + r, |r| ≤ ½ ln 2, exp(r) = 1 + r + r²·q(r).

import { addBits, lowestBitsOnTop } from './bits';
import { madd } from './madd';
import { number } from './numbers';

// log₂ e, the magic summand, −ln 2 in two parts (the first of so few digits that n times it is exact), q from the highest
// power down, 1, the least and the greatest x with a result, ∞.
const F32 = memory.data<f32>([
  1.4426950408889634, 12582912, -0.69317626953125, 2.90889711e-5, 0.00138647028, 0.00836657174, 0.0416675024, 0.166665435,
  0.49999997, 1, -87.33654, 88.72283, Infinity,
]);
const F64 = memory.data<f64>([
  1.4426950408889634, 6755399441055744, -0.6931471805601177, 1.7239444525614835e-13, 2.5058865312596096e-08,
  2.7626463444747823e-07, 2.7557391944833583e-06, 2.4801504159356426e-05, 0.0001984126973610806, 0.0013888888932559454,
  0.008333333333381685, 0.041666666666573295, 0.16666666666666602, 0.5000000000000006, 1, -708.396418532264,
  709.782712893384, Infinity,
]);
/** Where the numbers after q stand. */
const AFTER32 = 9, AFTER64 = 14;

@inline
function at<T>(i: i32): v128 {
  return number<T>(sizeof<T>() == 4 ? F32 : F64, i);
}

@inline
function after<T>(i: i32): v128 {
  return at<T>((sizeof<T>() == 4 ? AFTER32 : AFTER64) + i);
}

/** (exp(r) − 1 − r)/r² for |r| ≤ ½ ln 2. */
@inline
function quotient<T>(r: v128): v128 {
  let sum = at<T>(4);
  sum = madd<T>(sum, r, at<T>(5));
  sum = madd<T>(sum, r, at<T>(6));
  sum = madd<T>(sum, r, at<T>(7));
  sum = madd<T>(sum, r, at<T>(8));
  if (sizeof<T>() == 8) {
    sum = madd<T>(sum, r, at<T>(9));
    sum = madd<T>(sum, r, at<T>(10));
    sum = madd<T>(sum, r, at<T>(11));
    sum = madd<T>(sum, r, at<T>(12));
    sum = madd<T>(sum, r, at<T>(13));
  }
  return sum;
}

/** exp(x) in each lane without a look at the range: right where the result is a normal number; NaN may become any bits. */
@inline
export function boundedExp<T>(x: v128): v128 {
  const shifted = madd<T>(x, at<T>(0), at<T>(1));
  const n = v128.sub<T>(shifted, at<T>(1));
  let r = madd<T>(n, at<T>(2), x);
  r = madd<T>(n, at<T>(3), r);
  const less = madd<T>(v128.mul<T>(r, r), quotient<T>(r), r);
  return addBits<T>(v128.add<T>(after<T>(0), less), lowestBitsOnTop<T>(shifted, sizeof<T>() == 4 ? 9 : 12));
}

/**
 * exp(x) in each lane; error ≤ 1.05 ulp.
 * Below ln(smallest normal), −87.3365 or −708.396, the result is +0; above ln(greatest), 88.7228 or 709.783, +∞.
 */
@inline
export function vexp<T>(x: v128): v128 {
  const value = v128.and(boundedExp<T>(x), v128.ge<T>(x, after<T>(1)));
  const beyond = v128.add<T>(x, after<T>(3)); // +∞, or NaN for NaN
  return v128.bitselect(value, beyond, v128.le<T>(x, after<T>(2)));
}
