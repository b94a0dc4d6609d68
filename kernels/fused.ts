// Fused multiply-add from ordinary arithmetic: an exact sum in pieces, rounded to odd before the last rounding
// (S. Boldo and G. Melquiond, Emulation of a FMA and correctly rounded sums: proved algorithms using rounding to odd,
// IEEE Trans. Computers 57, 2008). Same bits as the instruction; subnormals, overflow, infinities, zero signs included.

import { exactFusedF64 } from './exact';

/** Moves an even x, rounded to nearest, one step towards what rounding took: x + error rounded to odd. */
@inline
function roundToOdd(x: v128, error: v128): v128 {
  const inexact = f64x2.gt(f64x2.abs(error), f64x2.splat(0)); // false for NaN, the error of an infinite sum
  const even = i64x2.eq(v128.and(x, i64x2.splat(1)), i64x2.splat(0));
  const opposite = i64x2.shr_s(v128.xor(x, error), 63); // −1 where the error points to zero
  const step = v128.or(opposite, i64x2.splat(1));
  return i64x2.add(x, v128.and(step, v128.and(inexact, even)));
}

/** What rounding took from sum = a + b (Knuth's TwoSum). */
@inline
function sumError(a: v128, b: v128, sum: v128): v128 {
  const fromB = f64x2.sub(sum, a);
  return f64x2.add(f64x2.sub(a, f64x2.sub(sum, fromB)), f64x2.sub(b, fromB));
}

@inline
function upperPair(x: v128): v128 {
  return i64x2.shuffle(x, x, 1, 1);
}

// Products of f32 are exact in f64; 53 bits rounded to odd decide any f32 rounding, subnormal or not.
@inline
function fusedLowerPair(a: v128, b: v128, c: v128): v128 {
  const product = f64x2.mul(f64x2.promote_low_f32x4(a), f64x2.promote_low_f32x4(b));
  const addend = f64x2.promote_low_f32x4(c);
  const sum = f64x2.add(product, addend);
  return f32x4.demote_f64x2_zero(roundToOdd(sum, sumError(product, addend, sum)));
}

function fusedF32x4(a: v128, b: v128, c: v128): v128 {
  return i64x2.shuffle(fusedLowerPair(a, b, c), fusedLowerPair(upperPair(a), upperPair(b), upperPair(c)), 0, 2);
}

// 2^±480 for factors, 2^±960 for addends: inside, no piece of the sum leaves the normal range.
const FACTOR_LEAST = reinterpret<f64>(<u64>(1023 - 480) << 52);
const FACTOR_MOST = reinterpret<f64>(<u64>(1023 + 480) << 52);
const ADDEND_LEAST = reinterpret<f64>(<u64>(1023 - 960) << 52);
const ADDEND_MOST = reinterpret<f64>(<u64>(1023 + 960) << 52);

/** Lanes that are zero or have a magnitude strictly between the bounds. */
@inline
function moderate(x: v128, least: f64, most: f64): v128 {
  const size = f64x2.abs(x);
  const within = v128.and(f64x2.gt(size, f64x2.splat(least)), f64x2.lt(size, f64x2.splat(most)));
  return v128.or(within, f64x2.eq(x, f64x2.splat(0)));
}

const VELTKAMP: f64 = 134217729; // 2²⁷ + 1 splits 53 bits into 26 and 26 and a sign

@inline
function upperHalf(x: v128): v128 {
  const scaled = f64x2.mul(x, f64x2.splat(VELTKAMP));
  return f64x2.sub(scaled, f64x2.sub(scaled, x));
}

/** What rounding took from product = a·b (Dekker). */
@inline
function productError(a: v128, b: v128, product: v128): v128 {
  const aHigh = upperHalf(a);
  const aLow = f64x2.sub(a, aHigh);
  const bHigh = upperHalf(b);
  const bLow = f64x2.sub(b, bHigh);
  let error = f64x2.sub(f64x2.mul(aHigh, bHigh), product);
  error = f64x2.add(error, f64x2.mul(aHigh, bLow));
  error = f64x2.add(error, f64x2.mul(aLow, bHigh));
  return f64x2.add(error, f64x2.mul(aLow, bLow));
}

function fusedModerate(a: v128, b: v128, c: v128): v128 {
  const product = f64x2.mul(a, b);
  const productLow = productError(a, b, product);
  const inner = f64x2.add(c, productLow);
  const innerLow = sumError(c, productLow, inner);
  const outer = f64x2.add(product, inner);
  const outerLow = sumError(product, inner, outer);
  const rest = f64x2.add(innerLow, outerLow);
  const result = f64x2.add(outer, roundToOdd(rest, sumError(innerLow, outerLow, rest)));
  // An exact zero takes its sign from the two terms, not from the pieces.
  return v128.bitselect(f64x2.add(product, c), result, f64x2.eq(result, f64x2.splat(0)));
}

function fusedF64x2(a: v128, b: v128, c: v128): v128 {
  const factors = v128.and(moderate(a, FACTOR_LEAST, FACTOR_MOST), moderate(b, FACTOR_LEAST, FACTOR_MOST));
  if (i64x2.all_true(v128.and(factors, moderate(c, ADDEND_LEAST, ADDEND_MOST)))) return fusedModerate(a, b, c);
  const first = exactFusedF64(f64x2.extract_lane(a, 0), f64x2.extract_lane(b, 0), f64x2.extract_lane(c, 0));
  const second = exactFusedF64(f64x2.extract_lane(a, 1), f64x2.extract_lane(b, 1), f64x2.extract_lane(c, 1));
  return f64x2.replace_lane(f64x2.splat(first), 1, second);
}

/** a·b + c in each lane with one rounding, T = f32 or f64; a call rather than inlined, for it is long. */
@inline
export function fused<T>(a: v128, b: v128, c: v128): v128 {
  return sizeof<T>() == 4 ? fusedF32x4(a, b, c) : fusedF64x2(a, b, c);
}
