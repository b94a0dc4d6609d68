/** Fingerprints of results, to compare runs on different machines: equal digests mean equal bits. */

import { sha256 } from './sha256.ts';
import type { Tensor } from './trainer.ts';

/**
 * SHA-256 over named tensors in their order, as 64 hexadecimal digits: for each tensor the line `name dtype shape`, then
 * its values as they lie in memory (little-endian on every machine that runs this).
 *
 * @param tensors for example `snapshot.parameters()` or `snapshot.state().tensors`
 */
export async function digest(tensors: ReadonlyMap<string, Tensor>): Promise<string> {
  const encoder = new TextEncoder();
  const parts = [...tensors].flatMap(([name, { dtype, shape, values }]) => [
    encoder.encode(`${name} ${dtype} [${shape.join(', ')}]\n`),
    new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
  ]);
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return sha256(bytes);
}
