/** `train` from its options to its exit code: configuration, memory, the run's folder, the training, its end. */

import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { LoadedExperiment } from '../../config/index.ts';
import { allowRevectorizer, Machine, ThreadError } from '../../engine/index.ts';
import {
  describeRun,
  type Resumption,
  RunDirectory,
  RunError,
  RunReader,
  trainRun,
} from '../../runs/index.ts';
import { emulationNotice, MachineNotices } from '../../runs/machine-notices.ts';
import { CommandFailure, EXIT, failureOf, UsageError } from '../failure.ts';
import type { Host } from '../host.ts';
import { availableBytes, memoryProblem, predictMemory } from '../memory.ts';
import { quoted } from '../quoted.ts';
import { packageVersion } from '../version.ts';
import { type AnalyticPlan, analyticPlan, runAnalyticTest } from './analytic.ts';
import { type ConfigurationOptions, loadConfiguration } from './configuration.ts';
import { jsonReporter } from './json-reporter.ts';
import type { Reporter } from './reporter.ts';
import { textReporter } from './text-reporter.ts';
import { threadsWorthwhile } from './threads.ts';

export interface TrainCommandOptions extends ConfigurationOptions {
  readonly overwrite?: boolean;
  readonly threads?: number;
  readonly chart?: boolean;
  readonly json?: boolean;
}

/** @returns the exit code; every error it throws has been reported to a program that reads JSON */
export async function trainInFolder(options: TrainCommandOptions, host: Host): Promise<number> {
  const reporter = options.json
    ? jsonReporter(host)
    : textReporter(host, options.chart ?? host.out.isTerminal);
  try {
    return await trainReporting(options, host, reporter);
  } catch (error) {
    reporter.close();
    const { text, exitCode } = failureOf(error, false);
    reporter.failed(text, exitCode);
    throw error;
  } finally {
    reporter.close();
  }
}

async function trainReporting(options: TrainCommandOptions, host: Host, reporter: Reporter): Promise<number> {
  if (options.resume && options.overwrite) {
    throw new UsageError('--resume goes on with a run and --overwrite replaces it; give one of them');
  }
  const loaded = loadConfiguration(options);
  const cores = availableParallelism();
  const predicted = predictMemory(loaded.experiment, options.threads ?? cores);
  const problem = memoryProblem(predicted, availableBytes(), loaded.experiment.task);
  if (problem !== undefined) throw new UsageError(problem);
  const threads = options.threads ?? threadsWorthwhile(predicted.stepOperations, cores);
  const folder = options.run ?? join('runs', loaded.experiment.name);
  await allowRevectorizer();
  const machineNotices = new MachineNotices();
  const machine = await Machine.open({ threads, onNotice: (sentence) => machineNotices.say(sentence) });
  try {
    const resumption = openRun(folder, loaded, options, host, machine.threads);
    if (resumption === undefined) {
      reporter.alreadyFinished(folder);
      return EXIT.done;
    }
    return await trainInto({ ...resumption, machine, machineNotices }, loaded, options, host, reporter);
  } finally {
    await machine.close();
  }
}

/** @returns undefined for a run that is to be resumed and is finished already */
function openRun(
  folder: string,
  loaded: LoadedExperiment,
  options: TrainCommandOptions,
  host: Host,
  threads: number,
): Resumption | undefined {
  const description = describeRun(loaded.experiment, {
    command: ['grokscope', ...host.words],
    versions: { grokscope: packageVersion() },
    threads,
  });
  const { disk } = host;
  if (options.resume) {
    try {
      return RunDirectory.resume(folder, description, { disk });
    } catch (error) {
      if (error instanceof RunError && error.code === 'finished') return undefined;
      throw error;
    }
  }
  const run = RunDirectory.create(folder, description, { overwrite: options.overwrite, disk });
  return { run, checkpoint: undefined, seconds: 0, notices: [] };
}

/** A run that is open, and what it is computed with. */
interface ReadyRun extends Resumption {
  readonly machine: Machine;
  readonly machineNotices: MachineNotices;
}

async function trainInto(
  resumption: ReadyRun,
  { experiment, notices }: LoadedExperiment,
  options: TrainCommandOptions,
  host: Host,
  reporter: Reporter,
): Promise<number> {
  const { run, machine, machineNotices } = resumption;
  const stop = new AbortController();
  const unwatch = host.onInterrupt(() => {
    if (stop.signal.aborted) return host.exit(EXIT.interrupted);
    stop.abort();
    reporter.stopping();
  });
  try {
    const early = machineNotices.handOver((sentence) => {
      run.addNotice(sentence);
      reporter.notice(sentence);
    });
    const ofHost = [...early, ...emulationNotice(machine.mode)];
    const plan = experiment.analytic_dynamics ? analyticPlan(experiment) : undefined;
    const allNotices = [...resumption.notices, ...notices, ...ofHost, ...(plan?.notices ?? [])];
    let begun = false;
    try {
      const outcome = await trainRun(resumption, experiment, {
        machine,
        signal: stop.signal,
        resumed: options.resume === true,
        notices: allNotices,
        watcher: {
          start: (fromStep, milestones) =>
            reporter.start({
              experiment,
              run: run.path,
              runId: run.meta.run_id,
              fromStep,
              resumed: options.resume === true,
              milestones,
              notices: allNotices,
            }),
          step: (done) => reporter.step(done),
          snapshot: (snapshot) => {
            begun = true;
            reporter.snapshot(snapshot);
          },
          checkpoint: (step, path) => reporter.checkpoint(step, path),
        },
        afterTraining:
          plan?.setting && ((trained) => testedAnalytically(plan, trained, stop.signal, reporter)),
      });
      if (outcome.kind === 'diverged') {
        const { error } = outcome;
        // Settings under which the numbers run away are a wrong configuration, found late.
        throw new UsageError(`${error.message}; ${lastGoodCheckpoint(run.path)}`, { cause: error });
      }
      if (outcome.kind === 'interrupted') {
        reporter.interrupted(outcome.step, run.path, resumeCommand(host, run.path));
        return EXIT.interrupted;
      }
      const { step, seconds, summary } = outcome;
      await reporter.done({ experiment, run: run.path, step, seconds, summary });
      return EXIT.done;
    } catch (error) {
      if (!(error instanceof ThreadError && begun)) throw error;
      throw new CommandFailure(`${error.fault}; go on with: ${resumeCommand(host, run.path)}`, {
        cause: error,
      });
    }
  } finally {
    unwatch();
    run.close();
  }
}

/** The analytic test of a run whose training is done. @returns false when it was interrupted and nothing was written */
async function testedAnalytically(
  plan: AnalyticPlan,
  run: RunDirectory,
  signal: AbortSignal,
  reporter: Reporter,
): Promise<boolean> {
  const outcome = await runAnalyticTest(plan, signal, (sentence) => reporter.notice(sentence));
  if (outcome === undefined) return false;
  if (outcome.result !== undefined) run.saveAnalytic(outcome.result);
  reporter.notice(outcome.sentence);
  return true;
}

function resumeCommand(host: Host, folder: string): string {
  return `${host.command} train --run ${quoted(folder)} --resume`;
}

/** The newest checkpoint without a number that is not finite: the step that was noticed may come after the first bad one. */
function lastGoodCheckpoint(folder: string): string {
  const run = new RunReader(folder);
  for (const { step, path } of run.checkpoints().reverse()) {
    try {
      const { tensors } = run.checkpoint(step);
      const values = [...tensors.values()].map(({ data }) => data);
      if (values.every((data) => data instanceof BigInt64Array || data.every(Number.isFinite))) {
        return `the last good checkpoint is ${path}`;
      }
    } catch (error) {
      if (!(error instanceof RunError)) throw error;
    }
  }
  return 'it had written no checkpoint yet';
}
