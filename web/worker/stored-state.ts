/** The state of a training in a checkpoint file, verified: what a fork of a recorded run goes on from, and what its pictures show. */

import { NUMERIC_VERSION, type TrainerState } from 'grokscope';
import { openSeal } from '../../src/runs/checkpoint-format.ts';
import { trainerState } from '../../src/runs/trainer-state.ts';
import { sha256 } from '../../src/training/sha256.ts';
import { bytesOf } from '../runs/checkpoint-bytes.ts';

/** A checkpoint as a worker is told of it. */
export interface CheckpointContents {
  readonly step: number;
  /** Of the run that it must belong to. */
  readonly runId: string;
  /** The file, or its address. */
  readonly contents: Blob | string;
}

/** @throws Error with the end of a sentence about the file */
export async function verifiedState({ step, runId, contents }: CheckpointContents): Promise<TrainerState> {
  const { read, checksum, unsealed } = openSeal(new Uint8Array(await bytesOf(contents)));
  if ((await sha256(new Uint8Array(unsealed))) !== checksum)
    throw new Error('its checksum does not fit its contents');
  const checkpoint = read();
  if (checkpoint.step !== step || checkpoint.runId !== runId) throw new Error('it is of another run');
  if (checkpoint.numericVersion !== NUMERIC_VERSION)
    throw new Error(`it is of numeric version ${checkpoint.numericVersion}, and this is ${NUMERIC_VERSION}`);
  return trainerState(checkpoint);
}

/** @throws Error in one sentence that says why no fork can go on from the file */
export async function storedState(asked: CheckpointContents): Promise<TrainerState> {
  try {
    return await verifiedState(asked);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `Nothing can go on from the checkpoint of step ${asked.step}: ${reason}; fork at another one.`,
      { cause: error },
    );
  }
}
