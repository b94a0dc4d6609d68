/** One line of the lab's list of runs: what a run is, how far it is, and what it came to. */

import type { RunReader } from '../../runs/index.ts';
import { summarize } from '../../training/summary.ts';
import { milestonesOfRun } from '../milestone-thresholds.ts';
import type { RunOutline, RunState } from './served-runs.ts';

type Reached = Pick<RunOutline, 'last_step' | 'memorized_step' | 'first_crossing_step' | 'grokked_step'>;

const nothingReached: Reached = {
  last_step: null,
  memorized_step: null,
  first_crossing_step: null,
  grokked_step: null,
};

/** What is said of a run before anything of its metrics is. */
export function stateOf(run: RunReader): RunState {
  const isWritten = !run.done && run.isBeingWritten();
  if (isWritten) return 'being-written';
  // A run that diverged has a summary and is not done: it did not do what it was to do.
  if (summaryOf(run).status === 'diverged') return 'diverged';
  return run.done ? 'finished' : 'stopped';
}

/** The outline of a run that is read under `name`. A run whose metrics cannot be read says why. */
export function outlineOf(name: string, run: RunReader): RunOutline {
  const { run_id, started } = run.meta;
  const outline = { name, run_id, state: stateOf(run), started };
  try {
    const summarized = run.done ? reachedBySummary(run) : undefined;
    return { ...outline, ...(summarized ?? reachedByMetrics(run)) };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { ...outline, ...nothingReached, problem };
  }
}

function reachedByMetrics(run: RunReader): Reached {
  const { last, memorized_step, first_crossing_step, grokked_step } = summarize(
    run.metrics(['loss', 'accuracy']).rows,
    milestonesOfRun(run),
  );
  return { last_step: last?.step ?? null, memorized_step, first_crossing_step, grokked_step };
}

/** From summary.json, which is small; undefined where it is missing, torn, or of a version that had other keys. */
function reachedBySummary(run: RunReader): Reached | undefined {
  const { last_step, memorized_step, first_crossing_step, grokked_step } = summaryOf(run);
  const reached = { last_step, memorized_step, first_crossing_step, grokked_step };
  const isStep = (value: unknown) => value === null || (typeof value === 'number' && value >= 0);
  return Object.values(reached).every(isStep) ? (reached as Reached) : undefined;
}

function summaryOf(run: RunReader): Readonly<Record<string, unknown>> {
  try {
    const summary = run.summary();
    return typeof summary === 'object' && summary !== null ? { ...summary } : {};
  } catch {
    return {};
  }
}
