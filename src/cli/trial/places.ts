/** Where a trial's runs and results stand, by the options of its commands. */

import { join } from 'node:path';
import { pilotOf, readTrial, resultsFolder, type Trial } from '../../trials/index.ts';

export interface TrialOptions {
  /** A pilot over so many seeds. */
  readonly seeds?: number;
  /** The folder for the runs of all trials. */
  readonly runs: string;
  readonly out?: string;
}

export interface TrialPlaces {
  /** The trial as its file states it, or its pilot. */
  readonly trial: Trial;
  readonly isPilot: boolean;
  /** Of its runs. */
  readonly runs: string;
  /** Of its results. */
  readonly out: string;
}

/** @throws ConfigError */
export function placesOf(file: string, { seeds, runs: base, out }: TrialOptions): TrialPlaces {
  const stated = readTrial(file);
  const trial = seeds === undefined ? stated : pilotOf(stated, seeds);
  const isPilot = trial !== stated;
  const runs = join(base, trial.name);
  const apart = isPilot ? join(runs, `pilot-${trial.seeds.length}-seeds`) : resultsFolder(file, trial.name);
  return { trial, isPilot, runs, out: out ?? apart };
}
