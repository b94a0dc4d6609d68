/** What is told of the cost of one run, and what may be chosen in telling it. */

import type { Stop } from '../../theory/cost/early-stopping.ts';
import type { Cost } from '../../theory/cost/run-cost.ts';

export interface CostOptions {
  readonly watts?: number;
  readonly joulesPerFlop?: number;
  readonly patience: number;
}

/** What early stopping on one validation value would have done. */
export interface Stopping {
  readonly on: 'loss' | 'accuracy';
  /** Null where it never would have ended the run. */
  readonly stop:
    | (Stop & { readonly cost: Cost; readonly accuracy: number; readonly bestAccuracy: number })
    | null;
}

/** One run, read from its folder. */
export interface RunCost {
  readonly name: string;
  readonly done: boolean;
  readonly threads: number;
  readonly flopsPerStep: number;
  /** Null where it was not seen. */
  readonly memorized: Cost | null;
  readonly grokked: Cost | null;
  readonly whole: Cost;
  /** Held-out accuracy at the end; NaN without held-out examples. */
  readonly finalAccuracy: number;
  readonly stopping: readonly Stopping[];
}
