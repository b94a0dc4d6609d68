/** The checkpoints of a recorded run as states that it can be forked at. */

import { type ReadonlySignal, signal } from '@preact/signals';
import type { StoredState } from '../run/forkable-run.ts';

/** What has to be known of the run. */
export interface KnownRun {
  readonly runId: string;
  /** Steps from one evaluation to the next. */
  readonly every: number;
  /** Of the last row. */
  readonly lastStep: number;
}

export class StoredStates {
  readonly #states = signal<readonly StoredState[]>([]);
  readonly #contentsOf: (step: number) => Promise<Blob | string>;

  /** @param contentsOf the checkpoint of a step, or its address */
  constructor(contentsOf: (step: number) => Promise<Blob | string>) {
    this.#contentsOf = contentsOf;
  }

  /** Ascending by step. */
  get all(): ReadonlySignal<readonly StoredState[]> {
    return this.#states;
  }

  /** A fork takes the rows before its checkpoint along, which may come later than the checkpoint. @param steps ascending */
  offer(steps: readonly number[], { runId, every, lastStep }: KnownRun): void {
    const known = steps.filter((step) => step - (step % every) <= lastStep);
    const before = this.#states.peek();
    if (known.length === before.length && known.at(-1) === before.at(-1)?.step) return;
    this.#states.value = known.map((step) => ({ step, runId, contents: () => this.#contentsOf(step) }));
  }
}
