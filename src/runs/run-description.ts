/** What a run directory says of an experiment: its identity, its config.yaml, its seeds. */

import { type Experiment, meaningOf, toYaml } from '../config/index.ts';
import { NUMERIC_VERSION } from '../engine/index.ts';
import type { RunDescription } from './meta-format.ts';

/** Who trains, and how: the part of a description that is not in the experiment. */
export type RunCircumstances = Pick<RunDescription, 'command' | 'versions' | 'threads'>;

/** Describes an experiment for `RunDirectory.create` and `resume`. */
export function describeRun(experiment: Experiment, circumstances: RunCircumstances): RunDescription {
  return {
    config: meaningOf(experiment),
    configText: toYaml(experiment),
    numericVersion: NUMERIC_VERSION,
    seeds: { seed: experiment.seed, dataset_seed: experiment.dataset.seed },
    ...circumstances,
  };
}
