/** Saves a training while it runs: at evaluations, not too often, and only what is new; a browser that refuses is asked once. */

import { NUMERIC_VERSION, type TrainerState } from 'grokscope';
import { mostMoments } from '../run/kept-moments.ts';
import type { Moment } from '../run/moment.ts';
import { strideOf } from '../run/thinned.ts';
import type { SavedKey } from './saved-key.ts';
import type { SavedEvaluation, SavedHead, SavedTraining, TrainingStore } from './saved-training.ts';

/** Ms between two saves at least. */
const SAVE_EVERY = 1000;
/** And this many times as long as the last one took, … */
const REST = 20;
/** … but no more ms: where steps are long, a save takes long because it waits for them, not because it is work. */
const LOST_AT_MOST = 10_000;
/** Bytes of a state above which it is not saved: browsers would copy it again and again. */
const MOST_BYTES = 100e6;

export interface Saving {
  readonly store: TrainingStore;
  /** What determines the training. */
  readonly saved: SavedKey;
  /** Told the step that is saved, or once why nothing more will be. */
  readonly told: (saved: { step: number } | { refusal: string }) => void;
  /** Where it goes on from. */
  readonly restored?: SavedTraining;
  /** What a fork takes over from the run that it leaves: it is saved with it, so that the fork needs no other run. */
  readonly inherited?: SavedTraining['history'];
  readonly clock?: () => number;
}

export class Autosave {
  readonly #saving: Saving;
  readonly #clock: () => number;
  #evaluations: number;
  #first: Moment | undefined;
  /** Places of the moments that are saved or will be. */
  #kept: number[];
  #freshEvaluations = new Map<number, SavedEvaluation>();
  #freshMoments = new Map<number, Moment>();
  #dropped: number[] = [];
  #isNew: boolean;
  #isOff = false;
  #due: number;
  #saved: Promise<void> | undefined;

  constructor(saving: Saving) {
    const history = saving.restored?.history ?? [];
    this.#saving = saving;
    this.#clock = saving.clock ?? (() => performance.now());
    this.#evaluations = history.length;
    this.#kept = [...history.keys()].filter((place) => history[place]?.moment !== undefined);
    this.#first = history[this.#kept[0] ?? -1]?.moment;
    this.#isNew = saving.restored === undefined;
    this.#due = this.#clock() + SAVE_EVERY;
    for (const { moment, ...evaluation } of saving.inherited ?? []) this.#take(evaluation, moment);
  }

  /** Saves a fork where it begins: the run that it left may not have that state any more after a reload. */
  begun(state: TrainerState): void {
    void this.#save(state);
  }

  /**
   * To be called at every evaluation.
   * @param state the training's at this step, asked for only where it is saved; undefined at the last one, which `finished` saves
   */
  evaluated(
    evaluation: SavedEvaluation,
    moment: Moment | undefined,
    state: (() => TrainerState) | undefined,
  ): void {
    if (this.#isOff) return;
    this.#take(evaluation, moment);
    if (state === undefined || this.#saved !== undefined || this.#clock() < this.#due) return;
    void this.#save(state());
  }

  /** Saves the end of the run, whatever was saved last. */
  async finished(state: TrainerState, finished: SavedHead['finished']): Promise<void> {
    await this.#saved;
    if (!this.#isOff) await this.#save(state, finished);
  }

  #take(evaluation: SavedEvaluation, moment: Moment | undefined): void {
    const place = this.#evaluations++;
    this.#freshEvaluations.set(place, evaluation);
    if (moment !== undefined) this.#keep(place, moment);
  }

  /** As run/kept-moments.ts keeps them on the page. */
  #keep(place: number, moment: Moment): void {
    this.#first ??= moment;
    const stride = strideOf(place + 1, mostMoments(this.#first));
    for (const old of this.#kept) {
      if (old % stride === 0) continue;
      if (!this.#freshMoments.delete(old)) this.#dropped.push(old);
    }
    this.#kept = [...this.#kept.filter((old) => old % stride === 0), place];
    this.#freshMoments.set(place, moment);
  }

  #save(state: TrainerState, finished?: SavedHead['finished']): Promise<void> {
    this.#saved = this.#write(state, finished).finally(() => {
      this.#saved = undefined;
    });
    return this.#saved;
  }

  async #write(state: TrainerState, finished: SavedHead['finished']): Promise<void> {
    const { store, saved, told } = this.#saving;
    const begun = this.#clock();
    const step = {
      head: {
        numericVersion: NUMERIC_VERSION,
        savedAt: Date.now(),
        family: saved.family,
        evaluations: this.#evaluations,
        state,
        ...(finished !== undefined && { finished }),
      },
      evaluations: this.#freshEvaluations,
      moments: this.#freshMoments,
      dropped: this.#dropped,
      isNew: this.#isNew,
    };
    this.#freshEvaluations = new Map();
    this.#freshMoments = new Map();
    this.#dropped = [];
    this.#isNew = false;
    try {
      if (bytesOf(state) > MOST_BYTES) throw new Error('the network is too large for that');
      await store.save(saved.key, step);
      told({ step: state.step });
    } catch (error) {
      this.#isOff = true;
      this.#freshEvaluations.clear();
      this.#freshMoments.clear();
      told({ refusal: refusalOf(error) });
    }
    const now = this.#clock();
    this.#due = now + Math.min(LOST_AT_MOST, Math.max(SAVE_EVERY, REST * (now - begun)));
  }
}

function bytesOf({ tensors }: TrainerState): number {
  return [...tensors.values()].reduce((sum, { values }) => sum + values.byteLength, 0);
}

function refusalOf(error: unknown): string {
  if (error instanceof Error && error.name === 'QuotaExceededError') return 'there is no space left for it';
  if (error instanceof Error && error.name === 'VersionError')
    return 'a newer version of the lab keeps its trainings here: reload the page to get that one';
  if (error instanceof Error && error.name === 'InvalidStateError')
    return 'what it keeps was closed meanwhile';
  if (error instanceof DOMException) return 'it lets this page keep nothing, as in a private window';
  return error instanceof Error ? error.message : String(error);
}
