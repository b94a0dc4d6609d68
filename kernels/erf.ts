// erf: x + x·p(x²) up to 1, and 1 − exp(log(erfc|x|)) with a polynomial for the logarithm beyond.

import { flush, signBit } from './bits';
import { boundedExp } from './exp';
import { madd } from './madd';
import { horner } from './polynomial';

/** (erf(x) − x)/x as a function of x², for |x| ≤ 1. */
@inline
function centre<T>(square: v128): v128 {
  if (sizeof<T>() == 4) {
    let sum = v128.splat<T>(<T>7.8346995e-05);
    sum = horner<T>(sum, square, -0.000800463313);
    sum = horner<T>(sum, square, 0.00518774055);
    sum = horner<T>(sum, square, -0.0268535465);
    sum = horner<T>(sum, square, 0.11283581);
    sum = horner<T>(sum, square, -0.37612626);
    return horner<T>(sum, square, 0.128379166);
  }
  let sum = v128.splat<T>(<T>1.3897652908072373e-10);
  sum = horner<T>(sum, square, -1.6181320081680294e-09);
  sum = horner<T>(sum, square, 1.5934855116431538e-08);
  sum = horner<T>(sum, square, -1.6544750942111522e-07);
  sum = horner<T>(sum, square, 1.647982670891869e-06);
  sum = horner<T>(sum, square, -1.49268010477631e-05);
  sum = horner<T>(sum, square, 0.0001205538272537473);
  sum = horner<T>(sum, square, -0.0008548328438674821);
  sum = horner<T>(sum, square, 0.0052239776510051);
  sum = horner<T>(sum, square, -0.02686617064786472);
  sum = horner<T>(sum, square, 0.11283791670970317);
  sum = horner<T>(sum, square, -0.37612638903184087);
  return horner<T>(sum, square, 0.1283791670955126);
}

/** log(erfc(t + 2)) for t in [−1, 2] (f32) or [−1, 4] (f64). */
@inline
function logTail<T>(t: v128): v128 {
  if (sizeof<T>() == 4) {
    let sum = v128.splat<T>(<T>-9.2608916e-06);
    sum = horner<T>(sum, t, 0.000166040831);
    sum = horner<T>(sum, t, -0.000718604424);
    sum = horner<T>(sum, t, 0.0035551961);
    sum = horner<T>(sum, t, -0.0164792687);
    sum = horner<T>(sum, t, -0.923752725);
    sum = horner<T>(sum, t, -4.41815996);
    return horner<T>(sum, t, -5.36494112);
  }
  let sum = v128.splat<T>(<T>1.0716829466574855e-12);
  sum = horner<T>(sum, t, -1.0264711239074418e-11);
  sum = horner<T>(sum, t, 3.7307217377158546e-11);
  sum = horner<T>(sum, t, -4.2084671667802263e-11);
  sum = horner<T>(sum, t, -2.744972841278088e-10);
  sum = horner<T>(sum, t, 2.536166618330658e-09);
  sum = horner<T>(sum, t, -1.395019551722019e-08);
  sum = horner<T>(sum, t, 5.780211317078692e-08);
  sum = horner<T>(sum, t, -1.7320474572510054e-07);
  sum = horner<T>(sum, t, 2.0363787193203315e-07);
  sum = horner<T>(sum, t, 1.9521927958528736e-06);
  sum = horner<T>(sum, t, -2.070643024548946e-05);
  sum = horner<T>(sum, t, 0.0001353093355911916);
  sum = horner<T>(sum, t, -0.0007323993862529815);
  sum = horner<T>(sum, t, 0.003570756345894153);
  sum = horner<T>(sum, t, -0.01646511813683473);
  sum = horner<T>(sum, t, -0.9237508418237792);
  sum = horner<T>(sum, t, -4.418160805994416);
  return horner<T>(sum, t, -5.364941264616638);
}

/** Error function in each lane, for all reals; error ≤ 1.2 ulp. */
@inline
export function verf<T>(x: v128): v128 {
  const one = v128.splat<T>(1);
  const size = v128.abs<T>(x);
  // Beyond the bound erf is 1.
  const bounded = v128.pmin<T>(size, v128.splat<T>(sizeof<T>() == 4 ? 4 : 6));
  const tail = boundedExp<T>(logTail<T>(v128.sub<T>(bounded, v128.splat<T>(2))));
  const outer = v128.sub<T>(one, tail);
  const inner = madd<T>(size, centre<T>(v128.mul<T>(size, size)), size);
  const value = v128.bitselect(outer, inner, v128.ge<T>(size, one)); // inner for NaN
  return flush<T>(v128.or(value, v128.and(x, signBit<T>())));
}
