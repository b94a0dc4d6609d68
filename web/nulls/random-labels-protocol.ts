/** What the page and the thread that trains on random labels say to one another, in plain data. */

import type { Experiment, MeasuredValues } from 'grokscope';

export interface RandomLabelsRequest {
  readonly kind: 'random-labels';
  /** The settings of the run that is compared. */
  readonly experiment: Experiment;
  /** Steps it is trained at most. */
  readonly steps: number;
}

export type RandomLabelsReport =
  | { readonly kind: 'null-measured'; readonly step: number; readonly values: MeasuredValues }
  | { readonly kind: 'null-done' }
  | { readonly kind: 'null-failed'; readonly sentence: string };
