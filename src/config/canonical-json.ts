/** The meaning of an experiment as one line of text: equal for two experiments exactly when their runs are equal. */
import type { Experiment } from './experiment.ts';

/**
 * JSON with sorted keys and without spaces (the form of RFC 8785), for the run id. Left out is what changes no result:
 * the name, `loader.num_workers`, `loader.pin_memory`, and how often progress is shown and checkpoints are kept.
 */
export function canonicalJson(experiment: Experiment): string {
  const { name: _name, ...meaning } = experiment;
  const { log_interval_steps: _log, checkpoint_every_steps: _checkpoint, ...train } = experiment.train;
  return JSON.stringify(sorted({ ...meaning, loader: { batch_size: experiment.loader.batch_size }, train }));
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, child]) => [key, sorted(child)]));
}
