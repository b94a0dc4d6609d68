/** The figures of runs, written into a folder, and the report of one. */

import { join } from 'node:path';
import { figureSet } from '../figures/figure-set.ts';
import { svgToPng } from '../figures/png.ts';
import { runReport } from '../figures/report/run-report.ts';
import { RunError, RunReader } from '../runs/index.ts';
import type { MilestoneOptions } from '../training/milestones.ts';
import { planesOf } from './embedding-planes.ts';
import { CommandFailure, UsageError } from './failure.ts';
import { expandPattern } from './folder-pattern.ts';
import type { Host } from './host.ts';
import { givenMilestones, milestonesOfRun } from './milestone-thresholds.ts';
import { figuresOf, reportOf } from './run-report.ts';
import { writeOutput } from './written-output.ts';

export interface VisualizeOptions {
  readonly run?: string;
  readonly runs?: readonly string[];
  readonly output_dir?: string;
  readonly xscale?: 'linear' | 'log';
  readonly grok_threshold?: number;
  readonly grok_patience?: number;
  readonly png?: boolean;
  readonly snapshots?: 'all' | 'last';
  readonly report?: boolean;
}

/** @throws UsageError, RunError; CommandFailure when PNG cannot be made on this machine (the SVG files are there then) */
export async function visualize(options: VisualizeOptions, host: Host): Promise<void> {
  const readers = runsOf(options, host);
  const runs = readers.map((run) => figuresOf(run, options.snapshots ?? 'last'));
  const empty = runs.findIndex(({ rows }) => rows.length === 0);
  if (empty >= 0) {
    throw new UsageError(`${readers[empty].path} has no evaluation to draw yet; wait for its first one`);
  }
  const thresholds = { ...commonThresholds(readers, host), ...givenMilestones(options) };
  const drawing = { xscale: options.xscale ?? 'log', ...thresholds };
  const planes = await Promise.all(
    readers.map((reader) => planesOfMeasured(reader, options.snapshots ?? 'last')),
  );
  const figures = figureSet(
    runs.map((run, i) => ({ ...run, planes: planes[i] })),
    drawing,
  );
  const single = options.run !== undefined ? readers[0] : undefined;
  const folder = options.output_dir ?? single?.figures ?? 'figures';
  const write = (path: string, content: string | Uint8Array, wayOut: string) => {
    writeOutput(path, content, wayOut);
    host.out.write(`${path}\n`);
  };
  const writeFigure = (name: string, content: string | Uint8Array) =>
    write(join(folder, name), content, 'give another folder with --output_dir');
  for (const [name, svg] of figures) writeFigure(name, svg);
  if (options.report === true && single !== undefined) {
    const wayOut = 'the report stands in the folder of its run, so make that one writable';
    write(single.report, runReport(reportOf(single, planes[0]), drawing), wayOut);
  }
  if (options.png !== true) return;
  for (const [name, svg] of figures) writeFigure(name.replace(/\.svg$/, '.png'), await asPng(svg));
}

/** The planes of a run whose spectrum was measured: others ask for no geometry. */
async function planesOfMeasured(run: RunReader, snapshots: 'all' | 'last') {
  return run.spectra().length > 0 ? planesOf(run, snapshots) : [];
}

async function asPng(svg: string): Promise<Uint8Array> {
  try {
    return await svgToPng(svg);
  } catch (error) {
    throw new CommandFailure(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** The runs asked for. What a pattern finds beside runs is passed over, and named unless the pattern was ours to expand. */
function runsOf({ run, runs, report }: VisualizeOptions, host: Host): RunReader[] {
  if ((run === undefined) === (runs === undefined)) {
    const got = run === undefined ? 'got neither' : 'got both';
    throw new UsageError(
      `visualize needs --run FOLDER or --runs PATTERN…, ${got}; see grokscope visualize --help`,
    );
  }
  if (run !== undefined) return [new RunReader(run)];
  if (report === true) {
    throw new UsageError('--report is of one run: name it with --run FOLDER instead of --runs');
  }
  const patterns = runs ?? [];
  const found = [...new Set(patterns.flatMap((pattern) => expandPattern(pattern)))];
  if (found.length === 0) throw new UsageError(`no folder matches ${patterns.join(' ')}; check the pattern`);
  const passedOver: string[] = [];
  const readers = found.flatMap((folder) => {
    try {
      return [new RunReader(folder)];
    } catch (error) {
      if (!(error instanceof RunError)) throw error;
      if (found.length === 1) throw error;
      passedOver.push(error.problem);
      return [];
    }
  });
  if (readers.length === 0) {
    throw new UsageError(
      `none of the ${found.length} folders that match ${patterns.join(' ')} is a run; check the pattern`,
    );
  }
  for (const problem of passedOver) host.err.write(`grokscope: passed over: ${problem}\n`);
  return readers;
}

/** The thresholds the runs were configured with, where they agree; otherwise the defaults, which is said. */
function commonThresholds(readers: readonly RunReader[], host: Host): MilestoneOptions {
  const all = readers.map(milestonesOfRun);
  const agree = all.every((one) => JSON.stringify(one) === JSON.stringify(all[0]));
  if (agree) return all[0];
  host.err.write(
    'grokscope: the runs were configured with different milestones; drawn with the defaults 0.99, 0.95 and 3\n',
  );
  return {};
}
