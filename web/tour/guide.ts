/** Walks the tour: which step is open is said by the lab (and so by the address); here is what its button has under way. */

import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { setPanelOpen } from '../shell/open-panels.ts';
import type { Lab } from '../state/lab.ts';
import { steps } from './steps/index.ts';
import type { TourStep } from './tour-step.ts';

/** The way on that is given up when the reader walks on. */
const WALKED_ON = new DOMException('the reader walked on', 'AbortError');

export class Guide {
  /** The step that is open, from 1; undefined while no tour is taken. */
  readonly number: ReadonlySignal<number | undefined>;
  readonly step: ReadonlySignal<TourStep | undefined>;
  /** Whether the button of the step has something under way. */
  readonly isBusy: ReadonlySignal<boolean>;
  /** Why the button could not do it, in a sentence. */
  readonly problem: ReadonlySignal<string | undefined>;
  readonly #lab: Lab;
  readonly #busy = signal(false);
  readonly #problem = signal<string | undefined>(undefined);
  #given = new AbortController();

  constructor(lab: Lab) {
    this.#lab = lab;
    this.number = lab.tour;
    this.step = computed(() => steps[(lab.tour.value ?? 0) - 1]);
    this.isBusy = this.#busy;
    this.problem = this.#problem;
  }

  /** @param number from 1; undefined leaves the tour. What was begun on the page goes on. */
  go(number: number | undefined): void {
    this.#given.abort(WALKED_ON);
    this.#given = new AbortController();
    this.#busy.value = false;
    this.#problem.value = undefined;
    this.#lab.tour.value = number;
  }

  /** Does what the button of the step says, with the panels concerned open. */
  async act(): Promise<void> {
    const step = this.step.value;
    if (step === undefined || this.#busy.value) return;
    const { signal: given } = this.#given;
    this.#busy.value = true;
    this.#problem.value = undefined;
    this.open(step.look.map(({ panel }) => panel));
    try {
      await step.act(this.#lab, given);
    } catch (error) {
      if (!given.aborted) this.#problem.value = error instanceof Error ? error.message : String(error);
    } finally {
      if (!given.aborted) this.#busy.value = false;
    }
  }

  /** Opens panels that are closed. */
  open(panels: readonly string[]): void {
    for (const name of panels) setPanelOpen(this.#lab, name, true);
  }
}
