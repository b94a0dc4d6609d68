// One step of Horner's rule in fused multiply-adds; coefficients come from test/fixtures/make_polynomials.py.

import { madd } from './madd';

/** sum·x + coefficient in each lane. */
@inline
export function horner<T>(sum: v128, x: v128, coefficient: f64): v128 {
  return madd<T>(sum, x, v128.splat<T>(<T>coefficient));
}
