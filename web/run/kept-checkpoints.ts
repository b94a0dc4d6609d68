/** The checkpoints of a run that is trained here, as many as a page may hold: every second, every fourth, … of a long run, and the last. */

import type { TrainerState } from '../../src/training/trainer.ts';
import { strideOf } from './thinned.ts';

export interface TakenCheckpoint {
  readonly state: TrainerState;
  /** Rows of metrics.csv up to this step. */
  readonly metricsRows: number;
  /** Whether the settings ask for one at this step; otherwise the training was paused there. */
  readonly isDue: boolean;
}

/** Of one run, like its moments. */
const MOST_BYTES = 64e6;
const FEWEST = 2;

export class KeptCheckpoints {
  #kept: readonly { readonly place: number; readonly checkpoint: TakenCheckpoint }[] = [];
  #due = 0;

  add(checkpoint: TakenCheckpoint): void {
    const place = checkpoint.isDue ? this.#due++ : Number.NaN;
    const most = Math.max(FEWEST, Math.floor(MOST_BYTES / bytesOf(checkpoint)));
    const stride = strideOf(this.#due, most);
    const others = this.#kept.filter(
      (kept) => kept.place % stride === 0 && kept.checkpoint.state.step < checkpoint.state.step,
    );
    this.#kept = [...others, { place, checkpoint }];
  }

  /** Ascending by step; the latest that was added is the last. */
  get all(): readonly TakenCheckpoint[] {
    return this.#kept.map(({ checkpoint }) => checkpoint);
  }

  /** How many that were due are not kept. */
  get dropped(): number {
    return this.#due - this.all.filter(({ isDue }) => isDue).length;
  }
}

function bytesOf({ state }: TakenCheckpoint): number {
  return [...state.tensors.values()].reduce((sum, { values }) => sum + values.byteLength, 1);
}
