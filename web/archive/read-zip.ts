/**
 * Reads zip archives of any program, from the directory at their end: of a large one only what is asked for is read.
 * Deflate is the browser's own.
 */

import { crc32 } from './crc32.ts';
import { end, entry, flags, local, methods, signatures } from './zip-layout.ts';

/** A file of an archive. */
export interface ZipEntry {
  /** Folders separated by `/`; as the archive says, so nothing to make a path of. */
  readonly name: string;
  /** Bytes unpacked. */
  readonly size: number;
  /** @throws Error with the end of a sentence about the file */
  read(): Promise<Uint8Array<ArrayBuffer>>;
}

/** What an archive's comment at its end may have at most. */
const longestComment = 0xffff;

/**
 * The files of an archive, folders left out.
 * @throws Error with the end of a sentence about the archive
 */
export async function readZip(archive: Blob): Promise<ZipEntry[]> {
  const start = Math.max(0, archive.size - end.length - longestComment);
  const tail = await viewOf(archive, start, archive.size);
  let at = tail.byteLength - end.length;
  while (at >= 0 && tail.getUint32(at, true) !== signatures.end) at--;
  if (at < 0) throw new Error(await whatItIs(archive));
  const count = tail.getUint16(at + end.count, true);
  const size = tail.getUint32(at + end.size, true);
  const offset = tail.getUint32(at + end.offset, true);
  if (count === 0xffff || offset === 0xffffffff)
    throw new Error('it is a zip archive of the large kind, which is not read');
  if (offset + size > start + at) throw new Error('its directory is torn, so it is not whole');
  return entriesIn(archive, await viewOf(archive, offset, offset + size), count);
}

async function whatItIs(archive: Blob): Promise<string> {
  const head = await viewOf(archive, 0, Math.min(4, archive.size));
  const begins = head.byteLength === 4 && head.getUint32(0, true) === signatures.local;
  return begins ? 'it is cut off: the end of the zip archive is missing' : 'it is no zip archive';
}

function entriesIn(archive: Blob, directory: DataView<ArrayBuffer>, count: number): ZipEntry[] {
  const entries: ZipEntry[] = [];
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + entry.length > directory.byteLength || directory.getUint32(at, true) !== signatures.entry) {
      throw new Error('its directory is torn, so it is not whole');
    }
    const short = (field: number) => directory.getUint16(at + field, true);
    const long = (field: number) => directory.getUint32(at + field, true);
    const nameBytes = new Uint8Array(directory.buffer, at + entry.length).subarray(0, short(entry.name));
    const name = new TextDecoder().decode(nameBytes);
    const packed = { offset: long(entry.offset), length: long(entry.packed), method: short(entry.method) };
    const contents = {
      size: long(entry.size),
      crc: long(entry.crc),
      encrypted: (short(entry.flags) & flags.encrypted) !== 0,
    };
    if (!name.endsWith('/'))
      entries.push({ name, size: contents.size, read: () => unpacked(archive, packed, contents) });
    at += entry.length + short(entry.name) + short(entry.extra) + short(entry.comment);
  }
  return entries;
}

async function unpacked(
  archive: Blob,
  { offset, length, method }: { offset: number; length: number; method: number },
  { size, crc, encrypted }: { size: number; crc: number; encrypted: boolean },
): Promise<Uint8Array<ArrayBuffer>> {
  if (encrypted) throw new Error('it is locked by a password');
  if (method !== methods.stored && method !== methods.deflated) {
    throw new Error(`it is packed by method ${method}, read are stored and Deflate`);
  }
  const head = await viewOf(archive, offset, offset + local.length);
  if (head.byteLength < local.length || head.getUint32(0, true) !== signatures.local) {
    throw new Error('the archive is torn where it begins');
  }
  const begin = offset + local.length + head.getUint16(local.name, true) + head.getUint16(local.extra, true);
  const packed = archive.slice(begin, begin + length);
  const stream =
    method === methods.stored
      ? packed.stream()
      : packed.stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const bytes = await collected(stream, size);
  if (bytes === undefined || crc32(bytes) !== crc)
    throw new Error('it has changed since the archive was made');
  return bytes;
}

/** Exactly `size` bytes; undefined when there are others, without keeping more. */
async function collected(
  stream: ReadableStream<Uint8Array>,
  size: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const bytes = new Uint8Array(size);
  const reader = stream.getReader();
  let filled = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return filled === size ? bytes : undefined;
      if (filled + value.length > size) {
        await reader.cancel();
        return undefined;
      }
      bytes.set(value, filled);
      filled += value.length;
    }
  } catch {
    return undefined;
  }
}

async function viewOf(blob: Blob, from: number, to: number): Promise<DataView<ArrayBuffer>> {
  return new DataView(await blob.slice(from, to).arrayBuffer());
}
