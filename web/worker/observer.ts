/**
 * Makes the evaluations of one training reports. Their numbers depend on the settings alone; a clock decides only which evaluations
 * are kept for pictures, so that these do not take the time of the training.
 */

import type { Experiment, MetricsRow, Snapshot, TrainerState } from 'grokscope';
import { measuredRows } from '../../src/measures/measured-rows.ts';
import { mostMoments } from '../run/kept-moments.ts';
import { mostStates } from '../run/kept-states.ts';
import type { Moment } from '../run/moment.ts';
import { strideOf } from '../run/thinned.ts';
import { Observation } from './observation.ts';
import type { Report } from './protocol.ts';

/** Ms after which an evaluation is shown though it will not be kept. */
const SHOW_EVERY = 100;
/** Of the time since the start, pauses apart, at most this share goes into pictures. */
const SHARE = 0.2;

export class Observer {
  readonly #rows: (snapshot: Snapshot) => MetricsRow[];
  readonly #observation = new Observation();
  readonly #clock: () => number;
  #evaluations: number;
  #first: Moment | undefined;
  #firstState: TrainerState | undefined;
  #shown = 0;
  /** Ms spent on pictures since `#start`, when the first one was done: that one compiles what all need. */
  #spent = 0;
  #start = 0;
  #heldSince: number | undefined;

  /** @param evaluations that the run has behind it, of which none is looked at any more */
  constructor(experiment: Experiment, clock = () => performance.now(), evaluations = 0) {
    this.#rows = measuredRows(experiment);
    this.#clock = clock;
    this.#evaluations = evaluations;
  }

  /** @param isWanted whether it is looked at whatever it takes: the last one, or one that the training pauses at */
  look(snapshot: Snapshot, isWanted: boolean): Extract<Report, { kind: 'evaluated' }> {
    const evaluation = this.#evaluations++;
    const rows = this.#rows(snapshot);
    const { milestones } = snapshot;
    const extra = this.#observation.numbers(snapshot, evaluation, snapshot.last);
    if (!isWanted && !this.#isAffordable(evaluation, snapshot))
      return { kind: 'evaluated', rows, extra, milestones };
    const begun = this.#clock();
    const moment = this.#observation.moment(snapshot);
    const state = isWanted || this.#isStateKept(evaluation) ? snapshot.state() : undefined;
    this.#firstState ??= state;
    this.#shown = this.#clock();
    if (this.#first === undefined) this.#start = this.#shown;
    else this.#spent += this.#shown - begun;
    this.#first ??= moment;
    return { kind: 'evaluated', rows, extra, milestones, moment, ...(state === undefined ? {} : { state }) };
  }

  /** To be told when the training begins to wait for a request, and when it goes on: that time is no time for pictures. */
  held(waiting: boolean): void {
    if (waiting) this.#heldSince = this.#clock();
    else if (this.#heldSince !== undefined) this.#start += this.#clock() - this.#heldSince;
    if (!waiting) this.#heldSince = undefined;
  }

  #isStateKept(evaluation: number): boolean {
    if (this.#firstState === undefined) return true;
    return evaluation % strideOf(evaluation + 1, mostStates(this.#firstState)) === 0;
  }

  #isAffordable(evaluation: number, snapshot: Snapshot): boolean {
    if (this.#first === undefined) return true;
    const now = this.#clock();
    const kept = strideOf(evaluation + 1, mostMoments(this.#first));
    const isKept = evaluation % Math.max(kept, this.#observation.stride(snapshot)) === 0;
    return (isKept || now - this.#shown > SHOW_EVERY) && this.#spent <= SHARE * (now - this.#start);
  }
}
