/** What a run came to, as one JSON object. */

import { RunReader, readMetricsFile } from '../runs/index.ts';
import type { MilestoneOptions } from '../training/milestones.ts';
import { summarize } from '../training/summary.ts';
import { UsageError } from './failure.ts';
import type { Host } from './host.ts';
import { givenMilestones, milestonesOfRun } from './milestone-thresholds.ts';

export interface EvaluateOptions {
  readonly runDir?: string;
  readonly metrics?: string;
  readonly memorize_threshold?: number;
  readonly grok_threshold?: number;
  readonly grok_patience?: number;
}

/** The columns without which there is nothing to say. */
const needed = ['loss', 'accuracy'];

/** @throws UsageError unless exactly one source is named; RunError when it cannot be read */
export function evaluate(options: EvaluateOptions, host: Host): void {
  const { runDir, metrics } = options;
  if ((runDir === undefined) === (metrics === undefined)) {
    const got = runDir === undefined ? 'got neither' : 'got both';
    throw new UsageError(
      `evaluate needs --run-dir FOLDER or --metrics FILE, ${got}; see grokscope evaluate --help`,
    );
  }
  let thresholds: MilestoneOptions = givenMilestones(options);
  let table: ReturnType<typeof readMetricsFile>;
  if (runDir !== undefined) {
    const run = new RunReader(runDir);
    thresholds = { ...milestonesOfRun(run), ...thresholds };
    table = run.metrics(needed);
  } else {
    table = readMetricsFile(metrics ?? '', needed);
  }
  for (const notice of table.notices) host.err.write(`grokscope: ${notice}\n`);
  host.out.write(`${JSON.stringify(summarize(table.rows, thresholds), null, 2)}\n`);
}
