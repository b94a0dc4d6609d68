/** What the page and a worker that simulates say to one another: plain data. One worker simulates one run. */

import type { Experiment, MetricsRow, Milestones } from 'grokscope';
import type { Observation } from '../../src/theory/isolated/observation.ts';
import type { AnalyticVerdict } from '../../src/theory/isolated/verdict.ts';
import type { Examples } from '../run/examples.ts';
import type { Moment } from '../run/moment.ts';
import type { PlayedStart } from '../run/played-run.ts';
import type { Request } from '../worker/protocol.ts';

export type IsolatedRequest =
  /** The first request, once. The simulation waits before its first step where `playing` is false. */
  | ({ readonly kind: 'simulate'; readonly threads: number } & PlayedStart)
  | Exclude<Request, { kind: 'start' }>;

export type IsolatedReport =
  /** The setting is known and its equations are laid out; the simulation is about to begin. */
  | {
      readonly kind: 'ready';
      readonly experiment: Experiment;
      /** Of the run of `grokscope train` that makes the same simulation. */
      readonly id: string;
      readonly examples: Examples;
      /** Steps from one observation to the next. */
      readonly interval: number;
      readonly threads: number;
      readonly kernels: 'fused' | 'emulated';
      readonly notices: readonly string[];
    }
  /** One observation, as the command line makes them. */
  | {
      readonly kind: 'observed';
      readonly observation: Observation;
      readonly rows: readonly MetricsRow[];
      readonly milestones: Milestones;
      readonly moment: Moment;
    }
  /** The network between two observations: shown until the next report, and not kept. */
  | { readonly kind: 'glimpse'; readonly moment: Moment }
  /** The step at hand, and whether the simulation waits there for a request. */
  | { readonly kind: 'at'; readonly step: number; readonly waiting: boolean }
  | { readonly kind: 'finished'; readonly verdict: AnalyticVerdict }
  /** Nothing more will come. */
  | { readonly kind: 'failed'; readonly sentence: string };
