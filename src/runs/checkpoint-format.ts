/**
 * One checkpoint as bytes: a safetensors file whose metadata carry the step, the run and a checksum of it all. Needs
 * nothing of Node: whoever writes one hashes it with what the host offers.
 */

import { canonicalJson } from '../config/canonical-json.ts';
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
/** The quotes cannot occur inside a JSON string, where they are escaped. */
const checksumKey = '"sha256":"';

/** Name of the file of a step in the folder checkpoints/. */
export function checkpointFileName(step: number): string {
  return `step-${String(step).padStart(6, '0')}.safetensors`;
}

/** The step of a checkpoint by its file's name; undefined for names that no checkpoint has. */
export function checkpointStep(name: string): number | undefined {
  const digits = /^step-(\d{6,})\.safetensors$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** The bytes of a checkpoint with 64 zeros in the checksum's place: what the checksum is of. */
export function unsealedCheckpoint(checkpoint: Checkpoint): Uint8Array<ArrayBuffer> {
  return encodeSafetensors(checkpoint.tensors, {
    format,
    metrics_rows: String(checkpoint.metricsRows),
    numeric_version: checkpoint.numericVersion,
    run_id: checkpoint.runId,
    scalars: canonicalJson(checkpoint.scalars),
    sha256: unhashed,
    step: String(checkpoint.step),
  });
}

/** Puts the SHA-256 of an unsealed checkpoint into it, 64 hexadecimal digits. */
export function sealCheckpoint(unsealed: Uint8Array, checksum: string): void {
  unsealed.set(new TextEncoder().encode(checksum), checksumPosition(unsealed, unhashed));
}

/**
 * The parts of a sealed checkpoint: its checksum, the bytes that this should be of, and what it says, to be read when it is.
 * @throws SafetensorsError, with the end of a sentence about the file, when it is no checkpoint
 */
export function openSeal(bytes: Uint8Array): {
  readonly read: () => Checkpoint;
  readonly checksum: string;
  readonly unsealed: Uint8Array;
} {
  const { tensors, metadata } = decodeSafetensors(bytes);
  if (metadata.format !== format || !/^[0-9a-f]{64}$/.test(metadata.sha256)) {
    throw new SafetensorsError(`it is no checkpoint (its format is ${metadata.format}, expected ${format})`);
  }
  const unsealed = new Uint8Array(bytes);
  unsealed.set(new TextEncoder().encode(unhashed), checksumPosition(bytes, metadata.sha256));
  const read = () => ({
    step: Number(metadata.step),
    runId: metadata.run_id,
    numericVersion: metadata.numeric_version,
    tensors,
    scalars: JSON.parse(metadata.scalars),
    metricsRows: Number(metadata.metrics_rows),
  });
  return { read, checksum: metadata.sha256, unsealed };
}

/** Where the checksum's digits stand: in the header, which is text of single bytes up to there. */
function checksumPosition(bytes: Uint8Array, checksum: string): number {
  const header = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const text = new TextDecoder('latin1').decode(bytes.subarray(0, 8 + header));
  const found = text.indexOf(checksumKey + checksum);
  if (found === -1) throw new SafetensorsError('it has no checksum');
  return found + checksumKey.length;
}
