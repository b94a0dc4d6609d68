/**
 * The safetensors format (huggingface/safetensors): an 8-byte little-endian header length, a JSON header padded
 * with spaces to a multiple of 8, then the tensors' little-endian data without gaps. Pure functions over bytes.
 */

const arrays = {
  I64: BigInt64Array,
  F64: Float64Array,
  F32: Float32Array,
  U32: Uint32Array,
  I32: Int32Array,
  U8: Uint8Array,
  BOOL: Uint8Array,
} as const;

/** The number formats we read and write, by their names in the file. */
export type TensorDtype = keyof typeof arrays;

/** The dtypes in the order their tensors are laid down: wide ones first keeps every tensor aligned. */
const dtypes = Object.keys(arrays) as TensorDtype[];

interface TensorOf<D extends TensorDtype, A> {
  readonly dtype: D;
  readonly shape: readonly number[];
  /** Row-major, as many entries as the shape has. BOOL: 0 or 1. */
  readonly data: A;
}

/** An array of a safetensors file, row-major. */
export type Tensor =
  | TensorOf<'I64', BigInt64Array>
  | TensorOf<'F64', Float64Array>
  | TensorOf<'F32', Float32Array>
  | TensorOf<'U32', Uint32Array>
  | TensorOf<'I32', Int32Array>
  | TensorOf<'U8' | 'BOOL', Uint8Array>;

/** What is wrong with the bytes, as the end of a sentence about the file that held them. */
export class SafetensorsError extends Error {
  override readonly name = 'SafetensorsError';
}

const metadataKey = '__metadata__';
const lengthBytes = 8;
/** The limit of the reference implementation, against headers that are none. */
const largestHeader = 100_000_000;

function entryCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * The same tensors and metadata give the same bytes, in whatever order they come: by dtype, then by name, as the
 * reference implementation writes them.
 * @throws SafetensorsError when a tensor's data do not fit its dtype or shape.
 */
export function encodeSafetensors(
  tensors: ReadonlyMap<string, Tensor>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const ordered = [...tensors].sort(
    ([nameA, a], [nameB, b]) => dtypes.indexOf(a.dtype) - dtypes.indexOf(b.dtype) || compare(nameA, nameB),
  );
  const fields: string[] = [];
  const pairs = Object.entries(metadata).sort(([a], [b]) => compare(a, b));
  if (pairs.length > 0) {
    const members = pairs.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
    fields.push(`"${metadataKey}":{${members.join(',')}}`);
  }
  let offset = 0;
  for (const [name, { dtype, shape, data }] of ordered) {
    if (name === metadataKey) throw new SafetensorsError(`no tensor can have the name ${metadataKey}`);
    if (!(data instanceof arrays[dtype]) || data.length !== entryCount(shape)) {
      throw new SafetensorsError(
        `tensor '${name}' of dtype ${dtype} and shape [${shape}] needs ${entryCount(shape)} entries in a ` +
          `${arrays[dtype].name}, got ${data.length} in a ${data.constructor.name}`,
      );
    }
    const end = offset + data.byteLength;
    const entry = JSON.stringify({ dtype, shape, data_offsets: [offset, end] });
    fields.push(`${JSON.stringify(name)}:${entry}`);
    offset = end;
  }
  const header = new TextEncoder().encode(`{${fields.join(',')}}`);
  const headerLength = Math.ceil(header.length / 8) * 8;
  const bytes = new Uint8Array(lengthBytes + headerLength + offset);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerLength), true);
  bytes.set(header, lengthBytes);
  bytes.fill(0x20, lengthBytes + header.length, lengthBytes + headerLength);
  let position = lengthBytes + headerLength;
  for (const [, { data }] of ordered) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), position);
    position += data.byteLength;
  }
  return bytes;
}

type Fields = Record<string, unknown>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

function readHeader(bytes: Uint8Array): { header: Fields; dataStart: number } {
  if (bytes.length < lengthBytes) {
    throw new SafetensorsError(`it is cut off: ${bytes.length} bytes do not hold even the header's length`);
  }
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (length > BigInt(largestHeader)) {
    throw new SafetensorsError(`it does not begin as a safetensors file (header of ${length} bytes)`);
  }
  const dataStart = lengthBytes + Number(length);
  if (bytes.length < dataStart) {
    throw new SafetensorsError(`it is cut off: the header ends at byte ${dataStart} of ${bytes.length}`);
  }
  let header: unknown;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(lengthBytes, dataStart));
    header = JSON.parse(text);
  } catch (cause) {
    throw new SafetensorsError('its header is not JSON', { cause });
  }
  if (!isFields(header)) throw new SafetensorsError('its header is not a JSON object');
  return { header, dataStart };
}

function readMetadata(value: unknown): Record<string, string> {
  if (value === undefined) return {};
  if (!isFields(value)) throw new SafetensorsError(`its ${metadataKey} is not an object`);
  return Object.fromEntries(
    Object.entries(value).map(([key, text]) => {
      if (typeof text !== 'string') throw new SafetensorsError(`its metadata '${key}' is not a string`);
      return [key, text];
    }),
  );
}

function readEntry(name: string, value: unknown) {
  if (!isFields(value)) throw new SafetensorsError(`tensor '${name}' is not described by an object`);
  const { dtype, shape, data_offsets: offsets } = value;
  const known = dtypes.find((candidate) => candidate === dtype);
  if (known === undefined) {
    throw new SafetensorsError(`tensor '${name}' has dtype ${String(dtype)}, read are ${dtypes.join(', ')}`);
  }
  if (!isSizes(shape) || !isSizes(offsets) || offsets.length !== 2) {
    throw new SafetensorsError(`tensor '${name}' has no readable shape and offsets`);
  }
  const [start, end] = offsets;
  if (end - start !== entryCount(shape) * arrays[known].BYTES_PER_ELEMENT) {
    throw new SafetensorsError(
      `tensor '${name}', ${known} of shape [${shape}], takes ${end - start} bytes by its offsets`,
    );
  }
  return { name, dtype: known, shape, start, end };
}

/**
 * The inverse of encodeSafetensors; the tensors are copies. Reads any file of the format with these dtypes.
 * @throws SafetensorsError when the bytes are cut off or no such file.
 */
export function decodeSafetensors(bytes: Uint8Array): {
  tensors: Map<string, Tensor>;
  metadata: Record<string, string>;
} {
  const { header, dataStart } = readHeader(bytes);
  const { [metadataKey]: metadata, ...described } = header;
  const entries = Object.entries(described)
    .map(([name, value]) => readEntry(name, value))
    .sort((a, b) => a.start - b.start || a.end - b.end);
  let covered = 0;
  for (const { name, start, end } of entries) {
    if (start !== covered) {
      throw new SafetensorsError(`tensor '${name}' begins at byte ${start} of the data, expected ${covered}`);
    }
    covered = end;
  }
  const expected = dataStart + covered;
  if (bytes.length !== expected) {
    const what = bytes.length < expected ? 'it is cut off' : 'it is too long';
    throw new SafetensorsError(`${what}: ${bytes.length} bytes where ${expected} were expected`);
  }
  const tensors = new Map<string, Tensor>();
  for (const { name, dtype, shape, start, end } of entries) {
    const copy = new Uint8Array(bytes.subarray(dataStart + start, dataStart + end));
    tensors.set(name, { dtype, shape, data: new arrays[dtype](copy.buffer) } as Tensor);
  }
  return { tensors, metadata: readMetadata(metadata) };
}

/** A tensor with the dtype of its array; a Uint8Array becomes U8. */
export function tensorOf(
  shape: readonly number[],
  data: BigInt64Array | Float64Array | Float32Array | Uint32Array | Int32Array | Uint8Array,
): Tensor {
  const dtype = dtypes.find((candidate) => data instanceof arrays[candidate]);
  return { dtype, shape, data } as Tensor;
}
