import { appendFileSync, mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { trialReportHtml } from '../../src/figures/trial-report/html.ts';
import { resultsText } from '../../src/trials/results-file.ts';
import { temporaryFolder } from '../disks/temporary-folder.ts';
import { simulatedReport } from '../trials/simulated-trial.ts';
import { openRun, rowsOf, servedLab, smallPage } from './lab-folders.ts';

const isolation = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
};

test('every answer isolates the page, allows it only its own scripts, and names its type', async () => {
  const runs = temporaryFolder();
  openRun(join(runs, 'r1'));
  const { url } = await servedLab(runs);
  const types: Record<string, [status: number, type: string, cache: string]> = {
    '': [200, 'text/html; charset=utf-8', 'no-cache'],
    'index.html': [200, 'text/html; charset=utf-8', 'no-cache'],
    'assets/index-a1B2c3D4.js': [
      200,
      'text/javascript; charset=utf-8',
      'public, max-age=31536000, immutable',
    ],
    'assets/kernels.wasm': [200, 'application/wasm', 'no-cache'],
    'api/runs': [200, 'application/json; charset=utf-8', 'no-store'],
    'api/run?name=r1': [200, 'application/json; charset=utf-8', 'no-store'],
    'api/metrics?name=r1': [200, 'text/csv; charset=utf-8', 'no-store'],
    'api/file?name=r1&file=config.yaml': [200, 'text/plain; charset=utf-8', 'no-store'],
    'api/file?name=r1&file=meta.json': [200, 'application/json; charset=utf-8', 'no-store'],
    nothing: [404, 'application/json; charset=utf-8', 'no-store'],
  };
  for (const [path, [status, type, cache]] of Object.entries(types)) {
    const response = await fetch(url + path);
    const headers = Object.fromEntries(response.headers);
    expect([path, response.status]).toEqual([path, status]);
    expect(headers).toMatchObject({
      ...isolation,
      'content-type': type,
      'cache-control': cache,
      'x-content-type-options': 'nosniff',
    });
    const policy = headers['content-security-policy'];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
    expect(policy).toContain("connect-src 'self';");
    const bytes = await response.arrayBuffer();
    expect(Number(headers['content-length'])).toBe(bytes.byteLength);
    const head = await fetch(url + path, { method: 'HEAD' });
    expect(await head.text()).toBe('');
    expect(Object.fromEntries(head.headers)).toMatchObject({ 'content-type': type, 'cache-control': cache });
  }
});

test('the list says of each run what it is and came to, and why it cannot where it is damaged', async () => {
  const runs = temporaryFolder();
  const done = openRun(join(runs, 'a done'), 1);
  for (const step of [10, 20, 30, 40]) done.appendMetrics(rowsOf(step, step >= 20 ? 1 : 0.5));
  done.finish({ last_step: 40, memorized_step: 20, first_crossing_step: 20, grokked_step: 20 });
  const torn = openRun(join(runs, 'b torn summary'), 2);
  torn.appendMetrics(rowsOf(10, 1));
  torn.finish({});
  truncateSync(join(torn.path, 'summary.json'), 1);
  const growing = openRun(join(runs, 'trial/arm/seed-003'), 3);
  growing.appendMetrics(rowsOf(7, 1));
  const stopped = openRun(join(runs, 'd stopped'), 4);
  stopped.close();
  const diverged = openRun(join(runs, 'd diverged'), 6);
  diverged.close();
  writeFileSync(join(diverged.path, 'summary.json'), '{"status": "diverged"}');
  const damaged = openRun(join(runs, 'c damaged'), 5);
  damaged.close();
  appendFileSync(join(damaged.path, 'metrics.csv'), 'seven,train,1,1,,\n');
  mkdirSync(join(runs, 'e unreadable'));
  writeFileSync(join(runs, 'e unreadable', 'meta.json'), '{"run_id": ');
  const { url } = await servedLab(runs);
  const { runs: listed, notices, folder } = await (await fetch(`${url}api/runs`)).json();
  expect(folder).toBe(runs);
  const nothing = { memorized_step: null, first_crossing_step: null, grokked_step: null };
  expect(listed).toMatchObject([
    { name: 'a done', state: 'finished', last_step: 40, memorized_step: 20, grokked_step: 20 },
    { name: 'b torn summary', state: 'finished', last_step: 10, memorized_step: 10, grokked_step: null },
    {
      name: 'c damaged',
      state: 'stopped',
      last_step: null,
      ...nothing,
      problem: expect.stringMatching(/metrics\.csv:4: 6 cells under 4 columns/),
    },
    { name: 'd diverged', state: 'diverged', last_step: 0, ...nothing },
    { name: 'd stopped', state: 'stopped', last_step: 0, ...nothing },
    { name: 'trial/arm/seed-003', state: 'being-written', last_step: 7, memorized_step: 7 },
  ]);
  expect(notices).toEqual([expect.stringMatching(/e unreadable.*does not describe a run/)]);
  expect(new Set(listed.map(({ run_id }: { run_id: string }) => run_id)).size).toBe(6);
});

test('a run is followed while it is written: each look brings the rows since the last', async () => {
  const runs = temporaryFolder();
  const run = openRun(join(runs, 'r1'));
  const { url } = await servedLab(runs);
  const look = async (after = '') => {
    const response = await fetch(`${url}api/metrics?name=r1${after}`);
    const header = (name: string) => response.headers.get(name) ?? '';
    const next = `&from=${header('metrics-end')}&edition=${header('metrics-edition')}`;
    return {
      text: await response.text(),
      state: header('run-state'),
      from: Number(header('metrics-from')),
      next,
    };
  };
  const first = await look();
  expect(first).toMatchObject({ from: 0, state: 'being-written' });
  expect(first.text).toBe('step,split,loss,accuracy\n0,train,1,0.5\n0,val,1,0.5\n');
  expect((await look(first.next)).text).toBe('');
  run.appendMetrics(rowsOf(10));
  const second = await look(first.next);
  expect(second).toMatchObject({ from: first.text.length, text: '10,train,1,0.5\n10,val,1,0.5\n' });
  // Half a line is not there yet.
  appendFileSync(join(run.path, 'metrics.csv'), '15,tra');
  expect((await look(second.next)).text).toBe('');
  truncateSync(join(run.path, 'metrics.csv'), first.text.length + second.text.length);
  // A measure that first has a value now rewrites the file with another column.
  run.appendMetrics([{ step: 20, split: 'train', values: { loss: 1, accuracy: 1, gini: 0.25 } }]);
  const third = await look(second.next);
  expect(third.from).toBe(0);
  expect(third.text.split('\n')[0]).toBe('step,split,loss,accuracy,gini');
  run.finish({});
  expect(await look(third.next)).toMatchObject({ text: '', state: 'finished' });
});

test('one run is told with its stored spectra and checkpoints, which can be fetched by their names', async () => {
  const runs = temporaryFolder();
  const run = openRun(join(runs, 'r1'));
  run.saveSpectrum({ step: 0, shape: [2], power: new Float64Array([1, 2]), dimensions: [] });
  const { url } = await servedLab(runs);
  const detail = await (await fetch(`${url}api/run?name=r1`)).json();
  expect(detail).toMatchObject({
    name: 'r1',
    spectra: [{ step: 0, file: 'spectral/spectrum-step000000.npy' }],
    checkpoints: [],
  });
  const file = await fetch(`${url}api/file?name=r1&file=${encodeURIComponent(detail.spectra[0].file)}`);
  expect(file.status).toBe(200);
  expect(file.headers.get('content-type')).toBe('application/octet-stream');
  expect(new Uint8Array(await file.arrayBuffer()).slice(1, 6)).toEqual(new TextEncoder().encode('NUMPY'));
});

test('the run of a name is told as itself, with what it lacks, and none with the reason', async () => {
  const runs = temporaryFolder();
  const run = openRun(join(runs, 'r1'));
  const { url } = await servedLab(runs);
  const named = async (name: string) => (await fetch(`${url}api/runs?name=${name}`)).json();
  const alone = await (await fetch(`${url}api/run?name=r1`)).json();
  expect(alone.absent).toEqual({});
  expect(await named('r1')).toEqual({ runs: [alone], notices: [] });
  rmSync(join(run.path, 'config.yaml'));
  expect((await named('r1')).runs).toMatchObject([
    { name: 'r1', absent: { 'config.yaml': expect.stringMatching(/"r1\/config\.yaml" is not in /) } },
  ]);
  expect(await named('r2')).toEqual({ runs: [], notices: [expect.stringMatching(/^"r2" is not in /)] });
});

test('trial reports are found among the runs and beside them, each with its verdict, and say what is wrong', async () => {
  const around = temporaryFolder();
  const runs = join(around, 'runs');
  openRun(join(runs, 'trials/decay/none/seed-000'));
  const report = simulatedReport({ arms: { none: 900, decay: 120 }, seeds: 6 });
  const write = (folder: string, results: string) => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'report.html'), trialReportHtml(report));
    writeFileSync(join(folder, 'results.json'), results);
  };
  write(join(runs, 'trials/decay/pilot-6-seeds'), resultsText(report.results));
  write(join(runs, 'results/r9'), resultsText(report.results).replace('"format": 1', '"format": 7'));
  write(join(runs, 'results/r10'), '{"format": 1');
  mkdirSync(join(runs, 'results/without a page'));
  writeFileSync(join(runs, 'results/without a page/results.json'), resultsText(report.results));
  // Below the runs: listed once.
  const { url } = await servedLab(runs, smallPage(), join(runs, 'results'));
  const { reports, notices } = await (await fetch(`${url}api/reports`)).json();
  expect(notices).toEqual([]);
  const { verdict } = report.analysis;
  expect(reports).toMatchObject([
    { folder: 'runs', name: 'results/r9', verdict, problem: expect.stringMatching(/has format 7/) },
    { folder: 'runs', name: 'results/r10', verdict, problem: expect.stringMatching(/is not JSON/) },
    {
      folder: 'runs',
      name: 'trials/decay/pilot-6-seeds',
      trial: report.trial.name,
      question: report.trial.question,
      verdict,
      isPilot: false,
      arms: ['none', 'decay'],
      seeds: 6,
      runs: 12,
    },
  ]);
  const page = await fetch(`${url}api/report?folder=runs&name=trials/decay/pilot-6-seeds`);
  expect(page.headers.get('cross-origin-resource-policy')).toBe('same-origin');
  expect(await page.text()).toContain(`<h1>${report.trial.question}`);
});

test('a folder of runs that went away, or is not there yet, is an empty list with a sentence', async () => {
  const runs = join(temporaryFolder(), 'runs');
  const { url } = await servedLab(runs);
  const list = async () => (await fetch(`${url}api/runs`)).json();
  expect(await list()).toMatchObject({
    runs: [],
    notices: [expect.stringMatching(/there is no such file or folder/)],
  });
  openRun(join(runs, 'r1'));
  expect(await list()).toMatchObject({ runs: [{ name: 'r1' }], notices: [] });
  expect((await fetch(`${url}api/run?name=r2`)).status).toBe(404);
});

test('a page that is built anew is served anew', async () => {
  const page = smallPage();
  const { url } = await servedLab(temporaryFolder(), page);
  writeFileSync(join(page, 'assets', 'index-Z9y8X7w6.js'), 'export {};');
  rmSync(join(page, 'assets', 'index-a1B2c3D4.js'));
  expect((await fetch(url)).status).toBe(200);
  expect((await fetch(`${url}assets/index-Z9y8X7w6.js`)).status).toBe(200);
  expect((await fetch(`${url}assets/index-a1B2c3D4.js`)).status).toBe(404);
});
