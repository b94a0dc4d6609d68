/** How a trial shares the machine: runs at a time and threads of each, so that cores and memory are enough for all. */

import type { Experiment } from '../../config/index.ts';
import { UsageError } from '../failure.ts';
import { memoryProblem, predictMemory } from '../memory.ts';
import { bytesText } from '../number-words.ts';
import { threadsWorthwhile } from '../train/threads.ts';

export interface MachineRoom {
  readonly cores: number;
  readonly bytes: number;
}

export interface Shares {
  /** Runs at a time. */
  readonly jobs: number;
  /** Of each run. */
  readonly threads: number;
}

/**
 * Runs side by side share nothing, so that a core for each is best; where there are fewer runs than cores, or memory is
 * short, a run gets more threads, if it is large enough for them.
 * @param experiments one of each arm
 * @param runs that are to be computed
 * @throws UsageError when the memory is not enough
 */
export function sharesOf(
  experiments: readonly Experiment[],
  runs: number,
  { cores, bytes }: MachineRoom,
  asked: { readonly jobs?: number; readonly threads?: number } = {},
): Shares {
  const predictions = experiments.map((experiment) => ({
    experiment,
    ...predictMemory(experiment, asked.threads ?? 1),
  }));
  const largest = predictions.reduce((a, b) => (b.totalBytes > a.totalBytes ? b : a));
  const problem = memoryProblem(largest, bytes, largest.experiment.task);
  if (problem !== undefined) throw new UsageError(problem);
  const fitting = Math.max(1, Math.floor(bytes / largest.totalBytes));
  if (asked.jobs !== undefined && asked.jobs > fitting)
    throw new UsageError(
      `${asked.jobs} runs at a time need about ${bytesText(asked.jobs * largest.totalBytes)} of memory, and this machine has ${bytesText(bytes)}; give --jobs ${fitting}`,
    );
  const room = Math.max(1, Math.floor(cores / (asked.threads ?? 1)));
  const jobs = asked.jobs ?? Math.max(1, Math.min(room, runs, fitting));
  const operations = Math.max(...predictions.map(({ stepOperations }) => stepOperations));
  const each = Math.max(1, Math.floor(cores / jobs));
  return { jobs, threads: asked.threads ?? threadsWorthwhile(operations, each) };
}
