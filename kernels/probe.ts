// Known-answer probe: is a multiply-add of this build fused?

import { madd } from './madd';

/** 1 when (1 + 2⁻¹²)² − (1 + 2⁻¹¹) comes out as 2⁻²⁴ (f32) and the like in f64, as only one rounding gives; else 0. */
export function probe(x: f32, y: f64): i32 {
  const a = f32x4.splat(<f32>1 + x), b = f64x2.splat(1.0 + y);
  const c = f32x4.splat(-(<f32>1 + <f32>2 * x)), d = f64x2.splat(-(1.0 + 2.0 * y));
  const single = f32x4.extract_lane(madd<f32>(a, a, c), 0) == x * x;
  const double = f64x2.extract_lane(madd<f64>(b, b, d), 0) == y * y;
  return single && double ? 1 : 0;
}
