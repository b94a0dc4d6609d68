/** The runs of a trial: which, in what order, where. Seed by seed over all arms, so that whoever stops early has whole pairs. */

import { join } from 'node:path';
import { type Experiment, meaningOf } from '../config/index.ts';
import { NUMERIC_VERSION } from '../engine/index.ts';
import { runId } from '../runs/index.ts';
import { armSlugs, seedFolder } from './run-folders.ts';
import type { Trial } from './trial.ts';

/** A run of a trial before it is trained. */
export interface PlannedRun {
  readonly arm: string;
  readonly seed: number;
  readonly runId: string;
  /** Below the folder of the trial's runs. */
  readonly folder: string;
  readonly path: string;
  readonly experiment: Experiment;
}

/**
 * Every run of a trial, by seed, then by arm.
 * @param runs the folder of its runs
 * @throws ConfigError when an arm cannot be built for a seed
 */
export function plannedRuns(trial: Trial, runs: string): PlannedRun[] {
  const slugs = armSlugs(trial.arms.map(({ name }) => name));
  return trial.seeds.flatMap((seed) =>
    trial.arms.map(({ name: arm, experiment: ofSeed }) => {
      const experiment = ofSeed(seed);
      const folder = `${slugs.get(arm)}/${seedFolder(seed)}`;
      const id = runId(meaningOf(experiment), NUMERIC_VERSION);
      return { arm, seed, runId: id, folder, path: join(runs, folder), experiment };
    }),
  );
}
