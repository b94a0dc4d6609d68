/** What is kept of a training in the browser, so that a reload goes on where it was: plain data. */

import type { MetricsRow, Milestones, RunSummary, TrainerState } from 'grokscope';
import type { Moment } from '../run/moment.ts';

/** One evaluation as it was reported, without its moment. */
export interface SavedEvaluation {
  readonly rows: readonly MetricsRow[];
  /** What the lab measured beside, by column. */
  readonly extra: Readonly<Record<string, number | undefined>>;
  readonly milestones: Milestones;
}

/** Where a training stood, written with its evaluations in one transaction. */
export interface SavedHead {
  /** Of the arithmetic that made it: another one gives other bits, so it cannot go on. */
  readonly numericVersion: string;
  /** ms since 1970; the oldest trainings make room for others. */
  readonly savedAt: number;
  /** The key of the training that began at step 0: its own, unless it is a fork. */
  readonly family: string;
  /** How many evaluations belong to it. */
  readonly evaluations: number;
  /** At the last of them. */
  readonly state: TrainerState;
  /** Set when the run is over: its summary and the SHA-256 of its final weights. */
  readonly finished?: { readonly summary: RunSummary; readonly weights: string };
}

/** A training that was read back. */
export interface SavedTraining extends SavedHead {
  readonly history: readonly (SavedEvaluation & { readonly moment?: Moment })[];
}

/** What can be said of a saved training without reading it. */
export interface SavedOutline {
  readonly numericVersion: string;
  readonly step: number;
  readonly isFinished: boolean;
}

/** What one save adds to what was saved of the same training before. */
export interface SavedStep {
  readonly head: SavedHead;
  /** By their place in the run, from 0. */
  readonly evaluations: ReadonlyMap<number, SavedEvaluation>;
  readonly moments: ReadonlyMap<number, Moment>;
  /** Moments that are not kept any longer. */
  readonly dropped: readonly number[];
  /** True for the first save of a training that was begun here: what was saved before it goes. */
  readonly isNew: boolean;
}

/** Where trainings are saved, by the text of what determines them. */
export interface TrainingStore {
  /** @throws Error where nothing can be saved: no space, a private window */
  save(key: string, step: SavedStep): Promise<void>;
  /** undefined where there is none that is whole. */
  load(key: string): Promise<SavedTraining | undefined>;
  /** undefined where there is none. */
  outline(key: string): Promise<SavedOutline | undefined>;
  forget(key: string): Promise<void>;
}
