import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  decodeSafetensors,
  encodeSafetensors,
  SafetensorsError,
  type Tensor,
  tensorOf,
} from './safetensors.ts';

/** Written by the reference implementation: test/fixtures/make_safetensors.py. */
const fixture = new Uint8Array(
  readFileSync(new URL('../../test/fixtures/safetensors.safetensors', import.meta.url)),
);

const noise = fc.noShrink(fc.uint8Array({ minLength: 64, maxLength: 64 }));

/** Tensors with arbitrary bits in them: NaN payloads, −0 and subnormals too. */
const tensor: fc.Arbitrary<Tensor> = fc
  .record({
    dtype: fc.constantFrom('I64', 'F64', 'F32', 'U32', 'I32', 'U8', 'BOOL'),
    shape: fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 3 }),
    noise,
  })
  .map(({ dtype, shape, noise }) => {
    const count = shape.reduce((product, size) => product * size, 1);
    const { buffer } = noise.slice();
    const data = {
      I64: () => new BigInt64Array(buffer, 0, count),
      F64: () => new Float64Array(buffer, 0, count),
      F32: () => new Float32Array(buffer, 0, count),
      U32: () => new Uint32Array(buffer, 0, count),
      I32: () => new Int32Array(buffer, 0, count),
      U8: () => new Uint8Array(buffer, 0, count),
      BOOL: () => new Uint8Array(buffer, 0, count).map((byte) => byte & 1),
    }[dtype]();
    return dtype === 'BOOL' ? { dtype, shape, data: data as Uint8Array } : tensorOf(shape, data);
  });

const name = fc
  .oneof(fc.string(), fc.constantFrom('__proto__', '0', 'constructor'))
  .filter((n) => n !== '__metadata__');
const tensors = fc.array(fc.tuple(name, tensor), { maxLength: 5 }).map((entries) => new Map(entries));
const metadata = fc.dictionary(fc.string(), fc.string(), { maxKeys: 3, noNullPrototype: true });

function bits(map: ReadonlyMap<string, Tensor>) {
  return new Map(
    [...map].map(([key, { dtype, shape, data }]) => [
      key,
      [dtype, shape, [...new Uint8Array(data.buffer, data.byteOffset, data.byteLength)]],
    ]),
  );
}

test('what is decoded has the bits that were encoded', () => {
  fc.assert(
    fc.property(tensors, metadata, (map, notes) => {
      const decoded = decodeSafetensors(encodeSafetensors(map, notes));
      expect(bits(decoded.tensors)).toEqual(bits(map));
      expect(decoded.metadata).toEqual(notes);
    }),
  );
});

test('the bytes do not depend on the order of tensors and metadata', () => {
  fc.assert(
    fc.property(tensors, metadata, (map, notes) => {
      const backwards = new Map([...map].reverse());
      const reversed = Object.fromEntries(Object.entries(notes).reverse());
      expect(encodeSafetensors(backwards, reversed)).toEqual(encodeSafetensors(map, notes));
    }),
  );
});

test('a file of the reference implementation is read', () => {
  const { tensors, metadata } = decodeSafetensors(fixture);
  expect(metadata).toEqual({ note: 'a "quoted" ü' });
  expect(tensors.get('blocks.0.mlp.W_in')).toEqual({
    dtype: 'F32',
    shape: [2, 3],
    data: Float32Array.of(1.5, -2.25, 3e-40, Number.POSITIVE_INFINITY, Number.NaN, -0),
  });
  expect(tensors.get('double')?.data).toEqual(Float64Array.of(0.1, 1e300));
  expect(tensors.get('scalar')).toEqual({ dtype: 'I64', shape: [], data: BigInt64Array.of(7n) });
  expect(tensors.get('empty')?.shape).toEqual([0, 3]);
  expect(tensors.get('steps')?.data).toEqual(Int32Array.of(-1, 2 ** 31 - 1));
  expect(tensors.get('seeds')?.data).toEqual(Uint32Array.of(2 ** 32 - 1));
  expect(tensors.get('bytes')?.data).toEqual(Uint8Array.of(0, 127, 255));
  expect(tensors.get('mask')).toEqual({ dtype: 'BOOL', shape: [3], data: Uint8Array.of(1, 0, 1) });
  expect(tensors.get('ärger')?.data).toEqual(Float32Array.of(1));
});

test('the bytes are those the reference implementation writes', () => {
  const { tensors, metadata } = decodeSafetensors(fixture);
  expect(encodeSafetensors(tensors, metadata)).toEqual(fixture);
});

test('a view into a larger buffer, as Node reads small files, gives tensors of their own', () => {
  const pool = Buffer.alloc(fixture.length + 8);
  pool.set(fixture, 3);
  const { tensors } = decodeSafetensors(pool.subarray(3, 3 + fixture.length));
  pool.fill(0);
  expect(tensors.get('double')?.data).toEqual(Float64Array.of(0.1, 1e300));
});

test('cut off at any byte, or one byte too long, it is refused', () => {
  for (let length = 0; length < fixture.length; length++) {
    expect(() => decodeSafetensors(fixture.subarray(0, length)), `${length} bytes`).toThrow(/it is cut off/);
  }
  const longer = new Uint8Array(fixture.length + 1);
  longer.set(fixture);
  expect(() => decodeSafetensors(longer)).toThrow(/it is too long: 671 bytes where 670 were expected/);
});

test('any bytes are either read or refused with a SafetensorsError', () => {
  fc.assert(
    fc.property(fc.nat(fixture.length - 1), fc.nat(255), (position, byte) => {
      const changed = fixture.slice();
      changed[position] = byte;
      try {
        decodeSafetensors(changed);
      } catch (error) {
        expect(error).toBeInstanceOf(SafetensorsError);
      }
    }),
  );
});

function withHeader(header: string, data = 0): Uint8Array {
  const bytes = new Uint8Array(8 + header.length + data);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
  bytes.set(new TextEncoder().encode(header), 8);
  return bytes;
}

test.each([
  ['[]', 0, /not a JSON object/],
  ['{"a":', 0, /not JSON/],
  ['{"a":{"dtype":"BF16","shape":[1],"data_offsets":[0,2]}}', 2, /dtype BF16, read are I64, F64/],
  ['{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}', 4, /no readable shape/],
  ['{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}', 4, /F32 of shape \[2\], takes 4 bytes/],
  ['{"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}', 2, /begins at byte 1 of the data, expected 0/],
  [
    '{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}',
    3,
    /'b' begins at byte 1 of the data, expected 2/,
  ],
  ['{"__metadata__":{"a":1}}', 0, /metadata 'a' is not a string/],
])('the header %s is refused', (header, data, message) => {
  expect(() => decodeSafetensors(withHeader(header, data))).toThrow(message);
});

test('data that do not fit shape or dtype are refused', () => {
  const short: Tensor = { dtype: 'F32', shape: [2, 2], data: new Float32Array(3) };
  expect(() => encodeSafetensors(new Map([['w', short]]))).toThrow(
    "tensor 'w' of dtype F32 and shape [2,2] needs 4 entries in a Float32Array, got 3 in a Float32Array",
  );
});
