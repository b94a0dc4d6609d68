/** Decides which evaluations are looked at more closely, so that pictures do not take the time of the training. */

import type { Experiment, MetricsRow, Snapshot, TrainerState } from 'grokscope';
import { measuredRows } from '../../src/measures/measured-rows.ts';
import { mostMoments } from '../run/kept-moments.ts';
import { mostStates } from '../run/kept-states.ts';
import type { Moment } from '../run/moment.ts';
import { strideOf } from '../run/thinned.ts';
import { openObservation } from './observation.ts';
import type { Report } from './protocol.ts';

/** Ms after which an evaluation is shown though it will not be kept. */
const SHOW_EVERY = 100;
/** Of the time since the start, at most this share goes into observations. */
const SHARE = 0.4;

/** Makes the evaluations of one training reports. */
export class Observer {
  readonly #rows: (snapshot: Snapshot) => MetricsRow[];
  readonly #observe = openObservation();
  readonly #clock: () => number;
  #evaluations: number;
  #first: Moment | undefined;
  #firstState: TrainerState | undefined;
  #shown = 0;
  /** Ms spent on observations since `#start`, when the first one was done: that one compiles what all need. */
  #spent = 0;
  #start = 0;

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
    if (!isWanted && !this.#isAffordable(evaluation))
      return { kind: 'evaluated', rows, extra: {}, milestones };
    const begun = this.#clock();
    const { moment, extra } = this.#observe(snapshot);
    const state = isWanted || this.#isStateKept(evaluation) ? snapshot.state() : undefined;
    this.#firstState ??= state;
    this.#shown = this.#clock();
    if (this.#first === undefined) this.#start = this.#shown;
    else this.#spent += this.#shown - begun;
    this.#first ??= moment;
    return { kind: 'evaluated', rows, extra, milestones, moment, ...(state === undefined ? {} : { state }) };
  }

  #isStateKept(evaluation: number): boolean {
    if (this.#firstState === undefined) return true;
    return evaluation % strideOf(evaluation + 1, mostStates(this.#firstState)) === 0;
  }

  #isAffordable(evaluation: number): boolean {
    if (this.#first === undefined) return true;
    const now = this.#clock();
    const isKept = evaluation % strideOf(evaluation + 1, mostMoments(this.#first)) === 0;
    return (isKept || now - this.#shown > SHOW_EVERY) && this.#spent <= SHARE * (now - this.#start);
  }
}
