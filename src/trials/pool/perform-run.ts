/** One run of a trial, from its folder as it stands to its end: begun, or gone on with where it was. */

import type { Experiment } from '../../config/index.ts';
import { noticesOf } from '../../config/notices.ts';
import { allowRevectorizer, EngineError, Machine } from '../../engine/index.ts';
import { MeasureRefusal } from '../../measures/index.ts';
import {
  describeRun,
  type FileSystem,
  nodeFileSystem,
  type Resumption,
  RunDirectory,
  RunError,
  type RunErrorCode,
  standingOf,
  trainRun,
} from '../../runs/index.ts';
import { emulationNotice, MachineNotices } from '../../runs/machine-notices.ts';

/** All that another process needs to know of a run: plain JSON. */
export interface RunJob {
  readonly experiment: Experiment;
  /** The folder of the run. */
  readonly path: string;
  readonly threads: number;
  readonly command: readonly string[];
  readonly versions: Readonly<Record<string, string>>;
}

/** How it ended: plain JSON. */
export type JobEnd =
  | { readonly kind: 'finished' }
  | { readonly kind: 'diverged' }
  /** With a checkpoint. */
  | { readonly kind: 'interrupted' }
  /** `problem; hint` is one sentence; `code` where the files of the run were the reason. */
  | {
      readonly kind: 'failed';
      readonly problem: string;
      readonly hint: string;
      readonly code: RunErrorCode | null;
    };

export interface Performance {
  readonly signal: AbortSignal;
  /** After every step, and at first with the step the run goes on from. */
  readonly onStep: (step: number) => void;
  readonly disk?: FileSystem;
}

/** Times a lock is tried, and milliseconds in between: a process that was killed may still be seen for a moment. */
const LOCK_TRIALS = 20;
const LOCK_WAIT = 250;

/** @throws what nobody foresaw; everything else is an end */
export async function performRun(job: RunJob, performance: Performance): Promise<JobEnd> {
  const { experiment, path, threads, command, versions } = job;
  const { signal, onStep, disk = nodeFileSystem } = performance;
  try {
    await allowRevectorizer();
    const machineNotices = new MachineNotices();
    const machine = await Machine.open({ threads, onNotice: (sentence) => machineNotices.say(sentence) });
    try {
      const description = describeRun(experiment, { command, versions, threads: machine.threads });
      const opened = await unlocked(() => open(path, description, disk));
      if (opened === undefined) return { kind: 'finished' };
      const watcher = { start: onStep, step: onStep };
      const { resumption, resumed } = opened;
      const early = machineNotices.handOver((sentence) => resumption.run.addNotice(sentence));
      const notices = [...noticesOf(experiment), ...early, ...emulationNotice(machine.mode)];
      const training = { machine, signal, resumed, notices, watcher };
      const { kind } = await trainRun(resumption, experiment, training);
      return { kind };
    } finally {
      await machine.close();
    }
  } catch (error) {
    if (error instanceof RunError)
      return { kind: 'failed', problem: error.problem, hint: error.hint, code: error.code };
    const isForeseen =
      error instanceof MeasureRefusal ||
      (error instanceof EngineError && !error.message.startsWith('internal:'));
    if (!isForeseen) throw error;
    return {
      kind: 'failed',
      problem: error.message,
      hint: 'change the arm in the file of the trial',
      code: null,
    };
  }
}

/** @returns undefined where the run is finished */
function open(
  path: string,
  description: Parameters<typeof RunDirectory.create>[1],
  disk: FileSystem,
): { resumption: Resumption; resumed: boolean } | undefined {
  const standing = standingOf(path, disk);
  if (standing.kind === 'run' && standing.done) return undefined;
  if (standing.kind === 'run')
    return { resumption: RunDirectory.resume(path, description, { disk }), resumed: true };
  const run = RunDirectory.create(path, description, { disk });
  return { resumption: { run, checkpoint: undefined, seconds: 0, notices: [] }, resumed: false };
}

async function unlocked<T>(act: () => T): Promise<T> {
  for (let trial = 1; ; trial++) {
    try {
      return act();
    } catch (error) {
      if (!(error instanceof RunError) || error.code !== 'locked' || trial === LOCK_TRIALS) throw error;
      await new Promise((resolve) => setTimeout(resolve, LOCK_WAIT));
    }
  }
}
