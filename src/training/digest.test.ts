import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { digest } from './digest.ts';
import type { Tensor } from './trainer.ts';

const W: Tensor = { dtype: 'f32', shape: [2], values: Float32Array.of(1, -2) };
const b: Tensor = { dtype: 'f64', shape: [], values: Float64Array.of(0.5) };

test('the digest is the SHA-256 of a line per tensor followed by its little-endian values', async () => {
  const bytes = Buffer.concat([
    Buffer.from('W f32 [2]\n'),
    Buffer.from('0000803f000000c0', 'hex'), // 1 and −2 in binary32
    Buffer.from('b f64 []\n'),
    Buffer.from('000000000000e03f', 'hex'), // ½ in binary64
  ]);
  const tensors = new Map([
    ['W', W],
    ['b', b],
  ]);
  expect(await digest(tensors)).toBe(createHash('sha256').update(bytes).digest('hex'));
});

test('a value that is part of a larger buffer is read where it lies', async () => {
  const values = Float32Array.of(9, 1, -2, 9).subarray(1, 3);
  expect(await digest(new Map([['W', { ...W, values }]]))).toBe(await digest(new Map([['W', W]])));
});

test('names, dtypes, shapes, values, their signs and the order all count', async () => {
  const variants = [
    new Map([['W', W]]),
    new Map([['V', W]]),
    new Map([['W', { ...W, shape: [2, 1] }]]),
    new Map([['W', { ...W, values: Float32Array.of(1, 2) }]]),
    new Map([['W', { ...W, values: Float32Array.of(-0, 0) }]]),
    new Map([['W', { ...W, values: Float32Array.of(0, 0) }]]),
    new Map([
      ['W', W],
      ['b', b],
    ]),
    new Map([
      ['b', b],
      ['W', W],
    ]),
  ];
  const digests = await Promise.all(variants.map(digest));
  expect(new Set(digests).size).toBe(variants.length);
});
