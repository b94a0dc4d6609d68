/** How far a trial has come, and how long the rest will take: every run counts its budget of steps, whatever it took of it. */

import type { PlannedRun } from '../../trials/planned-runs.ts';

export class TrialPace {
  readonly total: number;
  readonly #missing: number;
  readonly #started: number;
  /** Steps of all missing runs. */
  readonly #work: number;
  readonly #underway = new Map<PlannedRun, { readonly from: number; step: number }>();
  #ended = 0;
  /** Steps done since the start by runs that have ended, those they saved by ending early included. */
  #endedWork = 0;
  /** Steps that runs had done before the start. */
  #inherited = 0;

  /** @param seconds of the clock that `secondsLeft` is asked with */
  constructor(all: readonly PlannedRun[], missing: readonly PlannedRun[], seconds: number) {
    this.total = all.length;
    this.#missing = missing.length;
    this.#started = seconds;
    this.#work = missing.reduce((steps, run) => steps + budgetOf(run), 0);
  }

  /** Runs that are done. */
  get done(): number {
    return this.total - this.#missing + this.#ended;
  }

  step(run: PlannedRun, step: number): void {
    const known = this.#underway.get(run);
    if (known !== undefined) {
      known.step = Math.max(known.step, step);
      return;
    }
    this.#underway.set(run, { from: step, step });
    this.#inherited += step;
  }

  end(run: PlannedRun): void {
    this.#endedWork += budgetOf(run) - (this.#underway.get(run)?.from ?? 0);
    this.#underway.delete(run);
    this.#ended += 1;
  }

  /** NaN while nobody knows. */
  secondsLeft(seconds: number): number {
    if (this.#ended === this.#missing) return 0;
    let done = this.#endedWork;
    for (const { from, step } of this.#underway.values()) done += step - from;
    const rate = done / (seconds - this.#started);
    const left = this.#work - this.#inherited - done;
    return rate > 0 ? left / rate : Number.NaN;
  }
}

function budgetOf({ experiment }: PlannedRun): number {
  return experiment.train.total_steps;
}
