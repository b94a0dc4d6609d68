/** Checkpoints with the checksum of Node's own SHA-256. */

import { createHash } from 'node:crypto';
import { type Checkpoint, openSeal, sealCheckpoint, unsealedCheckpoint } from './checkpoint-format.ts';
import { SafetensorsError } from './safetensors.ts';

export type { Checkpoint } from './checkpoint-format.ts';

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The checksum is the SHA-256 of the whole file with 64 zeros in the checksum's place. */
export function encodeCheckpoint(checkpoint: Checkpoint): Uint8Array {
  const bytes = unsealedCheckpoint(checkpoint);
  sealCheckpoint(bytes, sha256(bytes));
  return bytes;
}

/**
 * The checkpoint that the bytes of a file hold.
 * @throws SafetensorsError, with the end of a sentence about the file, when a byte is not as it was written.
 */
export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
  const { read, checksum, unsealed } = openSeal(bytes);
  if (sha256(unsealed) !== checksum) {
    throw new SafetensorsError(
      'its checksum does not fit its contents, so it has changed since it was written',
    );
  }
  return read();
}
