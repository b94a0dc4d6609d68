/** A training in words: with one live line in a terminal, with a line now and then in a pipe. */

import pc from 'picocolors';
import { taskTitle } from '../../config/index.ts';
import { type Host, wantsAscii, wantsColor } from '../host.ts';
import { countText } from '../number-words.ts';
import { LiveRegion } from './live-region.ts';
import { Pace } from './pace.ts';
import { Phases } from './phases.ts';
import { liveLine, type Progress, plainLine } from './progress.ts';
import type { Reporter, RunStart } from './reporter.ts';

/** Seconds between two drawings of the live line: enough for the eye, nothing beside a step. */
const REDRAW_SECONDS = 0.1;

export function textReporter(
  host: Host,
  chart: boolean,
  clock: () => number = () => performance.now(),
): Reporter {
  const color = wantsColor(host.out, host.env);
  const colors = pc.createColors(color);
  const ascii = wantsAscii(host.env);
  const pace = new Pace();
  let progress: Progress = { step: 0, totalSteps: 0, rate: Number.NaN, metrics: undefined };
  let phases: Phases | undefined;
  let interval = 1;
  let printed = 0;
  let drawn = Number.NEGATIVE_INFINITY;
  const live = host.out.isTerminal
    ? new LiveRegion(host.out, (columns) => liveLine(progress, columns, colors, ascii))
    : undefined;
  const print = (text: string) => (live === undefined ? host.out.write(text) : live.print(text));

  const advance = (step: number) => {
    const seconds = clock() / 1000;
    pace.observe(step, seconds);
    progress = { ...progress, step, rate: pace.rate };
    if (live !== undefined && seconds - drawn >= REDRAW_SECONDS) {
      drawn = seconds;
      live.redraw();
    }
  };
  return {
    start: (start) => {
      const { experiment, fromStep, milestones } = start;
      interval = experiment.train.log_interval_steps;
      printed = fromStep;
      phases = new Phases(experiment.milestones, milestones);
      progress = { ...progress, step: fromStep, totalSteps: experiment.train.total_steps };
      for (const notice of start.notices) host.err.write(`${colors.dim(`note: ${notice}`)}\n`);
      print(`${headline(start)}\n`);
    },
    step: advance,
    snapshot: ({ step, metrics, milestones, last }) => {
      if (metrics !== undefined) progress = { ...progress, metrics };
      advance(step);
      const news = phases?.observe(milestones) ?? [];
      const due = step - printed >= interval || step % interval === 0 || news.length > 0 || last;
      if (live === undefined && metrics !== undefined && due) {
        printed = step;
        print(`${plainLine(progress)}\n`);
      }
      for (const sentence of news) print(`${colors.bold(sentence)}\n`);
    },
    checkpoint: () => {},
    notice: (sentence) => {
      const text = `${colors.dim(`note: ${sentence}`)}\n`;
      if (live === undefined) host.err.write(text);
      else live.print(text);
    },
    stopping: () => {
      const text = 'Stopping after this step with a checkpoint; Ctrl-C again ends at once.\n';
      if (live === undefined) host.err.write(text);
      else live.print(text);
    },
    interrupted: (step, _run, resume) => {
      live?.close();
      print(`Interrupted at step ${countText(step)}, with a checkpoint. Go on with: ${resume}\n`);
    },
    alreadyFinished: (run) => print(`${run} is finished already; nothing is left to do.\n`),
    done: async (end) => {
      live?.close();
      // Only now: what draws the chart takes longer to load than the first steps take.
      const { endingText } = await import('./ending.ts');
      print(
        endingText(end, { chart, colors, color, ascii, columns: host.out.columns(), command: host.command }),
      );
    },
    failed: () => {},
    close: () => live?.close(),
  };
}

function headline({ experiment, run, fromStep, resumed }: RunStart): string {
  const { name, model, train } = experiment;
  const what = `${model.type} on ${taskTitle(experiment)}`;
  const steps = `${countText(train.total_steps)} steps`;
  if (resumed)
    return `Going on with ${name} in ${run} from step ${countText(fromStep)} of ${steps} (${what})`;
  return `Training ${name} into ${run}: ${what}, at most ${steps}`;
}
