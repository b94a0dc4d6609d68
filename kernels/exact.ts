// Fused multiply-add of f64 in integers: a 128-bit product and sum with one rounding, ties to even. The slow road that
// fused.ts takes where pieces of f64 would overflow or underflow.

// The 128-bit register that the steps below work on: high·2⁶⁴ + low.
let high: u64 = 0;
let low: u64 = 0;

/** |x| = significand·2^exponent with the significand's top bit at 62. */
@inline
function significand(x: f64): u64 {
  const bits = reinterpret<u64>(x) & 0x7fff_ffff_ffff_ffff;
  const fraction = bits & 0x000f_ffff_ffff_ffff;
  const whole = bits >> 52 ? fraction | (1 << 52) : fraction;
  return whole << (clz(whole) - 1);
}

@inline
function exponent(x: f64): i32 {
  const bits = reinterpret<u64>(x) & 0x7fff_ffff_ffff_ffff;
  const field = <i32>(bits >> 52);
  return field ? field - 1075 - 10 : -1074 - (<i32>clz(bits) - 1);
}

function multiply(a: u64, b: u64): void {
  const aLow = a & 0xffff_ffff;
  const aHigh = a >> 32;
  const bLow = b & 0xffff_ffff;
  const bHigh = b >> 32;
  const lowest = aLow * bLow;
  const middle = aHigh * bLow + (lowest >> 32);
  const other = aLow * bHigh + (middle & 0xffff_ffff);
  low = (other << 32) | (lowest & 0xffff_ffff);
  high = aHigh * bHigh + (middle >> 32) + (other >> 32);
}

/** Shifts the register right; a 1 in the last place remembers that something was lost. */
function shiftRightSticky(places: i32): void {
  if (places == 0) return;
  let lost: u64;
  if (places >= 128) {
    lost = high | low;
    low = 0;
    high = 0;
  } else if (places >= 64) {
    lost = low | (places > 64 ? high << (128 - places) : 0);
    low = high >> (places - 64);
    high = 0;
  } else {
    lost = low << (64 - places);
    low = (low >> places) | (high << (64 - places));
    high >>= places;
  }
  low |= u64(lost != 0);
}

/** m·2^exponent, m with its top bit at 62, rounded to the nearest f64. */
function rounded(negative: bool, m: u64, exponent: i32): f64 {
  const sign = <u64>negative << 63;
  const field = exponent + 62 + 1023;
  if (field >= 2047) return reinterpret<f64>(sign | 0x7ff0_0000_0000_0000);
  const dropped = field >= 1 ? 10 : 11 - field;
  if (dropped > 63) return reinterpret<f64>(sign);
  const half: u64 = (<u64>1) << (dropped - 1);
  const rest = m & (2 * half - 1);
  let kept = m >> dropped;
  if (rest > half || (rest == half && kept & 1)) kept++;
  // The hidden bit and a carry of the rounding both add one to the exponent field.
  const base = field >= 1 ? <u64>(field - 1) << 52 : 0;
  return reinterpret<f64>(sign | (base + kept));
}

@inline
function isFinite64(x: f64): bool {
  return x - x == 0;
}

/** a·b + c with one rounding, for every a, b and c. */
export function exactFusedF64(a: f64, b: f64, c: f64): f64 {
  if (!isFinite64(a) || !isFinite64(b)) return a * b + c;
  if (!isFinite64(c)) return c;
  if (a == 0 || b == 0) return a * b + c;
  if (c == 0) return a * b;

  // Product below 2¹²⁶ with 20 zeros at its end, addend below 2¹²⁶ with 72: aligning loses a bit only where the sum
  // cannot cancel more than one.
  const productNegative = <bool>((reinterpret<u64>(a) ^ reinterpret<u64>(b)) >> 63);
  const addendNegative = <bool>(reinterpret<u64>(c) >> 63);
  const productExponent = exponent(a) + exponent(b);
  const addendExponent = exponent(c) - 63;
  const common = max(productExponent, addendExponent);
  multiply(significand(a), significand(b));
  shiftRightSticky(common - productExponent);
  const productHigh = high;
  const productLow = low;
  high = significand(c) >> 1;
  low = 0;
  shiftRightSticky(common - addendExponent);

  let negative = productNegative;
  if (productNegative == addendNegative) {
    low += productLow;
    high += productHigh + u64(low < productLow);
  } else if (high > productHigh || (high == productHigh && low > productLow)) {
    negative = addendNegative;
    high -= productHigh + u64(low < productLow);
    low -= productLow;
  } else {
    high = productHigh - high - u64(productLow < low);
    low = productLow - low;
    if ((high | low) == 0) return 0;
  }

  const zeros = <i32>(high ? clz(high) : 64 + clz(low));
  const left = zeros - 1;
  if (left >= 64) {
    high = low << (left - 64);
    low = 0;
  } else if (left > 0) {
    high = (high << left) | (low >> (64 - left));
    low <<= left;
  }
  return rounded(negative, high | u64(low != 0), common + 64 - left);
}
