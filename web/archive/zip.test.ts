import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { crc32 } from './crc32.ts';
import { readZip } from './read-zip.ts';
import { writtenZip } from './written-zip.ts';
import { entry, local } from './zip-layout.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const anyFile = fc.record({
  name: fc.string({ minLength: 1, unit: 'binary' }).filter((name) => !name.endsWith('/')),
  bytes: fc.uint8Array({ maxLength: 300 }).map((bytes) => Uint8Array.from(bytes)),
});

async function contentsOf(archive: Blob) {
  const entries = await readZip(archive);
  return Promise.all(entries.map(async ({ name, read }) => ({ name, bytes: await read() })));
}

test('the checksum is that of the standard', () => {
  expect(crc32(bytesOf('123456789'))).toBe(0xcbf43926);
});

test('what was written is read, whatever the names and bytes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyFile, { maxLength: 5 }), async (files) => {
      expect(await contentsOf(new Blob(writtenZip(files)))).toEqual(files);
    }),
    { numRuns: 50 },
  );
});

/** An archive of one deflated file, as other programs make them. */
function deflated(text: string): Uint8Array<ArrayBuffer> {
  const packed = Uint8Array.from(deflateRawSync(text));
  const archive = Uint8Array.from(Buffer.concat(writtenZip([{ name: 'a', bytes: packed }])));
  const view = new DataView(archive.buffer);
  const listed = local.length + 1 + packed.length;
  for (const [at, fields] of [
    [0, local],
    [listed, entry],
  ] as const) {
    view.setUint16(at + fields.method, 8, true);
    view.setUint32(at + fields.crc, crc32(bytesOf(text)), true);
    view.setUint32(at + fields.size, text.length, true);
  }
  return archive;
}

test('deflated files are read, and refused when they unpack to more than they say', async () => {
  const text = 'grok '.repeat(1000);
  const archive = deflated(text);
  expect(await contentsOf(new Blob([archive]))).toEqual([{ name: 'a', bytes: bytesOf(text) }]);
  const view = new DataView(archive.buffer);
  view.setUint32(archive.length - 22 - 47 + entry.size, 10, true);
  await expect(contentsOf(new Blob([archive]))).rejects.toThrow('it has changed since the archive was made');
});

test('a changed byte, a missing end, and what is no archive are each said', async () => {
  const archive = Uint8Array.from(Buffer.concat(writtenZip([{ name: 'a', bytes: bytesOf('weights') }])));
  await expect(readZip(new Blob([archive.subarray(0, 50)]))).rejects.toThrow(/cut off/);
  await expect(readZip(new Blob(['no archive at all, though long enough']))).rejects.toThrow(
    'it is no zip archive',
  );
  await expect(readZip(new Blob([]))).rejects.toThrow('it is no zip archive');
  archive[local.length + 2] = 0;
  await expect(contentsOf(new Blob([archive]))).rejects.toThrow('it has changed since the archive was made');
});

test('a torn directory is said', async () => {
  const archive = Uint8Array.from(Buffer.concat(writtenZip([{ name: 'a', bytes: bytesOf('weights') }])));
  archive[local.length + 1 + 7] = 0;
  await expect(readZip(new Blob([archive]))).rejects.toThrow(/directory is torn/);
});
