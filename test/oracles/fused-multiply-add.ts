/** IEEE 754 fusedMultiplyAdd in exact integers: the oracle for the kernels' madd. */

import { exactly, type Format, nearest } from './binary-floats.ts';

function isNegative(x: number): boolean {
  return x < 0 || Object.is(x, -0);
}

/** a·b + c rounded once to the format, for any a, b, c of that format. */
export function fusedMultiplyAdd(a: number, b: number, c: number, format: Format): number {
  if (!Number.isFinite(a) || !Number.isFinite(b)) return a * b + c;
  if (!Number.isFinite(c)) return c;
  const x = exactly(a);
  const y = exactly(b);
  const z = exactly(c);
  const product = { significand: x.significand * y.significand, exponent: x.exponent + y.exponent };
  const common = Math.min(product.exponent, z.exponent);
  const sum =
    (product.significand << BigInt(product.exponent - common)) +
    (z.significand << BigInt(z.exponent - common));
  const productNegative = isNegative(a) !== isNegative(b);
  if (sum === 0n) {
    // Exact zeros keep the sign of two equal-signed zeros; anything that cancels is +0 in round-to-nearest.
    return product.significand === 0n && productNegative && isNegative(c) ? -0 : 0;
  }
  const rounded = nearest({ significand: sum, exponent: common }, format);
  return rounded === 0 && sum < 0n ? -0 : rounded;
}
