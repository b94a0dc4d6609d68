import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeNpy, encodeNpy, type NpyArray, NpyError } from './npy.ts';

/** Written by NumPy: test/fixtures/make_npy.py. */
function fixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`../../test/fixtures/npy/${name}.npy`, import.meta.url)));
}

const ofNumpy: Record<string, NpyArray> = {
  f32: {
    dtype: 'f32',
    shape: [2, 3],
    data: Float32Array.of(1.5, -2.25, 3e-40, Number.POSITIVE_INFINITY, Number.NaN, -0),
  },
  f64: { dtype: 'f64', shape: [2], data: Float64Array.of(0.1, 1e300) },
  i32: { dtype: 'i32', shape: [1, 2, 1], data: Int32Array.of(-1, 2 ** 31 - 1) },
  scalar: { dtype: 'f64', shape: [], data: Float64Array.of(0.5) },
  empty: { dtype: 'f32', shape: [0, 3], data: new Float32Array() },
};

test.each(Object.entries(ofNumpy))(
  "NumPy's array %s is read, and written to the same bytes",
  (name, array) => {
    expect(decodeNpy(fixture(name))).toEqual(array);
    expect(encodeNpy(array)).toEqual(fixture(name));
  },
);

/** Arrays with arbitrary bits in them: NaN payloads, −0 and subnormals too. */
const anyArray: fc.Arbitrary<NpyArray> = fc
  .record({
    dtype: fc.constantFrom('f32' as const, 'f64' as const, 'i32' as const),
    shape: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 4 }),
    noise: fc.noShrink(fc.uint8Array({ minLength: 648, maxLength: 648 })),
  })
  .map(({ dtype, shape, noise }) => {
    const count = shape.reduce((product, size) => product * size, 1);
    const { buffer } = noise.slice();
    if (dtype === 'f32') return { dtype, shape, data: new Float32Array(buffer, 0, count) };
    if (dtype === 'f64') return { dtype, shape, data: new Float64Array(buffer, 0, count) };
    return { dtype, shape, data: new Int32Array(buffer, 0, count) };
  });

function bits({ dtype, shape, data }: NpyArray) {
  return [dtype, shape, [...new Uint8Array(data.buffer, data.byteOffset, data.byteLength)]];
}

test('what is decoded has the bits that were encoded, from an aligned start of the entries on', () => {
  fc.assert(
    fc.property(anyArray, (array) => {
      const bytes = encodeNpy(array);
      expect((bytes.length - array.data.byteLength) % 64).toBe(0);
      expect(bits(decodeNpy(bytes))).toEqual(bits(array));
    }),
  );
});

test('a view into a larger buffer, as Node reads small files, gives an array of its own', () => {
  const bytes = fixture('f64');
  const pool = Buffer.alloc(bytes.length + 8);
  pool.set(bytes, 3);
  const { data } = decodeNpy(pool.subarray(3, 3 + bytes.length));
  pool.fill(0);
  expect(data).toEqual(Float64Array.of(0.1, 1e300));
});

test('cut off at any byte, or one byte too long, it is refused', () => {
  const bytes = fixture('f32');
  for (let length = 0; length < bytes.length; length++) {
    expect(() => decodeNpy(bytes.subarray(0, length)), `${length} bytes`).toThrow(/it is cut off/);
  }
  expect(() => decodeNpy(Uint8Array.of(...bytes, 0))).toThrow(
    'it is too long: 153 bytes where 152 were expected',
  );
});

test('any bytes are either read or refused with a NpyError', () => {
  const bytes = fixture('i32');
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.nat(255), (position, byte) => {
      const changed = bytes.slice();
      changed[position] = byte;
      try {
        decodeNpy(changed);
      } catch (error) {
        expect(error).toBeInstanceOf(NpyError);
      }
    }),
    { numRuns: 500 },
  );
});

function withHeader(header: string, version = [1, 0]): Uint8Array {
  const text = new TextEncoder().encode(header);
  return Uint8Array.of(0x93, ...Buffer.from('NUMPY'), ...version, text.length, 0, ...text);
}

test('keys in another order, other quotes and spaces are read', () => {
  const header = `{"shape":(0,),"fortran_order":False,"descr":"<i4"}\n`;
  expect(decodeNpy(withHeader(header))).toEqual({ dtype: 'i32', shape: [0], data: new Int32Array() });
});

test.each([
  ['another format', new TextEncoder().encode('PK\x03\x04 zipped'), 'it does not begin as a .npy file'],
  ['version 2.0', withHeader('{}\n', [2, 0]), 'it is a .npy file of version 2.0, read is version 1.0'],
  ['an empty header', withHeader('{}\n'), 'its header does not say descr, fortran_order and shape'],
  [
    'a shape of words',
    withHeader(`{'descr': '<f4', 'fortran_order': False, 'shape': (1 2,), }\n`),
    'its shape (1 2,) is none',
  ],
  [
    'too many entries to count',
    withHeader(`{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999,), }\n`),
    'its shape (99999999999999999,) is none',
  ],
  [
    'column-major order',
    fixture('fortran'),
    'it is in column-major (Fortran) order, read is row-major order',
  ],
  ['another number format', fixture('i64'), "its entries are of type '<i8', read are <f4, <f8, <i4"],
])('%s is refused', (_, bytes, message) => {
  expect(() => decodeNpy(bytes)).toThrow(message);
});

test('data that do not fit shape or dtype are not written', () => {
  expect(() => encodeNpy({ dtype: 'f32', shape: [2, 2], data: new Float32Array(3) })).toThrow(
    'an array of dtype f32 and shape [2,2] needs 4 entries in a Float32Array, got 3 in a Float32Array',
  );
  expect(() => encodeNpy({ dtype: 'f64', shape: [-1, -1], data: new Float64Array(1) })).toThrow(NpyError);
});
