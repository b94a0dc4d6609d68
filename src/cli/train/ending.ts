/** The end of a training in words: what happened, a picture of it, where everything is, and what to try next. */

import { join } from 'node:path';
import { milestoneWords } from '../../figures/run-figure.ts';
import { terminalChart } from '../../figures/terminal-chart.ts';
import { milestoneOptions, readMetricsFile } from '../../runs/index.ts';
import { findMilestones } from '../../training/milestones.ts';
import { accuracyCurvesOf } from '../../training/summary.ts';
import { countText, durationText } from '../number-words.ts';
import { quoted } from '../quoted.ts';
import type { Paint } from './progress.ts';
import type { RunEnd } from './reporter.ts';

export interface EndingOptions {
  readonly chart: boolean;
  readonly color: boolean;
  readonly ascii: boolean;
  readonly columns: number;
  readonly colors: Paint;
  /** How this program was started, such as `npx grokscope`. */
  readonly command: string;
}

const CHART_WIDTH = 76;

/** Several lines, the last one ended. */
export function endingText(end: RunEnd, options: EndingOptions): string {
  const { experiment, run, step, seconds, summary } = end;
  const curves = accuracyCurvesOf(readMetricsFile(join(run, 'metrics.csv')).rows);
  const thresholds = milestoneOptions(experiment.milestones);
  const { color, ascii, columns, colors, command } = options;
  const width = Math.min(CHART_WIDTH, columns - 1);
  const chart = options.chart ? `\n${terminalChart(curves, { ...thresholds, width, color, ascii })}\n\n` : '';
  const words = milestoneWords(findMilestones(curves, thresholds));
  const folder = quoted(run);
  const places = [
    ['run', run],
    ['metrics', join(run, 'metrics.csv')],
    ['summary', join(run, 'summary.json')],
    ['checkpoints', join(run, 'checkpoints')],
  ];
  const next = [
    `${command} visualize --run ${folder}`,
    `${command} evaluate --run-dir ${folder}`,
    summary.grokked_step === null
      ? `${command} train --config ${join(folder, 'config.yaml')} --run ${folder}-longer train.total_steps=${Math.max(2 * step, 100)}`
      : `${command} train --config ${join(folder, 'config.yaml')} --run ${folder}-seed-${experiment.seed + 1} --seed ${experiment.seed + 1}`,
    `${command} presets`,
  ];
  return [
    chart,
    `${colors.bold(words)} ${countText(step)} steps in ${durationText(seconds)}.\n\n`,
    ...places.map(([name, path]) => `  ${name.padEnd(13)}${path}\n`),
    '\nNext:\n',
    ...next.map((command) => `  ${command}\n`),
  ].join('');
}
