/** exp, log, tanh, erf, sin and cos to about 2⁻²⁰⁰ by Taylor series in fixed-point BigInt: the oracle for the kernels' own. */

import { type BinaryFraction, exactly } from './binary-floats.ts';

const PLACES = 420; // binary places of the fixed point; arguments down to 2⁻¹⁰⁰ keep 300 significant bits
const ONE = 1n << BigInt(PLACES);

function times(a: bigint, b: bigint): bigint {
  return (a * b) >> BigInt(PLACES);
}

function over(a: bigint, b: bigint): bigint {
  return (a << BigInt(PLACES)) / b;
}

function fixed(x: number): bigint {
  const { significand, exponent } = exactly(x);
  const shift = exponent + PLACES;
  return shift >= 0 ? significand << BigInt(shift) : significand >> BigInt(-shift);
}

function fraction(value: bigint, powerOfTwo = 0): BinaryFraction {
  return { significand: value, exponent: powerOfTwo - PLACES };
}

/** Sum of the terms first, next(first, 1), next(…, 2), … until they vanish. */
function series(first: bigint, next: (term: bigint, index: bigint) => bigint): bigint {
  let sum = first;
  let term = first;
  for (let index = 1n; term > 1n || term < -1n; index++) {
    term = next(term, index);
    sum += term;
  }
  return sum;
}

/** atanh(1/n)-like sums: Σ s^(2i+1)/(2i+1), with alternating signs for the arc tangent. */
function inverseTangent(s: bigint, alternating: boolean): bigint {
  const square = alternating ? -times(s, s) : times(s, s);
  let sum = s;
  let power = s;
  for (let odd = 3n; power > 1n || power < -1n; odd += 2n) {
    power = times(power, square);
    sum += power / odd;
  }
  return sum;
}

const LN2 = 2n * inverseTangent(ONE / 3n, false);
const PI = 16n * inverseTangent(ONE / 5n, true) - 4n * inverseTangent(ONE / 239n, true); // Machin

function squareRoot(a: bigint): bigint {
  const target = a << BigInt(PLACES);
  let root = 1n << BigInt(PLACES + 8);
  for (;;) {
    const better = (root + target / root) >> 1n;
    if (better >= root) return root;
    root = better;
  }
}

const TWO_OVER_ROOT_PI = over(2n * ONE, squareRoot(PI));

/** e^x = value·2^power, x in fixed point. */
function exponential(x: bigint): { value: bigint; power: number } {
  const power = x / LN2;
  const rest = x - power * LN2;
  return { value: series(ONE, (term, index) => times(term, rest) / index), power: Number(power) };
}

export function exp(x: number): BinaryFraction {
  const { value, power } = exponential(fixed(x));
  return fraction(value, power);
}

/** x > 0. */
export function log(x: number): BinaryFraction {
  const { significand, exponent } = exactly(x);
  const length = significand.toString(2).length;
  let mantissa = (significand << BigInt(PLACES)) >> BigInt(length);
  let power = exponent + length;
  if (mantissa * 10n < ONE * 7n) {
    mantissa *= 2n;
    power -= 1;
  }
  return fraction(2n * inverseTangent(over(mantissa - ONE, mantissa + ONE), false) + BigInt(power) * LN2);
}

export function tanh(x: number): BinaryFraction {
  const { value, power } = exponential(2n * fixed(Math.min(Math.abs(x), 50)));
  const e = value << BigInt(power);
  const result = over(e - ONE, e + ONE);
  return fraction(x < 0 ? -result : result);
}

export function erf(x: number): BinaryFraction {
  const size = fixed(Math.min(Math.abs(x), 7));
  const square = times(size, size);
  let power = size;
  let sum = size;
  for (let n = 1n; power > 1n || power < -1n; n++) {
    power = -times(power, square) / n;
    sum += power / (2n * n + 1n);
  }
  const result = times(TWO_OVER_ROOT_PI, sum);
  return fraction(x < 0 ? -result : result);
}

function turnedSine(x: bigint, quarters: bigint): BinaryFraction {
  const quarter = PI / 2n;
  let n = (x + quarter / 2n) / quarter;
  let rest = x - n * quarter;
  if (rest < -quarter) {
    n -= 1n;
    rest += quarter;
  }
  const square = times(rest, rest);
  const quadrant = (((n + quarters) % 4n) + 4n) % 4n;
  const value =
    quadrant % 2n === 0n
      ? series(rest, (term, i) => -times(term, square) / (2n * i * (2n * i + 1n)))
      : series(ONE, (term, i) => -times(term, square) / (2n * i * (2n * i - 1n)));
  return fraction(quadrant >= 2n ? -value : value);
}

export function sin(x: number): BinaryFraction {
  return turnedSine(fixed(x), 0n);
}

export function cos(x: number): BinaryFraction {
  return turnedSine(fixed(x), 1n);
}
