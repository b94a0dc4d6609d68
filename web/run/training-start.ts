/** How a training in this page is begun: at step 0, or where it leaves another run. */

import type { Leg } from '../saved/saved-key.ts';
import type { WrittenSettings } from '../settings/written-settings.ts';
import type { ForkPoint } from '../worker/protocol.ts';
import type { ForkState, History, StoredState } from './forkable-run.ts';
import type { PlayedStart } from './played-run.ts';

export interface TrainingStart extends PlayedStart {
  /** Whether it goes on from where it was saved in this browser, if it was. */
  readonly resume?: boolean;
  /** Steps at which it will be forked: their states are kept. */
  readonly pinned?: readonly number[];
  /** Goes on from a state of another run instead of beginning at step 0. */
  readonly fork?: Fork;
}

/** Where a run left another. */
export interface Fork {
  readonly name: string;
  /** The settings of the run that began at step 0. */
  readonly original: WrittenSettings;
  /** From the original on, this fork last. */
  readonly lineage: readonly Leg[];
  /** What it goes on from, and everything before; undefined where it was saved in this browser. */
  readonly start?: { readonly state: ForkState; readonly history: History };
  /** Whether it is saved in this browser. */
  readonly isSaved: boolean;
}

/**
 * A fork as its worker is told of it; a promise where a checkpoint has to be had first.
 * @throws Error in one sentence where that cannot be had
 */
export function forkPoint({ original, lineage, isSaved, start }: Fork): ForkPoint | Promise<ForkPoint> {
  const point = { original, lineage, isSaved };
  if (start === undefined) return point;
  const { state, history } = start;
  if ('tensors' in state) return { ...point, start: { state, history } };
  return contentsOf(state).then((read) => ({ ...point, start: { state: read, history } }));
}

async function contentsOf({ step, runId, contents }: StoredState) {
  try {
    return { step, runId, contents: await contents() };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The checkpoint of step ${step} cannot be used: ${reason}.`, { cause: error });
  }
}
