/** The trials of a folder, those with results and those without. */

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { explained } from '../../runs/run-error.ts';
import { resultsPath } from '../../trials/results-file.ts';
import { UsageError } from '../failure.ts';
import { placesOf, type TrialPlaces } from './places.ts';
import { RUNS_FOLDER } from './report.ts';

export interface CommittedTrial {
  readonly file: string;
  readonly places: TrialPlaces;
  readonly hasResults: boolean;
}

/**
 * By name of file.
 * @throws UsageError without such a folder; ConfigError for a trial that cannot be read
 */
export function committedTrials(folder: string): CommittedTrial[] {
  if (!existsSync(folder)) {
    throw new UsageError(`there is no folder ${folder}; name the folder of the trials with --trials`);
  }
  return explained('listing it', folder, () => readdirSync(folder))
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => {
      const file = join(folder, name);
      const places = placesOf(file, { runs: RUNS_FOLDER });
      return { file, places, hasResults: existsSync(resultsPath(places.out)) };
    });
}
