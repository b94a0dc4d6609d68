/** A run that can be forked, whether it is trained here or was recorded: what a fork takes over from it. */

import type { ReadonlySignal } from '@preact/signals';
import type { TrainerState } from 'grokscope';
import type { SavedTraining } from '../saved/saved-training.ts';
import type { WrittenSettings } from '../settings/written-settings.ts';
import type { LabRun } from './lab-run.ts';

/** Every evaluation, ascending by step. */
export type History = SavedTraining['history'];

/** A state that stands in a checkpoint file, to be read when somebody goes on from it. */
export interface StoredState {
  readonly step: number;
  /** Of the run that it must belong to. */
  readonly runId: string;
  /** The file, or its address. @throws Error with the end of a sentence about the checkpoint */
  contents(): Promise<Blob | string>;
}

export type ForkState = TrainerState | StoredState;

export interface ForkableRun extends LabRun {
  /** As they are written; undefined until they are known, or where they cannot be read. Reads a signal. */
  readonly settings: WrittenSettings | undefined;
  /** Where it can be forked, ascending by step. */
  readonly states: ReadonlySignal<readonly ForkState[]>;
  /** Why it never can be, in a sentence. Reads a signal. */
  readonly unforkable: string | undefined;
  /** The step at which it left another run; 0 for one that left none. */
  readonly forkedAt: number;
  /** Everything evaluated up to a step. */
  historyUpTo(step: number): History;
  /** Ends what is done for it; it keeps what it has. */
  dispose(): void;
}
