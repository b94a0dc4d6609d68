/** `trial status`: how many runs of each arm are finished, running, diverged and missing, and how long the rest will take. */

import { availableParallelism } from 'node:os';
import { plannedRuns } from '../../trials/planned-runs.ts';
import { readResults } from '../../trials/results-file.ts';
import { type RunStanding, type StandingRun, trialStanding } from '../../trials/trial-status.ts';
import type { Host } from '../host.ts';
import { availableBytes } from '../memory.ts';
import { durationText } from '../number-words.ts';
import { placesOf, type TrialOptions } from './places.ts';
import { sharesOf } from './sharing.ts';

const standings: readonly RunStanding[] = ['finished', 'running', 'begun', 'diverged', 'missing'];

/** @throws ConfigError, or RunError where something else stands in the place of a run */
export function trialStatus(file: string, options: TrialOptions & { json?: boolean }, host: Host): void {
  const { trial, runs, out } = placesOf(file, options);
  const all = trialStanding(trial, plannedRuns(trial, runs), readResults(out, host.disk), host.disk);
  const arms = trial.arms.map(({ name }) => {
    const ofArm = all.filter(({ run }) => run.arm === name);
    const count = (standing: RunStanding) => ofArm.filter((one) => one.standing === standing).length;
    return { arm: name, ...(Object.fromEntries(standings.map((one) => [one, count(one)])) as Counts) };
  });
  const left = all.filter(({ standing }) => standing !== 'finished' && standing !== 'diverged');
  const samples = trial.arms.map(({ experiment }) => experiment(trial.seeds[0]));
  const machine = { cores: availableParallelism(), bytes: availableBytes() };
  const { jobs } = sharesOf(samples, Math.max(1, left.length), machine);
  const seconds = left.length === 0 ? 0 : secondsOf(left, all) / jobs;
  if (options.json) {
    const known = Number.isFinite(seconds) ? Math.round(seconds) : null;
    host.out.write(`${JSON.stringify({ trial: trial.name, runs: all.length, arms, seconds_left: known })}\n`);
    return;
  }
  const width = Math.max(3, ...arms.map(({ arm }) => arm.length));
  const line = (first: string, cells: readonly (string | number)[]) =>
    `${[first.padEnd(width), ...cells.map((cell) => String(cell).padStart(8))].join('  ')}\n`;
  host.out.write(`Trial ${trial.name}: ${all.length - left.length} of ${all.length} runs are done\n`);
  host.out.write(line('arm', standings));
  for (const { arm, ...counts } of arms)
    host.out.write(
      line(
        arm,
        standings.map((one) => counts[one]),
      ),
    );
  if (left.length > 0) {
    const rest = Number.isFinite(seconds)
      ? `about ${durationText(seconds)}, ${jobs} at a time`
      : 'nobody knows how long';
    host.out.write(`Left: ${left.length} runs, ${rest}\n`);
  }
}

type Counts = Readonly<Record<RunStanding, number>>;

/** Of all runs that are left, one after the other, at the pace of those that are done; NaN where none is known. */
function secondsOf(left: readonly StandingRun[], all: readonly StandingRun[]): number {
  const timed = all.filter(({ standing, seconds }) => standing === 'finished' && seconds !== null);
  const mean = (runs: readonly StandingRun[]) =>
    runs.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0) / runs.length;
  return left.reduce((sum, { run, step }) => {
    const ofArm = timed.filter((one) => one.run.arm === run.arm);
    const share = 1 - step / run.experiment.train.total_steps;
    return sum + share * mean(ofArm.length > 0 ? ofArm : timed);
  }, 0);
}
