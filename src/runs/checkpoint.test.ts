import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from './checkpoint.ts';
import { SafetensorsError, type Tensor, tensorOf } from './safetensors.ts';

const checkpoint: Checkpoint = {
  step: 500,
  runId: 'ab'.repeat(32),
  numericVersion: '1',
  tensors: new Map<string, Tensor>([
    ['embed.W_E', tensorOf([2, 2], Float32Array.of(1, -0, 0.1, 3))],
    ['adam.v', tensorOf([1], Float64Array.of(1e-300))],
  ]),
  scalars: { step: 500, streams: { order: 12, name: 'ä"sha256":"' }, best: [0.5, null, true] },
  metricsRows: 12,
};
const bytes = encodeCheckpoint(checkpoint);

test('a checkpoint is read as it was written', () => {
  expect(decodeCheckpoint(bytes)).toEqual(checkpoint);
});

test('numbers among the scalars keep their bits', () => {
  fc.assert(
    fc.property(fc.double({ noDefaultInfinity: true, noNaN: true }), (value) => {
      const { scalars } = decodeCheckpoint(encodeCheckpoint({ ...checkpoint, scalars: { value } }));
      expect(scalars.value).toBe(value);
    }),
  );
});

test('scalars that JSON would falsify are refused', () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 1n, () => 0]) {
    expect(() => encodeCheckpoint({ ...checkpoint, scalars: { value } })).toThrow('internal:');
  }
});

test('the same state gives the same bytes', () => {
  const again = { ...checkpoint, tensors: new Map([...checkpoint.tensors].reverse()) };
  expect(encodeCheckpoint(again)).toEqual(bytes);
});

test('a flip of any single bit is noticed', () => {
  const changed = bytes.slice();
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    changed[bit >> 3] ^= 1 << (bit & 7);
    expect(() => decodeCheckpoint(changed), `bit ${bit}`).toThrow(SafetensorsError);
    changed[bit >> 3] ^= 1 << (bit & 7);
  }
});

test('a cut at any byte is noticed', () => {
  for (let length = 0; length < bytes.length; length++) {
    expect(() => decodeCheckpoint(bytes.subarray(0, length)), `${length} bytes`).toThrow(SafetensorsError);
  }
});

test('any change of a run of bytes is noticed', () => {
  const place = fc.nat(bytes.length - 1);
  fc.assert(
    fc.property(place, fc.uint8Array({ minLength: 1, maxLength: 80 }), (start, noise) => {
      const changed = bytes.slice();
      changed.set(noise.subarray(0, bytes.length - start), start);
      fc.pre(Buffer.compare(changed, bytes) !== 0);
      expect(() => decodeCheckpoint(changed)).toThrow(SafetensorsError);
    }),
  );
});
