/** The forks that a link asks for: each is made when the run that it leaves gets to its step, or goes on from where it was saved. */

import { batch, effect, type Signal, signal, untracked } from '@preact/signals';
import { type AskedFork, askedForks, lineageOf } from '../forks/asked-forks.ts';
import { type Resumable, resumable } from '../saved/resumable.ts';
import { savedKey } from '../saved/saved-key.ts';
import type { TrainingStore } from '../saved/saved-training.ts';
import type { WrittenSettings } from '../settings/written-settings.ts';
import { standingOf } from './fork-plan.ts';
import { askedOf, type Forks } from './forks.ts';
import type { Address } from './properties.ts';

export interface LinkedForksParts {
  readonly forks: Forks;
  readonly store: TrainingStore;
  readonly pace: Signal<number>;
  /** How many forks the charts have room for. */
  readonly room: () => number;
  /** Sentences about what is not possible are added to them. */
  readonly faults: Signal<readonly string[]>;
  readonly select: (run: ReturnType<Forks['make']>) => void;
}

export class LinkedForks {
  /** The number of the run that is to be selected when it is there. */
  readonly wanted = signal<number | undefined>(undefined);
  readonly #parts: LinkedForksParts;

  constructor(parts: LinkedForksParts) {
    this.#parts = parts;
    effect(() => this.#makeDue());
  }

  /** Those of a link that are possible; the others are said. */
  asked(
    { fork, select, hide }: Address,
    settings: WrittenSettings,
    isRecorded: boolean,
  ): readonly AskedFork[] {
    const { forks, faults } = askedForks(fork, { settings, isRecorded }, this.#parts.room());
    this.say(faults);
    const unknown = [...new Set([select, ...hide])].filter((number) => number > fork.length);
    if (unknown.length > 0)
      this.say([`The address names run ${unknown.join(', ')}, but asks for ${fork.length} forks.`]);
    this.wanted.value = forks.some(({ number }) => number === select) ? select : undefined;
    return forks;
  }

  /** What of a run and its forks goes on from where it was saved in this browser. */
  saved(original: WrittenSettings, forks: readonly AskedFork[]): Promise<Resumable> {
    return resumable(this.#parts.store, original, forks);
  }

  /** Goes on with those that wait and were saved. */
  goOn({ forks }: Resumable): void {
    for (const number of forks) this.#make(number);
  }

  /** Ends a fork and what left it; what was saved of them is of no use any more. */
  remove(number: number): void {
    const { forks, store } = this.#parts;
    const original = forks.runs.value[0]?.run.settings;
    const { asked } = forks;
    for (const fork of askedOf(forks.withForksOf(number))) {
      if (original === undefined) continue;
      savedKey(original, lineageOf(fork, asked))
        .then(({ key }) => store.forget(key))
        // What cannot be forgotten was not saved.
        .catch(() => {});
    }
    forks.remove(number);
  }

  say(sentences: readonly string[]): void {
    const { faults } = this.#parts;
    if (sentences.length > 0) faults.value = [...faults.peek(), ...sentences];
  }

  /** Makes the forks whose step has come, and says of which there will be none. */
  #makeDue(): void {
    const { forks } = this.#parts;
    for (const waiting of forks.waiting.value) {
      const standing = standingOf(forks, waiting);
      if (standing === undefined) continue;
      untracked(() =>
        batch(() => {
          if ('state' in standing) return this.#make(waiting.number, standing.state);
          forks.remove(waiting.number);
          this.say([standing.refusal]);
        }),
      );
    }
  }

  #make(number: number, state?: Parameters<Forks['make']>[2]): void {
    const { forks, pace, select } = this.#parts;
    const run = forks.make(number, pace.value, state);
    if (number === this.wanted.value) select(run);
  }
}
