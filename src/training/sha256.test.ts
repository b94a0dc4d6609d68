import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { sha256, sha256InPlainCode } from './sha256.ts';

const ofNode = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

test('plain code gives the digits of the host, at every length around a block', () => {
  for (let length = 0; length < 200; length++) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 167 + length) & 255);
    expect(sha256InPlainCode(bytes)).toBe(ofNode(bytes));
  }
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
      expect(sha256InPlainCode(bytes)).toBe(ofNode(bytes));
    }),
  );
});

test('a host without WebCrypto gets the same digits', async () => {
  const bytes = new TextEncoder().encode('abc');
  const known = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'; // FIPS 180-4, its first example
  expect(await sha256(bytes)).toBe(known);
  vi.stubGlobal('crypto', {});
  try {
    expect(await sha256(bytes)).toBe(known);
  } finally {
    vi.unstubAllGlobals();
  }
});
