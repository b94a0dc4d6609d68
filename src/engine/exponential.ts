// The exponential in + − × alone, the same bits everywhere (Math.exp is not): x = n·ln 2 + r with |r| ≤ ½ ln 2, and
// exp(r) = 1 + r + r²·q(r), q the Taylor series; its next term is below 2⁻⁵⁷.

// ln 2 in two parts, the first with so few digits that n times it is exact.
const LN2_HIGH = 0.6931471805601177;
const LN2_LOW = -1.7239444525614835e-13;

/** 1/n! for n = 13 … 2, the highest power of r first. */
const QUOTIENT = [6227020800, 479001600, 39916800, 3628800, 362880, 40320, 5040, 720, 120, 24, 6, 2].map(
  (factorial) => 1 / factorial,
);

/** ln of the smallest normal number and of the largest number: the range of normal results, as in kernels/exp.ts. */
const LEAST = -708.396418532264;
const GREATEST = 709.782712893384;

const words = new DataView(new ArrayBuffer(8));

/** exp(x) within 1.05 ulp; +0 where the result would be subnormal, +∞ beyond the largest number, NaN for NaN. */
export function exponential(x: number): number {
  if (!(x >= LEAST && x <= GREATEST)) return x < LEAST ? 0 : x > GREATEST ? Infinity : x;
  const n = Math.floor(x * Math.LOG2E + 0.5);
  const r = x - n * LN2_HIGH - n * LN2_LOW;
  let q = QUOTIENT[0];
  for (let i = 1; i < QUOTIENT.length; i++) q = q * r + QUOTIENT[i];
  const value = 1 + (r + r * r * q);
  const doubled = n === 1024 ? 2 : 1; // 2¹⁰²⁴ itself is no number
  words.setUint32(0, (n - doubled + 1 + 1023) << 20);
  return value * doubled * words.getFloat64(0);
}
