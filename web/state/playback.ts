/** Playing what is shown: play, pause, on to the next evaluation, and the speed, which the run and its forks share. */

import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { PlayedRun } from '../run/played-run.ts';
import type { SavedOffer } from '../saved/saved-offer.ts';
import type { PausingMilestone } from '../worker/gate.ts';
import { playedRun } from './begun-run.ts';
import type { Forks } from './forks.ts';

export interface PlaybackParts {
  /** The run that is shown, where it is computed here. */
  readonly played: ReadonlySignal<PlayedRun | undefined>;
  readonly forks: Forks;
  /** The step that the panels show. */
  readonly cursor: Signal<number | undefined>;
  /** What was saved is no longer offered once the run goes on. */
  readonly offer: Pick<SavedOffer, 'withdraw'>;
}

export class Playback {
  /** Steps a second at most. */
  readonly pace: Signal<number>;
  /** Whether the run that is shown was ever let go. */
  readonly begun = signal(false);
  readonly #parts: PlaybackParts;

  constructor(pace: number, parts: PlaybackParts) {
    this.pace = signal(pace);
    this.#parts = parts;
  }

  /** @param until pauses at the evaluation at which this is first known */
  play(until?: PausingMilestone): void {
    this.#letGo();
    this.#parts.played.value?.play(until);
  }

  pause(): void {
    this.#parts.played.value?.pause();
  }

  /** On to the next evaluation, which every panel then shows. */
  advance(): void {
    this.#letGo();
    this.#parts.cursor.value = undefined;
    this.#parts.played.value?.advance();
  }

  setPace(pace: number): void {
    const { forks, played } = this.#parts;
    this.pace.value = pace;
    for (const { run } of forks.runs.value) playedRun(run)?.setPace(pace);
    if (played.value?.isSimulated) played.value.setPace(pace);
  }

  /** Ends the simulation that is shown, if it is one; trainings are ended with their forks. */
  endSimulation(): void {
    const played = this.#parts.played.value;
    if (played?.isSimulated) played.dispose();
  }

  #letGo(): void {
    this.begun.value = true;
    this.#parts.offer.withdraw();
  }
}
