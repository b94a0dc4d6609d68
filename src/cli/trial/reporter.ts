/** A running trial as text, with one live line in a terminal and a line a run in a pipe, or as JSON. */

import pc from 'picocolors';
import type { TrialOutcome, TrialWatcher, Verdict } from '../../trials/index.ts';
import type { PlannedRun } from '../../trials/planned-runs.ts';
import type { RunResult } from '../../trials/results.ts';
import { resultsPath } from '../../trials/results-file.ts';
import { type Host, wantsColor } from '../host.ts';
import { clockText, countText } from '../number-words.ts';
import { LiveRegion } from '../train/live-region.ts';
import type { TrialPlaces } from './places.ts';
import type { Shares } from './sharing.ts';
import { TrialPace } from './trial-pace.ts';

export interface TrialReporter {
  watcher(trial: TrialPlaces & Shares): TrialWatcher;
  /** The first Ctrl-C. */
  stopping(): void;
  /** `again` is the command that goes on. */
  interrupted(missing: number, again: string): void;
  done(outcome: TrialOutcome, places: TrialPlaces): void;
  /** The verdict, and the pages that tell it. */
  judged(verdict: Verdict, pages: readonly string[]): void;
  failed(message: string, exitCode: number): void;
  /** Leaves the terminal as it was found. Closing twice does nothing. */
  close(): void;
}

/** Seconds between two drawings of the live line. */
const REDRAW_SECONDS = 0.1;

export function textTrialReporter(host: Host, clock: () => number = () => performance.now()): TrialReporter {
  const colors = pc.createColors(wantsColor(host.out, host.env));
  let pace: TrialPace | undefined;
  let drawn = Number.NEGATIVE_INFINITY;
  const seconds = () => clock() / 1000;
  const live = host.out.isTerminal
    ? new LiveRegion(host.out, (columns) => progressText(pace, seconds()).slice(0, Math.max(0, columns - 1)))
    : undefined;
  const print = (text: string) => (live === undefined ? host.out.write(text) : live.print(text));
  const redraw = () => {
    if (live === undefined || seconds() - drawn < REDRAW_SECONDS) return;
    drawn = seconds();
    live.redraw();
  };
  const aside = (text: string) => (live === undefined ? host.err.write(text) : live.print(text));
  return {
    watcher: ({ trial, isPilot, runs, jobs, threads }) => ({
      start: (all, missing) => {
        pace = new TrialPace(all, missing, seconds());
        const what = isPilot
          ? `Pilot of trial ${trial.name} over ${trial.seeds.length} ${trial.seeds.length === 1 ? 'seed' : 'seeds'}`
          : `Trial ${trial.name}`;
        const known = all.length - missing.length;
        const shares = `${jobs} at a time${threads > 1 ? `, ${threads} threads each` : ''}`;
        const rest =
          missing.length === 0
            ? 'all computed already'
            : `${known > 0 ? `${known} computed already, ` : ''}${shares}, into ${runs}`;
        print(`${what}: ${all.length} runs, ${rest}\n`);
      },
      step: (run, step) => {
        pace?.step(run, step);
        redraw();
      },
      end: (run, result) => {
        pace?.end(run);
        const progress = live === undefined ? `  (${progressText(pace, seconds())})` : '';
        print(`${runText(result)}${progress}\n`);
      },
      lost: ({ arm, seed }, reason) =>
        aside(`note: the process of arm ${arm}, seed ${seed} died (${reason}); another goes on with it\n`),
    }),
    stopping: () => aside('Stopping after the steps at hand, with checkpoints; Ctrl-C again ends at once.\n'),
    interrupted: (missing, again) => {
      live?.close();
      print(`Interrupted; ${missing} runs are left. Go on with: ${again}\n`);
    },
    done: ({ results, changes }, { out }) => {
      live?.close();
      const diverged = results.runs.filter(({ diverged_at }) => diverged_at !== null);
      for (const { arm, seed, diverged_at } of diverged)
        print(`${arm}, seed ${seed} diverged at step ${diverged_at}: it counts as censored.\n`);
      for (const { key, there, here } of changes.words)
        print(`Changed after the first run: ${key}: ${there ?? 'absent'} → ${here ?? 'absent'}\n`);
      print(`${colors.bold(`${results.runs.length} runs`)} in ${resultsPath(out)}\n`);
    },
    judged: (verdict, pages) =>
      print(`Verdict: ${colors.bold(verdict)}\n${pages.map((page) => `${page}\n`).join('')}`),
    failed: () => {},
    close: () => live?.close(),
  };
}

function progressText(pace: TrialPace | undefined, seconds: number): string {
  if (pace === undefined) return '';
  return `${pace.done}/${pace.total} runs, ${clockText(pace.secondsLeft(seconds))} left`;
}

/** `decay 1, seed 3: grokked at step 140` in words of the run itself. */
function runText({ arm, seed, diverged_at, last_step, endpoints }: RunResult): string {
  if (diverged_at !== null) return `${arm}, seed ${seed}: diverged at step ${countText(diverged_at)}`;
  const values = Object.entries(endpoints).map(([name, { value, observed }]) => {
    if (value === null) return `no ${name}`;
    return `${name} ${observed ? '' : '> '}${Number(value.toPrecision(4))}`;
  });
  return `${arm}, seed ${seed}: ${values.join(', ')}; ${countText(last_step)} steps`;
}

export function jsonTrialReporter(host: Host): TrialReporter {
  const write = (event: string, fields: object) =>
    host.out.write(`${JSON.stringify({ event, ...fields })}\n`);
  const nameOf = ({ arm, seed, path }: PlannedRun) => ({ arm, seed, run: path });
  return {
    watcher: ({ trial, isPilot, runs, out, jobs, threads }) => ({
      start: (all, missing) =>
        write('start', {
          trial: trial.name,
          pilot: isPilot,
          runs: all.length,
          missing: missing.length,
          jobs,
          threads,
          folder: runs,
          results: resultsPath(out),
        }),
      end: (run, { run_id, last_step, diverged_at, endpoints }) =>
        write('run', { ...nameOf(run), run_id, last_step, diverged_at, endpoints }),
      lost: (run, reason) => write('lost', { ...nameOf(run), reason }),
    }),
    stopping: () => {},
    interrupted: (missing, again) => write('interrupted', { missing, resume: again }),
    done: ({ results, missing, givenUp, changes }, { out }) =>
      write('done', {
        results: resultsPath(out),
        runs: results.runs.length,
        missing: missing.length,
        given_up: givenUp.map(({ run, reason }) => ({ ...nameOf(run), reason })),
        changed_after_registration: changes.words,
      }),
    judged: (verdict, pages) => write('verdict', { verdict, pages }),
    failed: (message, exitCode) => write('error', { message, exit_code: exitCode }),
    close: () => {},
  };
}
