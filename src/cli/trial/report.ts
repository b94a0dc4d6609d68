/** `trial report`: the pages of a trial made of its results alone, the same bytes wherever and whenever they are made. */

import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { trialReportHtml } from '../../figures/trial-report/html.ts';
import { trialReportMarkdown } from '../../figures/trial-report/markdown.ts';
import type { TrialReport } from '../../figures/trial-report/trial-report.ts';
import type { FileSystem } from '../../runs/file-system.ts';
import { analyse } from '../../trials/analyse.ts';
import { readResults, readTrial, type TrialResults } from '../../trials/index.ts';
import { planChanges, planOf } from '../../trials/plan.ts';
import { resultsFolder, resultsPath } from '../../trials/results-file.ts';
import { UsageError } from '../failure.ts';
import type { Host } from '../host.ts';
import { quoted } from '../quoted.ts';
import { writeOutput } from '../written-output.ts';
import { placesOf, type TrialOptions, type TrialPlaces } from './places.ts';

/** The files of a report in the folder of its results. */
export const REPORT_FILES = { html: 'report.html', markdown: 'report.md' } as const;

/** The base of runs where no other is given (commands/trial.ts). */
export const RUNS_FOLDER = 'runs/trials';

/**
 * Reads the results of a trial and judges them.
 * @param file the trial's file; `places` come from it by placesOf
 * @throws UsageError where there are no results, or those of another trial or of other arms; RunError for a damaged file
 */
export function trialReportOf(file: string, places: TrialPlaces, disk?: FileSystem): TrialReport {
  const { trial, isPilot, out } = places;
  const results = readResults(out, disk);
  const path = resultsPath(out);
  const seeds = isPilot ? ` --seeds ${trial.seeds.length}` : '';
  const run = `grokscope trial run ${quoted(file)}${seeds}`;
  if (results === undefined) throw new UsageError(`there is no ${path} yet; run the trial first: ${run}`);
  const changes = changesSince(places, results);
  const own = new Set(trial.arms.map(({ name }) => name));
  const runs = results.runs.filter(({ arm, seed }) => own.has(arm) && trial.seeds.includes(seed));
  if (runs.length === 0) throw new UsageError(`${path} holds no finished run yet; go on with ${run}`);
  const kept = { ...results, runs };
  return {
    trial,
    results: kept,
    analysis: analyse(trial, kept),
    changes,
    pilot: isPilot ? { registeredSeeds: readTrial(file).seeds.length } : null,
    runs: wayToRuns(file, places),
    repeat: `grokscope trial run ${quoted(join(basename(dirname(resolve(file))), basename(file)).replaceAll(sep, '/'))}${seeds}`,
  };
}

/** Writes both pages into the folder of the results. */
export function writeTrialReport(
  file: string,
  places: TrialPlaces,
  disk?: FileSystem,
): { report: TrialReport; paths: string[] } {
  const report = trialReportOf(file, places, disk);
  const pages = { html: trialReportHtml(report), markdown: trialReportMarkdown(report) };
  const paths = (['html', 'markdown'] as const).map((kind) => {
    const path = join(places.out, REPORT_FILES[kind]);
    writeOutput(path, pages[kind], 'make room or make the folder writable, then make the report again');
    return path;
  });
  return { report, paths };
}

/** The command; throws what trialReportOf does. */
export function trialReport(file: string, options: TrialOptions & { json?: boolean }, host: Host): void {
  const places = placesOf(file, options);
  const { report, paths } = writeTrialReport(file, places, host.disk);
  const { verdict } = report.analysis;
  if (options.json)
    host.out.write(`${JSON.stringify({ trial: places.trial.name, verdict, files: paths })}\n`);
  else host.out.write(`${places.trial.name}: ${verdict}\n${paths.map((path) => `${path}\n`).join('')}`);
}

function changesSince({ trial, isPilot, out }: TrialPlaces, results: TrialResults): TrialReport['changes'] {
  const path = resultsPath(out);
  if (results.trial !== trial.name) {
    throw new UsageError(
      `${path} holds the results of trial ${results.trial}, not of ${trial.name}; name the folder of its own results with --out`,
    );
  }
  const { runs, words } = planChanges(results.registered.plan, planOf(trial));
  if (runs.length > 0) {
    const [{ key, there, here }] = runs;
    const more = runs.length > 1 ? `, and ${runs.length - 1} more` : '';
    throw new UsageError(
      `${path} is of another version of the trial: ${key} was ${there ?? 'absent'} and is ${here ?? 'absent'}${more}; ` +
        'give the changed trial a new file name, or name the folder of its own results with --out',
    );
  }
  // A pilot's seeds are its own, and what its file says of them has not changed.
  return isPilot ? words.filter(({ key }) => key !== 'seeds') : words;
}

/**
 * From the page to the runs. For the usual places this is the same wherever the command is given, so that a committed report
 * can be made again byte for byte.
 */
function wayToRuns(file: string, { trial, isPilot, runs, out }: TrialPlaces): string {
  const usual = !isPilot && out === resultsFolder(file, trial.name) && runs === join(RUNS_FOLDER, trial.name);
  if (usual) return `../../../${RUNS_FOLDER}/${encodeURIComponent(trial.name)}`;
  const way = relative(resolve(out), resolve(runs)).split(sep).map(encodeURIComponent).join('/');
  return way === '' ? '.' : way;
}
