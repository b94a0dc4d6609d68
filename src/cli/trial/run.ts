/** `trial run` from its options to its exit code. */

import { availableParallelism } from 'node:os';
import { runTrial } from '../../trials/index.ts';
import { plannedRuns } from '../../trials/planned-runs.ts';
import { canStartProcesses, processHand } from '../../trials/pool/process-hand.ts';
import { CommandFailure, EXIT, failureOf } from '../failure.ts';
import type { Host } from '../host.ts';
import { availableBytes } from '../memory.ts';
import { quoted } from '../quoted.ts';
import { packageVersion } from '../version.ts';
import { placesOf, type TrialOptions } from './places.ts';
import { writeTrialReport } from './report.ts';
import { jsonTrialReporter, type TrialReporter, textTrialReporter } from './reporter.ts';
import { sharesOf } from './sharing.ts';

export interface RunTrialCommandOptions extends TrialOptions {
  readonly jobs?: number;
  readonly threads?: number;
  readonly json?: boolean;
}

/** @returns the exit code; every error it throws has been reported to a program that reads JSON */
export async function runTrialCommand(
  file: string,
  options: RunTrialCommandOptions,
  host: Host,
): Promise<number> {
  const reporter = options.json ? jsonTrialReporter(host) : textTrialReporter(host);
  try {
    return await runReporting(file, options, host, reporter);
  } catch (error) {
    reporter.close();
    const { text, exitCode } = failureOf(error, false);
    reporter.failed(text, exitCode);
    throw error;
  } finally {
    reporter.close();
  }
}

async function runReporting(
  file: string,
  options: RunTrialCommandOptions,
  host: Host,
  reporter: TrialReporter,
): Promise<number> {
  const places = placesOf(file, options);
  const { trial, runs, out } = places;
  const samples = trial.arms.map(({ experiment }) => experiment(trial.seeds[0]));
  const machine = { cores: availableParallelism(), bytes: availableBytes() };
  const { jobs, threads } = sharesOf(samples, plannedRuns(trial, runs).length, machine, options);
  const stop = new AbortController();
  const unwatch = host.onInterrupt(() => {
    if (stop.signal.aborted) return host.exit(EXIT.interrupted);
    stop.abort();
    reporter.stopping();
  });
  try {
    const outcome = await runTrial(trial, {
      runs,
      out,
      jobs,
      threads,
      version: packageVersion(),
      command: ['grokscope', ...host.words],
      signal: stop.signal,
      disk: host.disk,
      ...(host.disk === undefined && canStartProcesses() ? { hire: processHand } : {}),
      watcher: reporter.watcher({ ...places, jobs, threads }),
    });
    if (outcome.interrupted) {
      const again = [host.command, ...host.words.map(quoted)].join(' ');
      reporter.interrupted(outcome.missing.length, again);
      return EXIT.interrupted;
    }
    reporter.done(outcome, places);
    if (outcome.results.runs.length > 0) {
      const { report, paths } = writeTrialReport(file, places, host.disk);
      reporter.judged(report.analysis.verdict, paths);
    }
    const [lost] = outcome.givenUp;
    if (lost === undefined) return EXIT.done;
    const { arm, seed, path } = lost.run;
    throw new CommandFailure(
      `arm ${arm}, seed ${seed} was given up, for its process died again and again (${lost.reason}) while it computed ${path}; ` +
        'all other runs are kept, so run the trial again, with a smaller --jobs if memory was short',
    );
  } finally {
    unwatch();
  }
}
