/** What was saved in this browser of the training that is about to begin at step 0: it is offered, and nothing starts by itself. */

import { type ReadonlySignal, signal } from '@preact/signals';
import type { WrittenSettings } from '../settings/written-settings.ts';
import { savedOutline } from './resumable.ts';
import type { SavedOutline, TrainingStore } from './saved-training.ts';

export class SavedOffer {
  readonly #store: Pick<TrainingStore, 'outline'>;
  readonly #offered = signal<SavedOutline | undefined>(undefined);
  /** Counts what was looked for, so that an answer that comes late is dropped. */
  #turn = 0;

  constructor(store: Pick<TrainingStore, 'outline'>) {
    this.#store = store;
  }

  get offered(): ReadonlySignal<SavedOutline | undefined> {
    return this.#offered;
  }

  /** Offers what was saved of a training with these settings. */
  async lookFor(settings: WrittenSettings): Promise<void> {
    this.withdraw();
    const turn = this.#turn;
    const outline = await savedOutline(this.#store, settings);
    if (turn === this.#turn && (outline?.step ?? 0) > 0) this.#offered.value = outline;
  }

  withdraw(): void {
    this.#turn++;
    this.#offered.value = undefined;
  }
}
