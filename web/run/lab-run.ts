/** What the page knows of a run, whether it is trained here or was opened from a folder: all that panels may read. */

import type { ReadonlySignal } from '@preact/signals';
import type { Experiment, MetricsRow, Milestones } from 'grokscope';
import type { Examples } from './examples.ts';
import type { Moment } from './moment.ts';
import type { Series } from './series.ts';

export type RunStatus =
  /** The worker or the files are on their way. */
  | { readonly kind: 'loading' }
  | { readonly kind: 'running' }
  | { readonly kind: 'paused' }
  /** `weights`: SHA-256 of the final ones, where the run was trained here. */
  | { readonly kind: 'finished'; readonly weights?: string }
  /** A run of a folder that is still being written. */
  | { readonly kind: 'growing' }
  /** A run of a folder that is not finished, and that nobody writes. */
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly sentence: string };

export interface LabRun {
  /** Whether it is simulated instead of trained. Default false. */
  readonly isSimulated?: boolean;
  readonly name: ReadonlySignal<string>;
  /** 64 hexadecimal digits; undefined until it is known. */
  readonly id: ReadonlySignal<string | undefined>;
  /** The settings with all defaults; undefined until they are known. */
  readonly experiment: ReadonlySignal<Experiment | undefined>;
  readonly status: ReadonlySignal<RunStatus>;
  /** Steps done. */
  readonly step: ReadonlySignal<number>;
  /** Rows of metrics.csv, measures included, ascending by step; a new array with each change, which come in some times a second at most. */
  readonly rows: ReadonlySignal<readonly MetricsRow[]>;
  /**
   * The numbers of one column for one split (`train`, `val`, `test`), without reading all rows again: always the same
   * object, which grows. It subscribes to nothing: read `rows.value` for that.
   */
  series(split: string, column: string): Series;
  readonly milestones: ReadonlySignal<Milestones | undefined>;
  /** Ascending by step; the first and the latest are always among them. */
  readonly moments: ReadonlySignal<readonly Moment[]>;
  /** Undefined until they are known, and for runs whose examples cannot be listed. */
  readonly examples: ReadonlySignal<Examples | undefined>;
  /** Sentences that the reader should know. */
  readonly notices: ReadonlySignal<readonly string[]>;
}

/** Which split is the held-out one: `test` where the run has it, else `val`. */
export function heldOutSplit(run: LabRun): 'val' | 'test' {
  return run.series('test', 'accuracy').steps.length > 0 ? 'test' : 'val';
}
