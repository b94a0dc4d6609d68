/** A fork as a training that is resumed: from the state of its original, with changed settings, on the examples of the run that began at step 0. */

import { buildDataset, type Experiment, type ObservedStep } from 'grokscope';
import { readSettings, type WrittenSettings } from '../settings/written-settings.ts';
import type { ForkPoint } from './protocol.ts';

/** What a fork trains and how it goes on; the accuracies of the steps before decide its milestones. */
export function forkResumption(settings: WrittenSettings, { original, state, rows }: ForkPoint) {
  const changed = readSettings(settings);
  const { experiment: beginning } = readSettings(original);
  const observed = new Map<number, ObservedStep>();
  for (const { step, split, values } of rows) {
    observed.set(step, { ...observed.get(step), step, [split]: values.accuracy });
  }
  return {
    // Another seed would split the examples anew, and the network has seen those of the original.
    experiment: { ...changed.experiment, dataset: beginning.dataset } as Experiment,
    notices: changed.notices,
    dataset: buildDataset(beginning),
    resume: { state, history: [...observed.values()] },
  };
}
