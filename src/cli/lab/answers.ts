/**
 * What can be asked of the lab's server: the files of the built page, and below /api/ the runs, named in the query.
 *
 *     /api/runs                                           the list of runs
 *     /api/runs?name=r1                                   the run of that name alone, as /api/run has it; none is a sentence
 *     /api/run?name=r1                                    one of them, with its spectra and checkpoints
 *     /api/metrics?name=r1&from=4096&edition=9f…          what was appended to its metrics.csv since (RunReader.metricsAfter)
 *     /api/reports                                        the list of trial reports
 *     /api/report?folder=results&name=weight-decay        one of them, a page
 *     /api/file?name=r1&file=spectral/spectrum-step000500.npy
 */

import { basename } from 'node:path';
import { RunError, type TailPosition } from '../../runs/index.ts';
import { pathOf } from './admission.ts';
import { type Answer, jsonAnswer, refusal } from './answer.ts';
import { contentType, reportHeaders } from './headers.ts';
import type { PageFiles } from './page-files.ts';
import { outlineOf, stateOf } from './run-outline.ts';
import { type RunsFolder, sentenceOf } from './runs-folder.ts';
import type { RunDetail, RunNamed } from './served-runs.ts';
import type { TrialReports } from './trial-reports.ts';

/** What there is to be asked for. */
export interface Served {
  readonly page: PageFiles;
  readonly runs: RunsFolder;
  readonly reports: TrialReports;
}

/** The answer to a request that is heard (admission.ts). */
export function answerTo(url: string, { page, runs, reports }: Served): Answer {
  const path = pathOf(url);
  if (!path.startsWith('/api/')) {
    return page.answer(path) ?? refusal(404, `the lab has no page at ${JSON.stringify(path.slice(0, 100))}`);
  }
  const question = new URLSearchParams(url.slice(path.length));
  const name = question.get('name') ?? '';
  try {
    switch (path) {
      case '/api/runs':
        return jsonAnswer(question.has('name') ? namedRun(runs, name) : runs.list());
      case '/api/run':
        return jsonAnswer(detailOf(runs, name));
      case '/api/metrics':
        return metricsAnswer(runs, name, positionIn(question));
      case '/api/reports':
        return jsonAnswer(reports.list());
      case '/api/report':
        return reportAnswer(reports.page(question.get('folder') ?? '', name));
      case '/api/file': {
        const file = runs.file(name, question.get('file') ?? '');
        const headers = { 'Content-Type': contentType(file), 'Cache-Control': 'no-store' };
        return { status: 200, headers, body: { file } };
      }
    }
  } catch (error) {
    if (!(error instanceof RunError)) throw error;
    return refusal(error.code === 'missing' || error.code === 'not-a-run' ? 404 : 500, error.message);
  }
  return refusal(404, 'the lab answers /api/runs, run, metrics, file, reports and report');
}

function reportAnswer(html: string): Answer {
  return {
    status: 200,
    headers: {
      'Content-Type': contentType('report.html'),
      'Cache-Control': 'no-store',
      ...reportHeaders,
    },
    body: html,
  };
}

/** A page asks like this: that there is no such run is no failed request, which browsers write into the console. */
function namedRun(runs: RunsFolder, name: string): RunNamed {
  try {
    return { runs: [detailOf(runs, name)], notices: [] };
  } catch (error) {
    return { runs: [], notices: [sentenceOf(error)] };
  }
}

/** The state is read before the rows: after `finished` there come no more. */
function metricsAnswer(runs: RunsFolder, name: string, read: TailPosition | undefined): Answer {
  const run = runs.run(name);
  const state = stateOf(run);
  runs.file(name, 'metrics.csv');
  const { bytes, from, end, edition } = run.metricsAfter(read);
  return {
    status: 200,
    headers: {
      'Content-Type': contentType('metrics.csv'),
      'Cache-Control': 'no-store',
      'Metrics-From': String(from),
      'Metrics-End': String(end),
      'Metrics-Edition': edition,
      'Run-Id': run.meta.run_id,
      'Run-State': state,
    },
    body: bytes,
  };
}

function positionIn(question: URLSearchParams): TailPosition | undefined {
  const from = question.get('from') ?? '';
  return /^\d{1,15}$/.test(from) ? { from: Number(from), edition: question.get('edition') ?? '' } : undefined;
}

function detailOf(runs: RunsFolder, name: string): RunDetail {
  const run = runs.run(name);
  const spectra = run
    .spectra()
    .map(({ step, spectrum }) => ({ step, file: `spectral/${basename(spectrum)}` }));
  const checkpoints = run
    .checkpoints()
    .map(({ step, path }) => ({ step, file: `checkpoints/${basename(path)}` }));
  const { numeric_version } = run.meta;
  const absent = Object.fromEntries(
    ['config.yaml', 'metrics.csv'].flatMap((file) => {
      const sentence = runs.absence(name, file);
      return sentence === undefined ? [] : [[file, sentence]];
    }),
  );
  return { ...outlineOf(name, run), numeric_version, absent, spectra, checkpoints };
}
