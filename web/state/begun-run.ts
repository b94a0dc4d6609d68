/** The runs that are computed in this page: trainings, and simulations where the settings ask for the isolated dynamics. */

import type { Experiment } from 'grokscope';
import { IsolatedRun } from '../isolated/isolated-run.ts';
import { isSimulated } from '../isolated/simulated-settings.ts';
import type { LabRun } from '../run/lab-run.ts';
import type { PlayedRun } from '../run/played-run.ts';
import { TrainingRun } from '../run/training-run.ts';
import type { TrainingStart } from '../run/training-start.ts';

/** What settings begin. */
export function begunRun(experiment: Experiment, start: TrainingStart): TrainingRun | IsolatedRun {
  return isSimulated(experiment) ? new IsolatedRun(start) : new TrainingRun(start);
}

/** A run where it is one of them. */
export function playedRun(run: LabRun | undefined): PlayedRun | undefined {
  return run instanceof TrainingRun || run instanceof IsolatedRun ? run : undefined;
}
