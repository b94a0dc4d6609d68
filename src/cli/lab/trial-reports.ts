/** The trial reports that the lab shows: folders with results.json and report.html, among the runs and where results are committed. */

import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readReportHead } from '../../figures/trial-report/report-head.ts';
import { RunError } from '../../runs/index.ts';
import { parseResults } from '../../trials/results-file.ts';
import { withLabLinks } from './linked-report.ts';
import { partsOf, pathInside, quote, realPath } from './path-inside.ts';
import { type RunsFolder, sentenceOf } from './runs-folder.ts';
import { readText } from './served-disk.ts';
import type { ReportOutline, ReportsListed } from './served-runs.ts';

/** Below `runs`, that of a pilot stands three folders down: `trials`, trial, pilot. */
const deepest = 4;
/** More would make a list that nobody reads. */
const most = 200;
/** The largest committed one has half a megabyte. */
const MOST_BYTES = 32e6;

const RESULTS = 'results.json';
const PAGE = 'report.html';

/** Read anew at each question. */
export class TrialReports {
  readonly #runs: RunsFolder;
  readonly #folders: ReadonlyMap<ReportOutline['folder'], string>;
  readonly #outlines = new Map<string, { key: string; outline: ReportOutline }>();

  /** @param results a folder of results beside that of the runs */
  constructor(runs: RunsFolder, results?: string) {
    this.#runs = runs;
    this.#folders = new Map([
      ['runs', runs.folder],
      ...(results === undefined ? [] : [['results', results] as const]),
    ]);
  }

  list(): ReportsListed {
    const notices: string[] = [];
    const seen = new Set<string>();
    const reports: ReportOutline[] = [];
    for (const [folder, path] of this.#folders) {
      for (const name of reportsBelow(path)) {
        try {
          const page = pathInside(path, [...name.split('/'), PAGE], 'report');
          // The folder of results may be one below that of the runs.
          if (seen.has(page)) continue;
          seen.add(page);
          if (reports.length === most) {
            return { reports, notices: [...notices, `only the first ${most} trial reports are shown`] };
          }
          reports.push(this.#outline(folder, name, page));
        } catch (error) {
          notices.push(sentenceOf(error));
        }
      }
    }
    return { reports, notices };
  }

  /**
   * The page of a report; its links to runs lead to them in the lab, where they are.
   * @throws RunError when there is no such report, or it cannot be read
   */
  page(folder: string, name: string): string {
    const path = this.#folders.get(folder as ReportOutline['folder']);
    if (path === undefined) {
      throw new RunError('missing', `there is no folder ${quote(folder)} of reports`, 'name runs or results');
    }
    const parts = partsOf(name, 'report');
    pathInside(path, [...parts, RESULTS], 'report');
    const page = pathInside(path, [...parts, PAGE], 'report');
    const html = readText(page, MOST_BYTES);
    return withLabLinks(html, dirname(page), realPath(this.#runs.folder), (run) => this.#runs.has(run));
  }

  /** Files are read anew only when they are others. */
  #outline(folder: ReportOutline['folder'], name: string, page: string): ReportOutline {
    const results = join(dirname(page), RESULTS);
    const known = this.#outlines.get(page);
    const key = [page, results].map(stamp).join();
    if (known?.key === key) return known.outline;
    const outline = outlineOf(folder, name, page, results);
    this.#outlines.set(page, { key, outline });
    return outline;
  }
}

function stamp(path: string): string {
  const { mtimeMs, size } = statSync(path);
  return `${mtimeMs} ${size}`;
}

function outlineOf(
  folder: ReportOutline['folder'],
  name: string,
  page: string,
  results: string,
): ReportOutline {
  const head = readReportHead(readText(page, MOST_BYTES));
  const { question = '', reason = '', verdict = null, isPilot = false } = head ?? {};
  const said = { folder, name, question, reason, verdict, isPilot };
  try {
    const { trial, runs } = parseResults(readText(results, MOST_BYTES), results);
    const arms = [...new Set(runs.map(({ arm }) => arm))];
    return { ...said, trial, arms, seeds: new Set(runs.map(({ seed }) => seed)).size, runs: runs.length };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { ...said, trial: name, arms: [], seeds: 0, runs: 0, problem };
  }
}

const order = new Intl.Collator('en', { numeric: true });

/** Names of the folders that hold a report. Links are not followed, nor is anything looked for in runs and in folders whose name begins with a dot. */
function reportsBelow(folder: string): string[] {
  const names: string[] = [];
  const visit = (parts: readonly string[]) => {
    const entries = entriesOf(join(folder, ...parts));
    const files = new Set(entries.filter((entry) => entry.isFile()).map(({ name }) => name));
    if (files.has('meta.json')) return;
    if (parts.length > 0 && files.has(RESULTS) && files.has(PAGE)) names.push(parts.join('/'));
    if (parts.length === deepest) return;
    for (const { name } of entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')))
      visit([...parts, name]);
  };
  visit([]);
  return names.sort(order.compare);
}

/** None where the folder cannot be read; that of the runs is said with the list of runs. */
function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
