// The natural logarithm in + − × ÷ alone, the same bits everywhere (Math.log is not): x = 2^k·(1 + f), s = f/(2 + f),
// log(1 + f) = f − (f²/2 − s·(f²/2 + R(s²))), the arrangement of fdlibm; coefficients from test/fixtures/make_polynomials.py.

// ln 2 in two parts, the first with so few digits that k times it is exact.
const LN2_HIGH = 0.6931471805601177;
const LN2_LOW = -1.7239444525614835e-13;

const SUBNORMAL_SCALE = 2 ** 54;
const words = new DataView(new ArrayBuffer(8));

/** ln(x) for 0 < x < ∞, within 1 ulp; −∞ for 0, NaN below, x itself for +∞ and NaN. */
export function logarithm(x: number): number {
  if (!(x > 0 && x < Infinity)) return x === 0 ? -Infinity : x < 0 ? Number.NaN : x;
  if (x < 2 ** -1022) return logarithm(x * SUBNORMAL_SCALE) - 54 * LN2_HIGH - 54 * LN2_LOW;
  words.setFloat64(0, x);
  const top = words.getUint32(0);
  words.setUint32(0, (top & 0x000f_ffff) | 0x3fe0_0000); // mantissa in [½, 1)
  let k = (top >>> 20) - 1022;
  let mantissa = words.getFloat64(0);
  if (mantissa < Math.SQRT1_2) {
    mantissa *= 2;
    k--;
  }
  const f = mantissa - 1;
  const s = f / (2 + f);
  const z = s * s;
  let r = 0.1481167280251948;
  r = r * z + 0.1531255488303279;
  r = r * z + 0.18183619664469644;
  r = r * z + 0.2222219757196005;
  r = r * z + 0.2857142875148572;
  r = r * z + 0.39999999999376945;
  r = r * z + 0.666666666666674;
  const half = 0.5 * f * f;
  return k * LN2_HIGH + (f - (half - (s * (half + r * z) + k * LN2_LOW)));
}
