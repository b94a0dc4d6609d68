/** Floating-point numbers as exact binary fractions: an oracle for rounding, in BigInt. */

/** significand·2^exponent. */
export interface BinaryFraction {
  readonly significand: bigint;
  readonly exponent: number;
}

/** A binary format: precision in bits, and the exponent of its smallest subnormal's only bit. */
export interface Format {
  readonly precision: number;
  readonly leastExponent: number;
  readonly greatest: number;
}

export const F32: Format = { precision: 24, leastExponent: -149, greatest: (2 - 2 ** -23) * 2 ** 127 };
export const F64: Format = { precision: 53, leastExponent: -1074, greatest: Number.MAX_VALUE };

const view = new DataView(new ArrayBuffer(8));

/** The bits of an f64. */
export function bitsOf(x: number): bigint {
  view.setFloat64(0, x);
  return view.getBigUint64(0);
}

/** The f64 with these bits. */
export function fromBits(bits: bigint): number {
  view.setBigUint64(0, bits);
  return view.getFloat64(0);
}

/** The f32 with these bits. */
export function fromBits32(bits: number): number {
  view.setUint32(0, bits);
  return view.getFloat32(0);
}

/** A finite f64 exactly. */
export function exactly(x: number): BinaryFraction {
  const bits = bitsOf(x);
  const field = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xf_ffff_ffff_ffffn;
  const size = field === 0 ? fraction : fraction | (1n << 52n);
  return { significand: bits >> 63n ? -size : size, exponent: Math.max(field, 1) - 1075 };
}

function bitLength(x: bigint): number {
  return x === 0n ? 0 : x.toString(2).length;
}

/** a·2^-drop, to the nearest integer with ties to even (a ≥ 0, drop ≥ 0). */
function shiftRounded(a: bigint, drop: number): bigint {
  if (drop === 0) return a;
  const kept = a >> BigInt(drop);
  const rest = a - (kept << BigInt(drop));
  const half = 1n << BigInt(drop - 1);
  return rest > half || (rest === half && kept & 1n) ? kept + 1n : kept;
}

/** The number of the format nearest to the fraction, ties to even; ±∞ on overflow. A zero fraction gives +0. */
export function nearest({ significand, exponent }: BinaryFraction, format: Format): number {
  const size = significand < 0n ? -significand : significand;
  const unit = Math.max(exponent + bitLength(size) - format.precision, format.leastExponent);
  const whole = unit >= exponent ? shiftRounded(size, unit - exponent) : size << BigInt(exponent - unit);
  // 2^unit in two factors: it may lie below or above what one f64 can hold.
  const half = Math.trunc(unit / 2);
  const value = Number(whole) * 2 ** half * 2 ** (unit - half);
  const rounded = value > format.greatest ? Infinity : value;
  return significand < 0n ? -rounded : rounded;
}

/** |computed − exact| in units in the last place of the exact value's binade (normal numbers; both finite). */
export function ulpsBetween(computed: number, exact: BinaryFraction, format: Format): number {
  const mine = exactly(computed);
  const common = BigInt(Math.min(mine.exponent, exact.exponent));
  const difference =
    (mine.significand << (BigInt(mine.exponent) - common)) -
    (exact.significand << (BigInt(exact.exponent) - common));
  const size = exact.significand < 0n ? -exact.significand : exact.significand;
  const unit = BigInt(exact.exponent + bitLength(size) - format.precision) - common;
  const scale = 40n; // fractions of a unit in 40 bits
  const scaled = unit > scale ? difference >> (unit - scale) : difference << (scale - unit);
  return Math.abs(Number(scaled)) / 2 ** 40;
}
