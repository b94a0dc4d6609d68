/**
 * Thresholds below which optimiser values count as zero, so that no product here is ever subnormal: subnormals make
 * common processors several times slower, and moving averages of a vanished gradient decay into them and stay.
 * A NaN is kept, so that divergence is seen.
 */

import type { Expr } from '../../engine/index.ts';
import { zeroBelow } from '../../engine/index.ts';

/**
 * Powers of two: 2⁻⁶⁰, 2⁻¹⁰⁰ and 2⁻¹²⁰ in f32, 2⁻⁵⁰⁰ and 2⁻¹⁰⁰⁰ in f64. The square of a gradient that is kept, times a
 * 1 − β of at least 2⁻⁶ (2⁻²² in f64), is normal, and so are the products of kept values with decay rates. Far below
 * what moves a weight: with ε = 1e-8 a gradient of 9e-19 moves it by 1e-10 of the learning rate.
 */
const THRESHOLDS = {
  f32: { gradient: 8.673617379884035e-19, value: 7.888609052210118e-31, square: 7.52316384526264e-37 },
  f64: { gradient: 3.054936363499605e-151, value: 9.332636185032189e-302, square: 9.332636185032189e-302 },
};

/** x, or 0 where |x| is below the threshold for this kind of value. */
export function flush(x: Expr, kind: 'gradient' | 'value' | 'square'): Expr {
  return zeroBelow(x, THRESHOLDS[x.dtype === 'f64' ? 'f64' : 'f32'][kind]);
}
