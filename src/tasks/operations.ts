/** The eight operations on Z_N of the grokking literature (Power et al. 2022), exact in doubles for N < 2²⁶. */
import type { Operation } from '../config/index.ts';

/** c = op(a, b) modulo N, for 0 ≤ a, b < N; div takes b ≠ 0. */
export type BinaryOperation = (a: number, b: number) => number;

/**
 * The operation as a function of residues.
 * @throws {RangeError} on calling div with a b that has no inverse modulo N
 */
export function operationModulo(op: Operation, N: number): BinaryOperation {
  const square = (x: number) => (x * x) % N;
  switch (op) {
    case 'add':
      return (a, b) => (a + b) % N;
    case 'sub':
      return (a, b) => (a - b + N) % N;
    case 'mul':
      return (a, b) => (a * b) % N;
    case 'div':
      return (a, b) => (a * inverseModulo(b, N)) % N;
    case 'x^2+y^2':
      return (a, b) => (square(a) + square(b)) % N;
    case 'x^2+xy+y^2':
      return (a, b) => (square(a) + a * b + square(b)) % N;
    case 'x^3+xy':
      return (a, b) => (a * ((square(a) + b) % N)) % N;
    case 'x^3+xy^2+y':
      return (a, b) => (a * ((square(a) + square(b)) % N) + b) % N;
  }
}

/**
 * x with b·x ≡ 1 (mod N), by the extended Euclidean algorithm: remainders r and coefficients x with r ≡ b·x throughout.
 * @throws {RangeError} if b and N have a common factor
 */
export function inverseModulo(b: number, N: number): number {
  let [r, nextR] = [b % N, N];
  let [x, nextX] = [1, 0];
  while (nextR !== 0) {
    const quotient = Math.floor(r / nextR);
    [r, nextR] = [nextR, r - quotient * nextR];
    [x, nextX] = [nextX, x - quotient * nextX];
  }
  if (r !== 1) throw new RangeError(`dataset.N: ${b} has no inverse modulo ${N}; division needs a prime N`);
  return ((x % N) + N) % N;
}
