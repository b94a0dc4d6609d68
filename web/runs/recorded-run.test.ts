import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { effect } from '@preact/signals';
import { experimentFromObject } from 'grokscope';
import { describeRun, RunDirectory } from 'grokscope/runs';
import { expect, onTestFinished, test, vi } from 'vitest';
import { writeCheckpoint } from '../../src/runs/checkpoint-folder.ts';
import { temporaryFolder } from '../../test/disks/temporary-folder.ts';
import { rowsOf, servedLab } from '../../test/lab/lab-folders.ts';
import type { LookWorker } from './checkpoint-looks.ts';
import type { LookReport, LookRequest } from './looking-protocol.ts';
import { RecordedRun } from './recorded-run.ts';
import { RunsServer } from './runs-server.ts';

/** A worker that answers at once with moments of nothing but their step. */
function emptyLooks(asked: LookRequest[]): LookWorker {
  let tell: ((event: { data: LookReport }) => void) | undefined;
  return {
    addEventListener: (kind: string, listener: unknown) => {
      if (kind === 'message') tell = listener as typeof tell;
    },
    postMessage: (request: LookRequest) => {
      asked.push(request);
      const step = request.kind === 'open' ? 0 : request.step;
      setTimeout(
        () => tell?.({ data: { kind: 'moment', moment: { step }, extra: { diagonal: step / 100 } } }),
        1,
      );
    },
    terminate: () => {},
  } as LookWorker;
}

function realRun(path: string, seed = 1): RunDirectory {
  const { experiment } = experimentFromObject({ seed });
  const run = RunDirectory.create(
    path,
    describeRun(experiment, { command: ['grokscope', 'train'], versions: {}, threads: 1 }),
    { overwrite: true },
  );
  onTestFinished(() => run.close());
  run.appendMetrics(rowsOf(0));
  return run;
}

async function opened(runs: string, name: string, curvesOnly = false) {
  const server = await servedLab(runs);
  const asked: LookRequest[] = [];
  const run = new RecordedRun(new RunsServer(server.url), name, {
    curvesOnly,
    worker: () => emptyLooks(asked),
    haste: 0.02,
  });
  onTestFinished(() => run.dispose());
  const kind = () => run.status.value.kind;
  return { run, asked, server, kind };
}

const until = (condition: () => boolean) => vi.waitUntil(condition, { timeout: 10_000, interval: 10 });

test('a finished run has its rows, settings, milestones and moments', async () => {
  const runs = temporaryFolder();
  const recorded = realRun(join(runs, 'r1'));
  for (const step of [10, 20, 30, 40]) {
    recorded.appendMetrics(rowsOf(step, step >= 20 ? 1 : 0.5));
    recorded.saveCheckpoint({ step, tensors: new Map(), scalars: {} });
  }
  recorded.finish({});
  const { run, asked, kind } = await opened(runs, 'r1');
  await until(() => kind() === 'finished' && run.moments.value.length === 5);
  expect(run.id.value).toBe(recorded.meta.run_id);
  expect(run.experiment.value?.seed).toBe(1);
  expect(run.rows.value).toHaveLength(10);
  expect(run.series('val', 'accuracy')).toEqual({ steps: [0, 10, 20, 30, 40], values: [0.5, 0.5, 1, 1, 1] });
  expect(run.milestones.value).toMatchObject({ memorized_step: 20, grokked_step: 20, last_step: 40 });
  expect(run.moments.value.map(({ step }) => step)).toEqual([0, 10, 20, 30, 40]);
  expect(asked.slice(1).map((request) => request.kind === 'look' && request.step)).toEqual([40, 10, 20, 30]);
  // Measured at checkpoints, looked into in that order, and told in the order of time.
  await until(() => run.series('val', 'diagonal').steps.length === 5);
  expect(run.series('val', 'diagonal')).toEqual({
    steps: [0, 10, 20, 30, 40],
    values: [0, 0.1, 0.2, 0.3, 0.4],
  });
  expect(run.notices.value).toEqual([]);
});

test('a growing run is followed, each row once and in order, until it is finished', async () => {
  const runs = temporaryFolder();
  const recorded = realRun(join(runs, 'r1'));
  const { run, kind } = await opened(runs, 'r1');
  await until(() => kind() === 'growing');
  const lengths: number[] = [];
  onTestFinished(effect(() => void lengths.push(run.rows.value.length)));
  for (const step of [10, 20]) recorded.appendMetrics(rowsOf(step));
  await until(() => run.step.value === 20);
  // The new column rewrites the file from its beginning.
  recorded.appendMetrics(rowsOf(30).map((row) => ({ ...row, values: { ...row.values, gini: 0.25 } })));
  recorded.saveCheckpoint({ step: 30, tensors: new Map(), scalars: {} });
  await until(() => run.step.value === 30);
  recorded.finish({});
  await until(() => kind() === 'finished');
  await until(() => run.moments.value.at(-1)?.step === 30);
  expect(run.rows.value.map(({ step, split }) => `${step} ${split}`)).toEqual(
    [0, 10, 20, 30].flatMap((step) => [`${step} train`, `${step} val`]),
  );
  expect(run.series('train', 'gini')).toEqual({ steps: [30], values: [0.25] });
  expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
});

test('another run put in its place ends the following in a sentence, and what was shown stays', async () => {
  const runs = temporaryFolder();
  const recorded = realRun(join(runs, 'r1'));
  const { run, kind } = await opened(runs, 'r1');
  await until(() => kind() === 'growing');
  recorded.close();
  realRun(join(runs, 'r1'), 2);
  await until(() => kind() === 'failed');
  expect(run.status.value).toMatchObject({
    sentence: expect.stringMatching(/Another run was put in the place of r1; open it again/),
  });
  expect(run.rows.value).toHaveLength(2);
});

test.each<[string, (folder: string) => void, RegExp]>([
  [
    'no run of that name',
    (folder) => rmSync(folder, { recursive: true }),
    /"r1" is not in .*; look at the list of runs again/,
  ],
  ['no metrics.csv', (folder) => rmSync(join(folder, 'metrics.csv')), /metrics\.csv.* is not in/],
  [
    'a line that is none',
    (folder) => appendFileSync(join(folder, 'metrics.csv'), 'seven,train,1,1\n'),
    /r1\/metrics\.csv:4: column 'step' holds 'seven'; expected a whole number/,
  ],
])('%s is a sentence', async (_, damage, sentence) => {
  const runs = temporaryFolder();
  realRun(join(runs, 'r1')).close();
  damage(join(runs, 'r1'));
  const { run, kind } = await opened(runs, 'r1');
  await until(() => kind() === 'failed');
  expect(run.status.value).toMatchObject({ sentence: expect.stringMatching(sentence) });
});

test('of a file with a line that is none the rows before it are shown, and it is not said twice', async () => {
  const runs = temporaryFolder();
  const recorded = realRun(join(runs, 'r1'));
  for (const step of [10, 20, 30]) recorded.appendMetrics(rowsOf(step));
  recorded.close();
  appendFileSync(join(recorded.path, 'metrics.csv'), 'seven,train,1,1\n40,train,1,1\n');
  const { run, kind } = await opened(runs, 'r1');
  await until(() => kind() === 'failed');
  expect(run.series('val', 'accuracy').steps).toEqual([0, 10, 20, 30]);
  expect(run.step.value).toBe(30);
  expect(run.notices.value).toEqual([]);
});

test('curves alone leave the checkpoints alone until they are wanted', async () => {
  const runs = temporaryFolder();
  const recorded = realRun(join(runs, 'r1'));
  recorded.appendMetrics(rowsOf(10));
  recorded.saveCheckpoint({ step: 10, tensors: new Map(), scalars: {} });
  recorded.finish({});
  const { run, asked, kind } = await opened(runs, 'r1', true);
  await until(() => kind() === 'finished');
  expect(run.rows.value).toHaveLength(4);
  expect(asked).toEqual([]);
  run.lookIntoCheckpoints();
  await until(() => run.moments.value.length === 2);
});

test('without settings there are curves, and the reason why there is no more', async () => {
  const runs = temporaryFolder();
  const recorded = realRun(join(runs, 'r1'));
  recorded.finish({});
  rmSync(join(recorded.path, 'config.yaml'));
  const { run, kind } = await opened(runs, 'r1');
  await until(() => kind() === 'finished');
  expect(run.rows.value).toHaveLength(2);
  expect(run.notices.value).toEqual([
    expect.stringMatching(/^The settings cannot be read, so there are curves only: /),
  ]);
});

test('a server that went away is said, and what it told stays on the page', async () => {
  const runs = temporaryFolder();
  realRun(join(runs, 'r1'));
  const { run, kind, server } = await opened(runs, 'r1');
  await until(() => kind() === 'growing');
  await server.close();
  await until(() => run.notices.value.length > 0);
  expect(run.notices.value).toEqual([
    'The server of the lab does not answer; what is shown is what it said last.',
  ]);
  expect(run.rows.value).toHaveLength(2);
});

test('a page from a plain web host has no list of runs, and asks for nothing that is not there', async () => {
  const asked: string[] = [];
  const page = () => new Response('<!doctype html>', { headers: { 'Content-Type': 'text/html' } });
  const host = new RunsServer('https://host.example/lab/', async (url) => {
    asked.push(url);
    return page();
  });
  expect(await host.list()).toBeUndefined();
  expect(await host.list()).toBeUndefined();
  expect(asked).toEqual(['https://host.example/lab/']);
  await expect(host.detail('r1')).rejects.toThrow('This page does not come from grokscope lab');
});

test('the list of runs comes from grokscope lab', async () => {
  const runs = temporaryFolder();
  realRun(join(runs, 'r1'));
  const server = new RunsServer((await servedLab(runs)).url);
  expect(await server.list()).toMatchObject({ runs: [{ name: 'r1', state: 'being-written' }], notices: [] });
});

test('a run can be forked where it has a checkpoint and all rows before it are known, with what was seen up to there', async () => {
  const runs = temporaryFolder();
  const recorded = realRun(join(runs, 'r1'));
  recorded.appendMetrics(rowsOf(10));
  recorded.saveCheckpoint({ step: 10, tensors: new Map(), scalars: {} });
  const { run, kind } = await opened(runs, 'r1');
  await until(() => run.states.value.length === 1);
  expect(kind()).toBe('growing');
  expect(run.settings).toMatchObject({
    preset: 'r1',
    overrides: [],
    recorded: expect.stringContaining('seed: 1'),
  });
  // Its rows are written later: nothing could go on from there yet.
  const { run_id: runId, numeric_version: numericVersion } = recorded.meta;
  const others = { runId, numericVersion, tensors: new Map(), scalars: {}, metricsRows: 0 };
  writeCheckpoint(join(runs, 'r1', 'checkpoints'), { step: 500, ...others });
  recorded.appendMetrics(rowsOf(20, 1));
  await until(() => run.step.value === 20);
  expect(run.states.value.map(({ step }) => step)).toEqual([10]);
  recorded.appendMetrics(rowsOf(500, 1));
  await until(() => run.states.value.length === 2);
  expect(run.states.value[1]).toMatchObject({ step: 500, runId });
  expect(await run.states.value[1]?.contents()).toMatch(/api\/file\?name=r1&file=checkpoints%2Fstep-000500/);
  const history = run.historyUpTo(20);
  expect(history.map(({ rows }) => rows[0]?.step)).toEqual([0, 10, 20]);
  expect(history.at(-1)?.milestones.memorized_step).toBe(20);
});

test('of another numeric version there are curves, no forks, and the reason', async () => {
  const runs = temporaryFolder();
  const recorded = realRun(join(runs, 'r1'));
  recorded.saveCheckpoint({ step: 0, tensors: new Map(), scalars: {} });
  recorded.finish({});
  const meta = join(runs, 'r1', 'meta.json');
  writeFileSync(meta, readFileSync(meta, 'utf8').replace(/("numeric_version": )"[^"]*"/, '$1"0"'));
  const { run, kind } = await opened(runs, 'r1');
  await until(() => kind() === 'finished');
  expect(run.states.value).toEqual([]);
  expect(run.unforkable).toMatch(/^It cannot be forked, because another numeric version trained it/);
});
