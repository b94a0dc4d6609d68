/** A fork as a training that is resumed: from a state of the run it leaves, with changed settings, on the examples of the run that began at step 0. */

import { buildDataset, type Experiment, type TrainerState, type TrainOptions } from 'grokscope';
import { needRoomForExamples } from '../run/room-for-examples.ts';
import { resumptionOf } from '../saved/restore.ts';
import { readSettings, type WrittenSettings } from '../settings/written-settings.ts';
import type { ForkStart } from './protocol.ts';
import { storedState } from './stored-state.ts';

/** What a fork trains. */
export function forkedExperiment(settings: WrittenSettings, original: WrittenSettings) {
  const changed = readSettings(settings);
  const { experiment: beginning } = readSettings(original);
  needRoomForExamples(beginning);
  return {
    // Another seed would split the examples anew, and the network has seen those of the original.
    experiment: { ...changed.experiment, dataset: beginning.dataset } as Experiment,
    notices: changed.notices,
    dataset: buildDataset(beginning),
  };
}

/**
 * How it goes on; the accuracies of the steps before decide its milestones.
 * @throws Error in one sentence about a checkpoint that cannot be gone on from
 */
export async function forkResumption({
  state,
  history,
}: ForkStart): Promise<NonNullable<TrainOptions['resume']>> {
  const isStored = 'contents' in state;
  const read: TrainerState = isStored ? await storedState(state) : state;
  return resumptionOf({ state: read, history });
}
