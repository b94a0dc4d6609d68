import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pairHash } from '../config/pairs.ts';
import { splitPairs } from './split.ts';

test('the hash is the exact low 32 bits, as big integers give them', () => {
  const operand = fc.integer({ min: 0, max: 46339 });
  const seed = fc.integer({ min: 0, max: 0xffffffff });
  fc.assert(
    fc.property(operand, operand, seed, (a, b, s) => {
      const exact = (BigInt(a) * 1315423911n) ^ (BigInt(b) * 2654435761n) ^ BigInt(s);
      expect(pairHash(a, b, s)).toBe(Number(BigInt.asUintN(32, exact)));
    }),
  );
});

/** All pairs modulo N as columns, row by row. */
function columns(N: number): [Int32Array, Int32Array] {
  const all = Int32Array.from({ length: N * N }, (_, example) => example);
  return [all.map((example) => Math.floor(example / N)), all.map((example) => example % N)];
}

test('a hash split sets the first tenth of the pool, in row-major order, apart as validation', () => {
  const config = { split: 'hash', train_fraction: 0.3, val_fraction: 0.1, seed: 1337 } as const;
  const { train, validation, heldOut } = splitPairs(...columns(97), config);
  const poolSize = train.length + validation.length;
  expect(validation.length).toBe(Math.floor(0.1 * poolSize));
  expect(Math.max(...validation)).toBeLessThan(Math.min(...train));
  const pool = new Set([...validation, ...train]);
  for (let a = 0; a < 97; a++)
    for (let b = 0; b < 97; b++) {
      const hash = BigInt.asUintN(32, (BigInt(a) * 1315423911n) ^ (BigInt(b) * 2654435761n) ^ 1337n);
      expect(pool.has(a * 97 + b)).toBe(Number(hash) < 0.3 * 2 ** 32);
    }
  expect(heldOut.length).toBe(97 * 97 - poolSize);
});

test('a hash split has at least one validation pair, a random one none unless asked', () => {
  const [a, b] = columns(11);
  const sizes = (split: 'hash' | 'random', val_fraction: number) =>
    splitPairs(a, b, { split, val_fraction, train_fraction: 0.5, seed: 0 }).validation.length;
  expect([sizes('hash', 0), sizes('hash', 0.001)]).toEqual([1, 1]);
  expect([sizes('random', 0), sizes('random', 0.001), sizes('random', 0.5)]).toEqual([0, 1, 30]);
});
