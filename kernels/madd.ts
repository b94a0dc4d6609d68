// Fused multiply-add, the one rounding on which every kernel's arithmetic rests: IEEE 754 fusedMultiplyAdd(a, b, c).
// With relaxed SIMD it is the instruction (fused on every processor that has one; a known-answer test decides at start),
// otherwise the exact emulation, so that both builds give the same bits.

import { fused } from './fused';

/** a·b + c in each lane with one rounding; T is f32 (four lanes) or f64 (two). */
@inline
export function madd<T>(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return v128.relaxed_madd<T>(a, b, c);
  return fused<T>(a, b, c);
}

/** a·b + c with one rounding, for T = f32 or f64. */
@inline
export function maddScalar<T>(a: T, b: T, c: T): T {
  return v128.extract_lane<T>(madd<T>(v128.splat<T>(a), v128.splat<T>(b), v128.splat<T>(c)), 0);
}
