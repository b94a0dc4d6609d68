/** Where a trial stands, read from its results and the folders of its runs; nothing is changed and no lock is taken. */

import { type FileSystem, nodeFileSystem, RunReader, standingOf } from '../runs/index.ts';
import { isLocked } from '../runs/run-lock.ts';
import type { PlannedRun } from './planned-runs.ts';
import type { TrialResults } from './results.ts';
import { readRunResult } from './run-result.ts';
import type { Trial } from './trial.ts';

/** begun: stopped somewhere, to be gone on with. */
export type RunStanding = 'finished' | 'diverged' | 'running' | 'begun' | 'missing';

export interface StandingRun {
  readonly run: PlannedRun;
  readonly standing: RunStanding;
  /** Seconds it was trained for, as far as its folder says. */
  readonly seconds: number | null;
  /** The last step that its folder has rows of; 0 where there is no folder. */
  readonly step: number;
}

/** @throws RunError where the folder of a run holds something else */
export function trialStanding(
  trial: Trial,
  runs: readonly PlannedRun[],
  results: TrialResults | undefined,
  disk: FileSystem = nodeFileSystem,
): StandingRun[] {
  const kept = new Map(results?.runs.map((result) => [result.run_id, result]));
  return runs.map((run): StandingRun => {
    const isThere = standingOf(run.path, disk).kind === 'run';
    const result = kept.get(run.runId) ?? (isThere ? readRunResult(run, trial.endpoints, disk) : undefined);
    const last = isThere ? new RunReader(run.path, disk).timing().at(-1) : undefined;
    const seconds = last?.seconds ?? null;
    const step = last?.step ?? 0;
    if (result !== undefined)
      return {
        run,
        seconds,
        step: result.last_step,
        standing: result.diverged_at === null ? 'finished' : 'diverged',
      };
    if (!isThere) return { run, standing: 'missing', seconds: null, step: 0 };
    return { run, standing: isLocked(run.path, disk) ? 'running' : 'begun', seconds, step };
  });
}
