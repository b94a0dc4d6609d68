/** Writes a zip archive whose files are stored as they are: weights are noise, which does not compress. */

import { crc32 } from './crc32.ts';
import { end, entry, flags, local, methods, signatures, version } from './zip-layout.ts';

/** One file; folders in its name are separated by `/`. */
export interface NamedFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** 1 January 1980, the first day that the format knows: the same files give the same archive. */
const firstDay = (1 << 5) | 1;

/**
 * The parts of the archive, to be put one after the other.
 * @throws RangeError beyond the 4 GB or 65,535 files that the format holds without extensions
 */
export function writtenZip(files: readonly NamedFile[]): Uint8Array<ArrayBuffer>[] {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const directory: Uint8Array<ArrayBuffer>[] = [];
  let offset = 0;
  for (const { name, bytes } of files) {
    const nameBytes = new TextEncoder().encode(name);
    const crc = crc32(bytes);
    const head = record(local.length, signatures.local);
    head.setUint16(4, version, true);
    const listed = record(entry.length, signatures.entry);
    listed.setUint16(4, version, true);
    listed.setUint16(6, version, true);
    for (const [view, at] of [[head, local] as const, [listed, entry] as const]) {
      view.setUint16(at.flags, flags.utf8, true);
      view.setUint16(at.method, methods.stored, true);
      view.setUint16(at.date, firstDay, true);
      view.setUint32(at.crc, crc, true);
      view.setUint32(at.packed, bytes.length, true);
      view.setUint32(at.size, bytes.length, true);
      view.setUint16(at.name, nameBytes.length, true);
    }
    listed.setUint32(entry.offset, offset, true);
    parts.push(bytesOf(head), nameBytes, bytes);
    directory.push(bytesOf(listed), nameBytes);
    offset += local.length + nameBytes.length + bytes.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  if (offset + size > 0xffffffff || files.length > 0xffff) {
    throw new RangeError(`a zip archive cannot hold ${files.length} files of ${offset} bytes`);
  }
  const last = record(end.length, signatures.end);
  last.setUint16(end.here, files.length, true);
  last.setUint16(end.count, files.length, true);
  last.setUint32(end.size, size, true);
  last.setUint32(end.offset, offset, true);
  return [...parts, ...directory, bytesOf(last)];
}

function record(length: number, signature: number): DataView<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(length));
  view.setUint32(0, signature, true);
  return view;
}

function bytesOf({ buffer }: DataView<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer);
}
