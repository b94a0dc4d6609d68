/** What of an experiment determines its results: two experiments with equal meaning are one computation. */
import type { Experiment } from './experiment.ts';

/**
 * The experiment without the keys that change no number of it: the name, `loader.num_workers`, `loader.pin_memory`, and
 * how often progress is shown and checkpoints are kept. A run's id is made of it.
 */
export function meaningOf(experiment: Experiment): object {
  const { name: _name, loader, train, ...rest } = experiment;
  const { log_interval_steps: _log, checkpoint_every_steps: _checkpoint, ...training } = train;
  return { ...rest, loader: { batch_size: loader.batch_size }, train: training };
}
