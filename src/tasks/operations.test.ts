import fc from 'fast-check';
import { expect, test } from 'vitest';
import { operations } from '../config/tasks/modular.ts';
import { inverseModulo, operationModulo } from './operations.ts';

const prime = fc.constantFrom(2, 3, 5, 53, 97, 113, 9973, 46337);
const residues = (N: number) => fc.tuple(fc.constant(N), fc.nat(N - 1), fc.nat(N - 1));
/** N, a and b; composite moduli too. */
const anyModulus = fc.integer({ min: 2, max: 46340 }).chain(residues);
const primeModulus = prime.chain(residues);

/** The operations written as polynomials over the integers, without any reduction on the way. */
const polynomials: Record<string, (a: bigint, b: bigint) => bigint> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  'x^2+y^2': (a, b) => a ** 2n + b ** 2n,
  'x^2+xy+y^2': (a, b) => a ** 2n + a * b + b ** 2n,
  'x^3+xy': (a, b) => a ** 3n + a * b,
  'x^3+xy^2+y': (a, b) => a ** 3n + a * b ** 2n + b,
};

test.each(Object.keys(polynomials))('%s is its polynomial, reduced modulo N', (op) => {
  const name = operations.find((known) => known === op) ?? 'add';
  fc.assert(
    fc.property(anyModulus, ([N, a, b]) => {
      const exact = polynomials[op](BigInt(a), BigInt(b));
      const modulus = BigInt(N);
      expect(operationModulo(name, N)(a, b)).toBe(Number(((exact % modulus) + modulus) % modulus));
    }),
  );
});

test('dividing and multiplying again gives the dividend', () => {
  fc.assert(
    fc.property(primeModulus, ([N, a, b]) => {
      fc.pre(b !== 0);
      expect(operationModulo('mul', N)(operationModulo('div', N)(a, b), b)).toBe(a);
    }),
  );
});

test.each(operations)('%s gives a residue', (op) => {
  fc.assert(
    fc.property(primeModulus, ([N, a, b]) => {
      fc.pre(op !== 'div' || b !== 0);
      const result = operationModulo(op, N)(a, b);
      expect(Number.isInteger(result) && result >= 0 && result < N).toBe(true);
      expect(Object.is(result, -0)).toBe(false);
    }),
  );
});

test('exactly the symmetric operations commute for every pair modulo 11', () => {
  const commutes = (op: (typeof operations)[number]) => {
    const compute = operationModulo(op, 11);
    const nonZero = Array.from({ length: 10 }, (_, index) => index + 1);
    return nonZero.every((a) => nonZero.every((b) => compute(a, b) === compute(b, a)));
  };
  expect(operations.filter(commutes)).toEqual(['add', 'mul', 'x^2+y^2', 'x^2+xy+y^2']);
});

test('a number that shares a factor with the modulus has no inverse, and the key is named', () => {
  expect(() => inverseModulo(4, 10)).toThrow('dataset.N: 4 has no inverse modulo 10');
  expect(() => inverseModulo(0, 7)).toThrow(RangeError);
  expect(inverseModulo(3, 10)).toBe(7);
});
