// tanh: x + x³·q(x²) near zero, 1 − 2/(exp(2|x|) + 1) beyond.

import { flush, signBit } from './bits';
import { boundedExp } from './exp';
import { madd } from './madd';
import { horner } from './polynomial';

/** (tanh(x) − x)/x³ as a function of x², for |x| ≤ 0.5625. */
@inline
function quotient<T>(square: v128): v128 {
  if (sizeof<T>() == 4) {
    let sum = v128.splat<T>(<T>-0.00617463468);
    sum = horner<T>(sum, square, 0.0210033637);
    sum = horner<T>(sum, square, -0.0538363047);
    sum = horner<T>(sum, square, 0.1333244);
    return horner<T>(sum, square, -0.333333135);
  }
  let sum = v128.splat<T>(<T>-1.8888711683893278e-05);
  sum = horner<T>(sum, square, 8.233388362693382e-05);
  sum = horner<T>(sum, square, -0.0002326954702422073);
  sum = horner<T>(sum, square, 0.0005881746354810621);
  sum = horner<T>(sum, square, -0.00145547720549877);
  sum = horner<T>(sum, square, 0.0035920818260936484);
  sum = horner<T>(sum, square, -0.008863231589742997);
  sum = horner<T>(sum, square, 0.021869488323968678);
  sum = horner<T>(sum, square, -0.0539682539615908);
  sum = horner<T>(sum, square, 0.13333333333322864);
  return horner<T>(sum, square, -0.33333333333333276);
}

/** Hyperbolic tangent in each lane, for all reals; error ≤ 1.45 ulp (f32), ≤ 1.5 ulp (f64). */
@inline
export function vtanh<T>(x: v128): v128 {
  const one = v128.splat<T>(1);
  const size = v128.abs<T>(x);
  // Beyond the bound tanh is 1.
  const doubled = v128.pmin<T>(v128.add<T>(size, size), v128.splat<T>(sizeof<T>() == 4 ? 20 : 44));
  const exponential = boundedExp<T>(doubled);
  const outer = v128.sub<T>(one, v128.div<T>(v128.splat<T>(2), v128.add<T>(exponential, one)));
  const square = v128.mul<T>(size, size);
  const inner = madd<T>(v128.mul<T>(size, square), quotient<T>(square), size);
  const value = v128.bitselect(outer, inner, v128.ge<T>(size, v128.splat<T>(0.5625))); // inner for NaN
  return flush<T>(v128.or(value, v128.and(x, signBit<T>())));
}
