/**
 * What the page and its training worker say to one another: requests one way, reports the other, both plain data.
 * One worker trains one run; another run gets another worker.
 */

import type { Experiment, MetricsRow, Milestones, RunSummary, TrainerState } from 'grokscope';
import type { Examples } from '../run/examples.ts';
import type { History } from '../run/forkable-run.ts';
import type { TakenCheckpoint } from '../run/kept-checkpoints.ts';
import type { Moment } from '../run/moment.ts';
import type { Leg } from '../saved/saved-key.ts';
import type { WrittenSettings } from '../settings/written-settings.ts';
import type { PausingMilestone } from './gate.ts';
import type { CheckpointContents } from './stored-state.ts';

/** Which fork a training is, and what it goes on from. */
export interface ForkPoint {
  /** The settings of the run that began at step 0: its examples are those of all its forks. */
  readonly original: WrittenSettings;
  /** From the original on, this fork last. */
  readonly lineage: readonly Leg[];
  /** undefined where it goes on from what was saved of it. */
  readonly start?: ForkStart;
  /** False for a fork that no address leads to: nothing would find what is saved of it. */
  readonly isSaved: boolean;
}

export interface ForkStart {
  readonly state: TrainerState | CheckpointContents;
  /** Every evaluation up to the step of the state. */
  readonly history: History;
}

export type Request =
  /** The first request, once. The run waits before its first step where `playing` is false. */
  | {
      readonly kind: 'start';
      readonly settings: WrittenSettings;
      readonly threads: number;
      readonly pace: number;
      readonly playing: boolean;
      /** Pauses at the evaluation at which this is first known. */
      readonly until?: PausingMilestone | undefined;
      /** Whether it goes on from where it was saved in this browser; else it begins at step 0. */
      readonly resume: boolean;
      /** Steps at which it will be forked: their states are reported. */
      readonly pinned: readonly number[];
      /** Goes on from here instead of beginning at step 0. */
      readonly fork?: ForkPoint;
    }
  /** With `until`: to the evaluation at which that is first known, and pauses there. */
  | { readonly kind: 'play'; readonly until?: PausingMilestone | undefined }
  /** Obeyed after the step at hand, and after its evaluation where one is due. */
  | { readonly kind: 'pause' }
  /** Trains to the next evaluation and pauses there. */
  | { readonly kind: 'advance' }
  /** Optimiser steps a second that the training does not exceed; Infinity: as fast as it can. */
  | { readonly kind: 'pace'; readonly pace: number };

export type Report =
  /** The experiment is resolved and its examples are known; the training is about to begin. */
  | {
      readonly kind: 'ready';
      readonly experiment: Experiment;
      /** 64 hexadecimal digits, as `grokscope train` names the run. */
      readonly id: string;
      readonly examples: Examples;
      /** Threads at work, the worker's own included. */
      readonly threads: number;
      /** Which kernels the browser can run; the bits are the same. */
      readonly kernels: 'fused' | 'emulated';
      /** What the reader should know: settings without effect, threads that are missing. */
      readonly notices: readonly string[];
    }
  /** Follows `ready` where the training goes on: what was evaluated up to this step, in another visit. */
  | {
      readonly kind: 'restored';
      readonly state: TrainerState;
      readonly history: History;
    }
  /** The training is saved up to this step. */
  | { readonly kind: 'saved'; readonly step: number }
  /** The browser refuses to save it, for this reason. */
  | { readonly kind: 'unsaved'; readonly reason: string }
  /** One evaluation. */
  | {
      readonly kind: 'evaluated';
      /** As in metrics.csv of the command line. */
      readonly rows: readonly MetricsRow[];
      /** What the lab measured beside, by column. */
      readonly extra: Readonly<Record<string, number | undefined>>;
      readonly milestones: Milestones;
      /** Where this evaluation is one that is kept. */
      readonly moment?: Moment;
      /** Where a fork may begin here. */
      readonly state?: TrainerState;
    }
  /** The state of the network at a checkpoint, or where the training pauses at an evaluation. */
  | { readonly kind: 'checkpoint'; readonly checkpoint: TakenCheckpoint }
  /** The step at hand, and whether the training waits there for a request. */
  | { readonly kind: 'at'; readonly step: number; readonly waiting: boolean }
  | {
      readonly kind: 'finished';
      readonly summary: RunSummary;
      /** SHA-256 of the final weights (`digest` of the library). */
      readonly weights: string;
    }
  /** Nothing more will come. */
  | { readonly kind: 'failed'; readonly sentence: string };
