/**
 * What the page and its training worker say to one another: requests one way, reports the other, both plain data.
 * One worker trains one run; another run gets another worker.
 */

import type { Experiment, ExperimentInput, MetricsRow, Milestones, RunSummary } from 'grokscope';
import type { Examples } from '../run/examples.ts';
import type { Moment } from '../run/moment.ts';

/** Optimiser steps a second that the training does not exceed; Infinity: as fast as it can. */
export type Pace = number;

export type Request =
  /** The first request, once. The run waits at step 0 where `playing` is false. */
  | {
      readonly kind: 'start';
      readonly settings: ExperimentInput;
      readonly threads: number;
      readonly pace: Pace;
      readonly playing: boolean;
    }
  | { readonly kind: 'play' }
  /** Obeyed after the step at hand. */
  | { readonly kind: 'pause' }
  /** Trains to the next evaluation and pauses there. */
  | { readonly kind: 'advance' }
  | { readonly kind: 'pace'; readonly pace: Pace };

export type Report =
  /** The experiment is resolved and its network built; the training is at step 0. */
  | {
      readonly kind: 'ready';
      readonly experiment: Experiment;
      /** 64 hexadecimal digits, as `grokscope train` names the run. */
      readonly id: string;
      readonly examples: Examples;
      /** Threads at work, this worker included. */
      readonly threads: number;
      /** `fused` or `emulated`: which kernels the browser runs. */
      readonly kernels: string;
      /** What the reader should know: settings without effect, threads that are missing. */
      readonly notices: readonly string[];
    }
  /** One evaluation; `moment` where one is to be kept. */
  | {
      readonly kind: 'evaluated';
      readonly rows: readonly MetricsRow[];
      readonly milestones: Milestones;
      readonly moment?: Moment;
    }
  /** The step at hand and whether the training waits there; a few times a second. */
  | { readonly kind: 'at'; readonly step: number; readonly waiting: boolean }
  | {
      readonly kind: 'finished';
      readonly summary: RunSummary;
      /** SHA-256 of the final weights (`digest` of the library). */
      readonly weights: string;
    }
  /** Nothing more will come. */
  | { readonly kind: 'failed'; readonly sentence: string };
