/** Which states of a training are kept, so that it can be forked there: weights, moments of the optimiser, moving averages. */

import type { TrainerState } from 'grokscope';
import { Thinned } from './thinned.ts';

/** Bytes of its tensors. */
function sizeOfState({ tensors }: TrainerState): number {
  let bytes = 0;
  for (const { values } of tensors.values()) bytes += values.byteLength;
  return bytes;
}

const MOST_STATES = 100;
/** Of one run; six may stand beside each other. */
const MOST_BYTES = 32e6;
const FEWEST_STATES = 4;

/** How many states as large as this one may be kept. */
export function mostStates(state: TrainerState): number {
  const affordable = Math.floor(MOST_BYTES / Math.max(1, sizeOfState(state)));
  return Math.max(FEWEST_STATES, Math.min(MOST_STATES, affordable));
}

/** The states of one run; the first and the latest given are always among them. */
export class KeptStates extends Thinned<TrainerState> {
  /** @param pinned steps at which it will be forked for certain */
  constructor(pinned: readonly number[] = []) {
    super(mostStates, new Set(pinned));
  }
}
