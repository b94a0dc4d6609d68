/** One checkpoint as bytes: a safetensors file whose metadata carry the step, the run and a checksum of it all. */

import { createHash } from 'node:crypto';
import { canonicalJson } from './run-id.ts';
import { decodeSafetensors, encodeSafetensors, SafetensorsError, type Tensor } from './safetensors.ts';

/** Everything a run needs to go on as if it had never stopped. */
export interface Checkpoint {
  /** Training steps done. */
  readonly step: number;
  readonly runId: string;
  readonly numericVersion: string;
  /** Weights and optimiser state by name. */
  readonly tensors: ReadonlyMap<string, Tensor>;
  /** The rest of the state (counters of streams, best values, …): anything JSON can hold. */
  readonly scalars: Readonly<Record<string, unknown>>;
  /** Rows of metrics.csv with steps up to this one, by which a loss of rows is noticed. */
  readonly metricsRows: number;
}

const format = 'grokscope-checkpoint-1';
const unhashed = '0'.repeat(64);

/** Where the checksum's digits stand. The quotes cannot occur inside a JSON string, where they are escaped. */
function checksumPosition(bytes: Uint8Array, checksum: string): number {
  const key = '"sha256":"';
  const found = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf(key + checksum);
  if (found === -1) throw new SafetensorsError('it has no checksum');
  return found + key.length;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The checksum is the SHA-256 of the whole file with 64 zeros in the checksum's place. */
export function encodeCheckpoint(checkpoint: Checkpoint): Uint8Array {
  const bytes = encodeSafetensors(checkpoint.tensors, {
    format,
    metrics_rows: String(checkpoint.metricsRows),
    numeric_version: checkpoint.numericVersion,
    run_id: checkpoint.runId,
    scalars: canonicalJson(checkpoint.scalars),
    sha256: unhashed,
    step: String(checkpoint.step),
  });
  bytes.set(new TextEncoder().encode(sha256(bytes)), checksumPosition(bytes, unhashed));
  return bytes;
}

/**
 * The checkpoint that the bytes of a file hold.
 * @throws SafetensorsError, with the end of a sentence about the file, when a byte is not as it was written.
 */
export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
  const { tensors, metadata } = decodeSafetensors(bytes);
  if (metadata.format !== format || !/^[0-9a-f]{64}$/.test(metadata.sha256)) {
    throw new SafetensorsError(`it is no checkpoint (its format is ${metadata.format}, expected ${format})`);
  }
  const copy = new Uint8Array(bytes);
  copy.set(new TextEncoder().encode(unhashed), checksumPosition(bytes, metadata.sha256));
  if (sha256(copy) !== metadata.sha256) {
    throw new SafetensorsError(
      'its checksum does not fit its contents, so it has changed since it was written',
    );
  }
  return {
    step: Number(metadata.step),
    runId: metadata.run_id,
    numericVersion: metadata.numeric_version,
    tensors,
    scalars: JSON.parse(metadata.scalars),
    metricsRows: Number(metadata.metrics_rows),
  };
}
