/** Which runs can be compared with random labels, and the worker that trains them. */

import type { Experiment } from 'grokscope';
import { isSimulated } from '../isolated/simulated-settings.ts';
import type { LabRun } from '../run/lab-run.ts';
import { TrainingRun } from '../run/training-run.ts';
import { RandomLabelsNull } from './random-labels-null.ts';

/** Trains the null in a thread of its own. */
export function trainNull(experiment: Experiment, steps: number): RandomLabelsNull {
  const worker = new Worker(new URL('../worker/training-worker.ts', import.meta.url), { type: 'module' });
  return new RandomLabelsNull(experiment, steps, worker);
}

/** The experiment that would be trained on random labels; undefined where that says nothing about the run. Reads signals. */
export function comparable(run: LabRun): Experiment | undefined {
  const experiment = run.experiment.value;
  if (experiment === undefined || isSimulated(experiment)) return undefined;
  // A fork was not trained with its settings from the beginning.
  if (run instanceof TrainingRun && run.isFork) return undefined;
  const { label_noise } = experiment.dataset as { label_noise?: number };
  const hasLabels = label_noise !== undefined && label_noise < 1 && experiment.task !== 'random_labels';
  return hasLabels && experiment.train.total_steps > 0 ? experiment : undefined;
}
