// exp: x = n·ln 2 + r, |r| ≤ ½ ln 2, exp(r) = 1 + r + r²·q(r).

import { addBits, integerShift, lowestBitsOnTop } from './bits';
import { madd } from './madd';
import { horner } from './polynomial';

/** (exp(r) − 1 − r)/r² for |r| ≤ ½ ln 2. */
@inline
function quotient<T>(r: v128): v128 {
  if (sizeof<T>() == 4) {
    let sum = v128.splat<T>(<T>0.00138647028);
    sum = horner<T>(sum, r, 0.00836657174);
    sum = horner<T>(sum, r, 0.0416675024);
    sum = horner<T>(sum, r, 0.166665435);
    return horner<T>(sum, r, 0.49999997);
  }
  let sum = v128.splat<T>(<T>2.5058865312596096e-08);
  sum = horner<T>(sum, r, 2.7626463444747823e-07);
  sum = horner<T>(sum, r, 2.7557391944833583e-06);
  sum = horner<T>(sum, r, 2.4801504159356426e-05);
  sum = horner<T>(sum, r, 0.0001984126973610806);
  sum = horner<T>(sum, r, 0.0013888888932559454);
  sum = horner<T>(sum, r, 0.008333333333381685);
  sum = horner<T>(sum, r, 0.041666666666573295);
  sum = horner<T>(sum, r, 0.16666666666666602);
  return horner<T>(sum, r, 0.5000000000000006);
}

/** exp(x) in each lane without a look at the range: right where the result is a normal number; NaN may become any bits. */
@inline
export function boundedExp<T>(x: v128): v128 {
  const shifted = madd<T>(x, v128.splat<T>(<T>1.4426950408889634), integerShift<T>());
  const n = v128.sub<T>(shifted, integerShift<T>());
  // ln 2 = a + b; a has so few digits that n·a is exact.
  const a: f64 = sizeof<T>() == 4 ? -0.69317626953125 : -0.6931471805601177;
  const b: f64 = sizeof<T>() == 4 ? 2.90889711e-5 : 1.7239444525614835e-13;
  let r = madd<T>(n, v128.splat<T>(<T>a), x);
  r = madd<T>(n, v128.splat<T>(<T>b), r);
  const less = madd<T>(v128.mul<T>(r, r), quotient<T>(r), r);
  const mantissa = v128.add<T>(v128.splat<T>(1), less);
  return addBits<T>(mantissa, lowestBitsOnTop<T>(shifted, sizeof<T>() == 4 ? 9 : 12));
}

/**
 * exp(x) in each lane; error ≤ 1.05 ulp.
 * Below ln(smallest normal), −87.3365 or −708.396, the result is +0; above ln(greatest), 88.7228 or 709.783, +∞.
 */
@inline
export function vexp<T>(x: v128): v128 {
  const least: f64 = sizeof<T>() == 4 ? -87.33654 : -708.396418532264;
  const most: f64 = sizeof<T>() == 4 ? 88.72283 : 709.782712893384;
  const value = v128.and(boundedExp<T>(x), v128.ge<T>(x, v128.splat<T>(<T>least)));
  const beyond = v128.add<T>(x, v128.splat<T>(<T>Infinity)); // +∞, or NaN for NaN
  return v128.bitselect(value, beyond, v128.le<T>(x, v128.splat<T>(<T>most)));
}
