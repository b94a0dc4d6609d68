/** A trial is run: what it states is registered, every run that is missing is computed, and its results are kept. */

import { NUMERIC_VERSION } from '../engine/index.ts';
import {
  canonicalJson,
  describeMachine,
  type FileSystem,
  nodeFileSystem,
  RunError,
  type RunErrorCode,
} from '../runs/index.ts';
import { explained } from '../runs/run-error.ts';
import { RunLock } from '../runs/run-lock.ts';
import { type PlanChanges, planChanges, planHash, planOf } from './plan.ts';
import { type PlannedRun, plannedRuns } from './planned-runs.ts';
import { type Hand, ownHand } from './pool/hand.ts';
import type { JobEnd } from './pool/perform-run.ts';
import { type GivenUp, performAll } from './pool/pool.ts';
import type { RunResult, TrialResults } from './results.ts';
import { readResults, resultsPath, writeResults } from './results-file.ts';
import { readRunResult } from './run-result.ts';
import type { Trial } from './trial.ts';

/** Where a trial is run and with what. */
export interface RunTrialOptions {
  /** The folder of its runs. */
  readonly runs: string;
  /** The folder of its results. */
  readonly out: string;
  /** Runs at a time; default 1. */
  readonly jobs?: number;
  /** Threads of each run; default 1. */
  readonly threads?: number;
  /** Who performs runs; by default this process, one at a time. */
  readonly hire?: () => Hand;
  /** The version of the package, for results.json and meta.json. */
  readonly version: string;
  readonly command: readonly string[];
  /** When aborted, the runs at hand end with a checkpoint and no other begins. */
  readonly signal?: AbortSignal;
  readonly watcher?: TrialWatcher;
  readonly disk?: FileSystem;
  readonly now?: () => Date;
}

/** Whoever looks on. */
export interface TrialWatcher {
  /** Before the first run: all runs, and those that have to be computed. */
  start?(all: readonly PlannedRun[], missing: readonly PlannedRun[]): void;
  step?(run: PlannedRun, step: number): void;
  end?(run: PlannedRun, result: RunResult): void;
  /** The process of a run has died; it is gone on with. */
  lost?(run: PlannedRun, reason: string): void;
}

/** How it ended. */
export interface TrialOutcome {
  readonly results: TrialResults;
  /** Runs of the trial that are not in the results. */
  readonly missing: readonly PlannedRun[];
  readonly interrupted: boolean;
  readonly givenUp: readonly GivenUp<PlannedRun>[];
  readonly changes: PlanChanges;
}

/**
 * Runs what is missing of a trial. What was computed before stays, also when this fails or is killed at any moment.
 * @throws RunError, one sentence, when the trial cannot be run there; ConfigError when a seed of an arm cannot be built
 */
export async function runTrial(trial: Trial, options: RunTrialOptions): Promise<TrialOutcome> {
  const { runs, disk = nodeFileSystem } = options;
  explainedForTrial(() => explained('making the folder', runs, () => disk.makeFolder(runs)));
  const lock = trialLock(trial, runs, disk);
  try {
    return await runLocked(trial, options, disk);
  } finally {
    lock.release();
  }
}

function trialLock(trial: Trial, folder: string, disk: FileSystem): RunLock {
  try {
    return RunLock.take(folder, disk);
  } catch (error) {
    if (!(error instanceof RunError) || error.code !== 'locked') throw error;
    const problem = error.problem.replace(
      'the run is being written by',
      `trial ${trial.name} is being run by`,
    );
    const hint = 'wait for it or end it; if that process is no longer there, remove that file';
    throw new RunError('locked', problem, hint, { cause: error });
  }
}

async function runLocked(trial: Trial, options: RunTrialOptions, disk: FileSystem): Promise<TrialOutcome> {
  const { out, jobs = 1, threads = 1, version, command, watcher, now = () => new Date() } = options;
  const { signal = new AbortController().signal, hire = () => ownHand(options.disk) } = options;
  const all = plannedRuns(trial, options.runs);
  const { results: found, changes, isNew } = registered(trial, out, { disk, version, now });
  const kept = new Map(found.runs.map((run) => [keyOf(run), run]));
  const judgedAlike = sameEndpoints(trial, found);
  for (const run of all) {
    const known = kept.get(keyOf(run));
    if (known?.run_id === run.runId && judgedAlike) continue;
    const result = readRunResult(run, trial.endpoints, disk);
    if (result === undefined) kept.delete(keyOf(run));
    else kept.set(keyOf(run), result);
  }
  const isMissing = (run: PlannedRun) => !kept.has(keyOf(run));
  const missing = all.filter(isMissing);
  let results: TrialResults =
    isNew && kept.size > 0
      ? { ...found, registered: { ...found.registered, runs_before: kept.size } }
      : found;
  const keep = (more: Partial<TrialResults> = {}) => {
    results = { ...results, ...more, runs: inOrder(trial, [...kept.values()]) };
    explainedForTrial(() => writeResults(out, results, disk));
  };
  keep();
  watcher?.start?.(all, missing);
  const givenUp = await performAll(missing, {
    jobs,
    hire,
    signal,
    jobOf: ({ experiment, path }) => ({
      experiment,
      path,
      threads,
      command,
      versions: { grokscope: version },
    }),
    onStep: (run, step) => watcher?.step?.(run, step),
    onLost: (run, reason) => watcher?.lost?.(run, reason),
    onEnd: (run, end) => {
      if (end.kind === 'failed') throw failed(run, end);
      const result = readRunResult(run, trial.endpoints, disk);
      if (result === undefined) throw new Error(`internal: ${run.path} has ended without a result`);
      kept.set(keyOf(run), result);
      keep({ machines: [...new Set([...results.machines, machineLine()])] });
      watcher?.end?.(run, result);
    },
  });
  const left = all.filter(isMissing);
  return {
    results,
    missing: left,
    interrupted: signal.aborted && left.length > givenUp.length,
    givenUp,
    changes,
  };
}

/** The results there are, if they are of this trial, or new ones that only register it. */
function registered(
  trial: Trial,
  out: string,
  { disk, version, now }: { disk: FileSystem; version: string; now: () => Date },
): { results: TrialResults; changes: PlanChanges; isNew: boolean } {
  const plan = planOf(trial);
  const found = readResults(out, disk);
  const numericVersion = Number(NUMERIC_VERSION);
  if (found === undefined) {
    const results: TrialResults = {
      format: 1,
      trial: trial.name,
      registered: { date: now().toISOString().slice(0, 10), hash: planHash(plan), plan },
      grokscope: version,
      numeric_version: numericVersion,
      machines: [],
      runs: [],
    };
    return { results, changes: { runs: [], words: [] }, isNew: true };
  }
  const path = resultsPath(out);
  const remedy = 'give the changed trial a new file name, or other results with --out';
  if (found.trial !== trial.name)
    throw new RunError(
      'other-run',
      `${path} holds the results of trial ${found.trial}, not of ${trial.name}`,
      remedy,
    );
  if (found.numeric_version !== numericVersion)
    throw new RunError(
      'other-run',
      `${path} was computed by numeric version ${found.numeric_version} of the arithmetic, this one is ${numericVersion}`,
      'name another folder with --out',
    );
  const changes = planChanges(found.registered.plan, plan);
  if (changes.runs.length > 0)
    throw new RunError(
      'other-run',
      `${path} holds other runs than the trial states now: ${named(changes.runs)}`,
      remedy,
    );
  return { results: found, changes, isNew: false };
}

/** How many differing keys are named. */
const MOST_NAMED = 3;

function named(differences: PlanChanges['runs']): string {
  const texts = differences
    .slice(0, MOST_NAMED)
    .map(({ key, there, here }) => `${key} is ${there ?? 'absent'} there and ${here ?? 'absent'} here`);
  const more = differences.length - texts.length;
  return texts.join(', ') + (more > 0 ? `, and ${more} more` : '');
}

/** Values kept of other endpoints are read off the runs again. */
function sameEndpoints(trial: Trial, { registered }: TrialResults): boolean {
  const { endpoints } = registered.plan as { endpoints?: unknown };
  return endpoints !== undefined && canonicalJson(endpoints) === canonicalJson(planOf(trial).endpoints);
}

function keyOf({ arm, seed }: Pick<RunResult, 'arm' | 'seed'>): string {
  return JSON.stringify([arm, seed]);
}

/** By arm in the order of the trial, then by seed. */
function inOrder(trial: Trial, runs: readonly RunResult[]): RunResult[] {
  const place = new Map(trial.arms.map(({ name }, index) => [name, index]));
  const at = ({ arm }: RunResult) => place.get(arm) ?? place.size;
  return runs.toSorted((a, b) => at(a) - at(b) || a.seed - b.seed);
}

function failed({ arm, seed }: PlannedRun, { problem, hint, code }: JobEnd & { kind: 'failed' }): RunError {
  return new RunError(code ?? 'damaged', `arm ${arm}, seed ${seed}: ${problem}`, diskRemedy(code) ?? hint);
}

function diskRemedy(code: RunErrorCode | null): string | undefined {
  if (code === 'disk-full') return 'make room and run the trial again: what is computed is kept';
  if (code === 'not-writable')
    return 'make the folder writable and run the trial again: what is computed is kept';
  return undefined;
}

function explainedForTrial(act: () => void): void {
  try {
    act();
  } catch (error) {
    const remedy = error instanceof RunError ? diskRemedy(error.code) : undefined;
    if (!(error instanceof RunError) || remedy === undefined) throw error;
    throw new RunError(error.code, error.problem, remedy, { cause: error });
  }
}

function machineLine(): string {
  const { cpu, cores, platform, arch, node } = describeMachine();
  return `${cpu}, ${cores} cores, ${platform} ${arch}, Node ${node}`;
}
