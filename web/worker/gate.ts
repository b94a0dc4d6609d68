/** Holds a training between two steps: while it is paused, and until its pace allows the next step. */

import type { Milestones } from 'grokscope';

/** What a training may be asked to pause at. */
export type PausingMilestone = keyof Pick<Milestones, 'memorized_step' | 'grokked_step'>;

/** Longest wait at once, ms: a change of pace is obeyed within it. */
const LONGEST_WAIT = 100;

export class Gate {
  /** Told when the training begins to wait for a request, and when it goes on. */
  readonly #told: (waiting: boolean) => void;
  readonly #clock: () => number;
  #playing: boolean;
  #pauseAtEvaluation = false;
  #pauseAt: PausingMilestone | undefined;
  #pace: number;
  #opened: (() => void) | undefined;
  /** When the next step may be made, in ms of the clock. */
  #due: number;

  constructor(
    start: { playing: boolean; pace: number; until?: PausingMilestone | undefined },
    told: (waiting: boolean) => void,
    clock = () => performance.now(),
  ) {
    this.#playing = start.playing;
    this.#pauseAt = start.until;
    this.#pace = start.pace;
    this.#told = told;
    this.#clock = clock;
    this.#due = clock();
  }

  /** @param until goes on to the evaluation at which this is first known, and no further; else on and on */
  play(until?: PausingMilestone): void {
    this.#pauseAtEvaluation = false;
    this.#pauseAt = until;
    this.#open();
  }

  pause(): void {
    this.#playing = false;
  }

  /** Goes on to the next evaluation. */
  advance(): void {
    this.#pauseAtEvaluation = true;
    this.#pauseAt = undefined;
    this.#open();
  }

  /** @param pace steps a second; Infinity for no limit */
  setPace(pace: number): void {
    this.#pace = pace;
    this.#due = this.#clock();
  }

  /** To be called at every evaluation, with what is known by then. */
  evaluated(milestones?: Pick<Milestones, PausingMilestone>): void {
    const isReached = this.#pauseAt !== undefined && (milestones?.[this.#pauseAt] ?? null) !== null;
    if (this.#pauseAtEvaluation || isReached) this.pause();
    if (isReached) this.#pauseAt = undefined;
    this.#pauseAtEvaluation = false;
  }

  /** Whether the training is about to wait for a request. */
  get paused(): boolean {
    return !this.#playing;
  }

  /**
   * Waits while paused; undefined where there is nothing to wait for.
   * @param isEvaluated whether the step at hand is evaluated next: then a pause waits for that, so that what is shown is of this step
   */
  passage(isEvaluated = false): Promise<void> | undefined {
    const behind = this.#pace === Number.POSITIVE_INFINITY || this.#clock() >= this.#due;
    if (this.#playing && behind) {
      this.#count();
      return undefined;
    }
    return this.#wait(isEvaluated);
  }

  async #wait(isEvaluated: boolean): Promise<void> {
    for (;;) {
      if (!this.#playing && isEvaluated) return;
      if (!this.#playing) {
        this.#told(true);
        await new Promise<void>((open) => {
          this.#opened = open;
        });
        this.#due = this.#clock();
        this.#told(false);
      }
      const wait = this.#pace === Number.POSITIVE_INFINITY ? 0 : this.#due - this.#clock();
      if (wait <= 0) break;
      await new Promise((passed) => setTimeout(passed, Math.min(wait, LONGEST_WAIT)));
    }
    this.#count();
  }

  /** One step was let through: the next is due a step's time after this one was, or after now where the training lags behind. */
  #count(): void {
    if (this.#pace === Number.POSITIVE_INFINITY) return;
    const between = 1000 / this.#pace;
    this.#due = Math.max(this.#due + between, this.#clock());
  }

  #open(): void {
    this.#playing = true;
    const opened = this.#opened;
    this.#opened = undefined;
    opened?.();
  }
}
