/** What the page and the thread that looks into checkpoints say to one another, in plain data. */

import type { MeasuredValues } from 'grokscope';
import type { Examples } from '../run/examples.ts';
import type { Moment } from '../run/moment.ts';
import type { CheckpointContents } from '../worker/stored-state.ts';

export type LookRequest =
  /** The first request: builds the network of a run, and looks at it before its first step. */
  | { readonly kind: 'open'; readonly configText: string }
  /** With the run that the checkpoint must belong to. */
  | ({ readonly kind: 'look' } & CheckpointContents);

export type LookReport =
  | { readonly kind: 'examples'; readonly examples: Examples }
  /** `extra`: what was measured beside, by column. */
  | { readonly kind: 'moment'; readonly moment: Moment; readonly extra: MeasuredValues }
  /** `step` is undefined where there is no network at all. */
  | { readonly kind: 'failed'; readonly step: number | undefined; readonly sentence: string };
