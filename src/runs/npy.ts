/**
 * The .npy format, version 1.0 (NumPy Enhancement Proposal 1): magic, version, the length of a header, the header as a
 * Python dictionary, then the little-endian entries in row-major order. Pure functions over bytes.
 */

const arrays = { f32: Float32Array, f64: Float64Array, i32: Int32Array } as const;
const descriptions = { f32: '<f4', f64: '<f8', i32: '<i4' } as const;

/** The number formats we read and write. */
export type NpyDtype = keyof typeof arrays;

interface NpyOf<D extends NpyDtype, A> {
  readonly dtype: D;
  /** Sizes of the axes; [] for a single number. */
  readonly shape: readonly number[];
  /** Row-major, as many entries as the shape has. */
  readonly data: A;
}

/** An array of a .npy file, row-major. */
export type NpyArray = NpyOf<'f32', Float32Array> | NpyOf<'f64', Float64Array> | NpyOf<'i32', Int32Array>;

/** What is wrong with the bytes, as the end of a sentence about the file that held them. */
export class NpyError extends Error {
  override readonly name = 'NpyError';
}

const dtypes = Object.keys(arrays) as NpyDtype[];
const magic = Uint8Array.of(0x93, ...new TextEncoder().encode('NUMPY'));
/** Magic, two bytes of version, two of the header's length. */
const preamble = magic.length + 4;
/** The entries begin at a multiple of this, so that they can be mapped into memory. */
const alignment = 64;
/** NumPy leaves room for the first axis to grow to this many digits. */
const growthDigits = 21;

function entryCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** A tuple as Python writes it: (), (3,), (3, 4). */
function tuple(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
}

/**
 * The bytes that numpy.save writes for the same array.
 * @throws NpyError when the data do not fit dtype or shape
 */
export function encodeNpy({ dtype, shape, data }: NpyArray): Uint8Array {
  if (!shape.every(isSize) || !(data instanceof arrays[dtype]) || data.length !== entryCount(shape)) {
    throw new NpyError(
      `an array of dtype ${dtype} and shape [${shape}] needs ${entryCount(shape)} entries in a ` +
        `${arrays[dtype].name}, got ${data.length} in a ${data.constructor.name}`,
    );
  }
  const entries = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const growth = shape.length === 0 ? 0 : growthDigits - String(shape[0]).length;
  const dictionary =
    `{'descr': '${descriptions[dtype]}', 'fortran_order': False, 'shape': ${tuple(shape)}, }` +
    ' '.repeat(growth);
  // As in NumPy a header that would end at the boundary by itself gets a whole further block.
  const padding = alignment - ((preamble + dictionary.length + 1) % alignment);
  const header = new TextEncoder().encode(`${dictionary}${' '.repeat(padding)}\n`);
  if (header.length > 0xffff)
    throw new NpyError(`a shape of ${shape.length} axes is too long for its header`);
  const bytes = new Uint8Array(preamble + header.length + entries.length);
  bytes.set(magic);
  bytes.set([1, 0, header.length & 0xff, header.length >> 8], magic.length);
  bytes.set(header, preamble);
  bytes.set(entries, preamble + header.length);
  return bytes;
}

/**
 * The inverse of encodeNpy; the data are a copy.
 * @throws NpyError when the bytes are cut off, too long, no such file, or of another version, order or number format
 */
export function decodeNpy(bytes: Uint8Array): NpyArray {
  if (!magic.subarray(0, bytes.length).every((byte, index) => bytes[index] === byte)) {
    throw new NpyError('it does not begin as a .npy file');
  }
  if (bytes.length < preamble) throw new NpyError(`it is cut off after ${bytes.length} bytes`);
  const [major, minor, low, high] = bytes.subarray(magic.length);
  if (major !== 1 || minor !== 0) {
    throw new NpyError(`it is a .npy file of version ${major}.${minor}, read is version 1.0`);
  }
  const start = preamble + low + 256 * high;
  if (bytes.length < start) {
    throw new NpyError(`it is cut off: the header ends at byte ${start} of ${bytes.length}`);
  }
  const { dtype, shape } = readHeader(new TextDecoder('latin1').decode(bytes.subarray(preamble, start)));
  const expected = start + entryCount(shape) * arrays[dtype].BYTES_PER_ELEMENT;
  if (bytes.length !== expected) {
    const what = bytes.length < expected ? 'it is cut off' : 'it is too long';
    throw new NpyError(`${what}: ${bytes.length} bytes where ${expected} were expected`);
  }
  const { buffer } = new Uint8Array(bytes.subarray(start));
  return { dtype, shape, data: new arrays[dtype](buffer) } as NpyArray;
}

function isSize(size: number): boolean {
  return Number.isSafeInteger(size) && size >= 0;
}

/** Keys may come in any order, as other writers have them. */
function readHeader(header: string): { dtype: NpyDtype; shape: number[] } {
  const entryOf = (key: string, value: string) =>
    new RegExp(`[{,]\\s*(["'])${key}\\1\\s*:\\s*${value}\\s*[,}]`).exec(header)?.[2];
  const description = entryOf('descr', `["']([^"']*)["']`);
  const order = entryOf('fortran_order', '(True|False)');
  const sizes = entryOf('shape', '\\(([\\d\\s,]*)\\)');
  if (!/^\{.*\}\s*\n$/s.test(header) || description === undefined || !order || sizes === undefined) {
    throw new NpyError('its header does not say descr, fortran_order and shape');
  }
  const dtype = dtypes.find((candidate) => descriptions[candidate] === description);
  if (dtype === undefined) {
    const known = Object.values(descriptions).join(', ');
    throw new NpyError(`its entries are of type '${description}', read are ${known}`);
  }
  if (order === 'True') throw new NpyError('it is in column-major (Fortran) order, read is row-major order');
  const words = sizes.split(',').map((word) => word.trim());
  if (words.at(-1) === '') words.pop();
  const shape = words.map(Number);
  if (!words.every((word) => /^\d+$/.test(word)) || !shape.every(isSize)) {
    throw new NpyError(`its shape (${sizes}) is none`);
  }
  return { dtype, shape };
}
