import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { experimentFromObject, Machine, type MetricsRow, train } from 'grokscope';
import { describeMachine, describeRun, RunDirectory, runId, trainRun } from 'grokscope/runs';
import { expect, test } from 'vitest';
import { meaningOf } from '../../src/config/index.ts';
import { NUMERIC_VERSION } from '../../src/engine/index.ts';
import { measuredRows } from '../../src/measures/measured-rows.ts';
import { temporaryFolder } from '../../test/disks/temporary-folder.ts';
import type { TakenCheckpoint } from '../run/kept-checkpoints.ts';
import { filesOfRun } from './run-files.ts';

const { experiment } = experimentFromObject({
  seed: 3,
  dataset: { N: 5, train_fraction: 0.6 },
  model: { type: 'two_layer', hidden_dim: 8 },
  train: { total_steps: 12, eval_every_steps: 2, checkpoint_every_steps: 5 },
  spectral: { compute: false },
});
const circumstances = { command: ['grokscope', 'train'], versions: { grokscope: '0' }, threads: 1 };

/** The run as a page has it, up to the first snapshot at or after `until`. */
async function trainedInPage(until: number) {
  const machine = await Machine.open({ threads: 1 });
  const rowsOf = measuredRows(experiment);
  const rows: MetricsRow[] = [];
  const checkpoints: TakenCheckpoint[] = [];
  let isFinished = false;
  for await (const snapshot of train(experiment, { machine })) {
    if (snapshot.metrics !== undefined) rows.push(...rowsOf(snapshot));
    if (snapshot.checkpoint)
      checkpoints.push({ state: snapshot.state(), metricsRows: rows.length, isDue: true });
    isFinished = snapshot.last;
    if (snapshot.step >= until) break;
  }
  await machine.close();
  return { rows, checkpoints, isFinished };
}

async function exported(folder: string, until: number): Promise<void> {
  const files = await filesOfRun({
    ...(await trainedInPage(until)),
    experiment,
    id: runId(meaningOf(experiment), NUMERIC_VERSION),
    command: circumstances.command,
    threads: 1,
    started: new Date(0),
    version: '0',
    machine: describeMachine(),
    notices: [],
  });
  for (const { name, bytes } of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
}

async function onCommandLine(
  resumption: ReturnType<typeof RunDirectory.resume>,
  resumed: boolean,
): Promise<void> {
  const machine = await Machine.open({ threads: 1 });
  const { signal } = new AbortController();
  const outcome = await trainRun(resumption, experiment, {
    machine,
    signal,
    resumed,
    notices: [],
    watcher: {},
  });
  expect(outcome.kind).toBe('finished');
  await machine.close();
}

async function trainedFolder(): Promise<string> {
  const folder = join(temporaryFolder(), 'run');
  const run = RunDirectory.create(folder, describeRun(experiment, circumstances));
  await onCommandLine({ run, checkpoint: undefined, seconds: 0, notices: [] }, false);
  return folder;
}

/** What is a function of the settings alone. */
const settled = ['config.yaml', 'metrics.csv', 'summary.json', 'DONE'];

function bytesOf(folder: string): Record<string, string> {
  const checkpoints = readdirSync(join(folder, 'checkpoints')).map((name) => `checkpoints/${name}`);
  return Object.fromEntries(
    [...settled, ...checkpoints].map((name) => [name, readFileSync(join(folder, name)).toString('hex')]),
  );
}

test('a finished run is exported as the bytes that training on the command line writes', async () => {
  const folder = temporaryFolder();
  await exported(folder, Number.POSITIVE_INFINITY);
  const expected = await trainedFolder();
  expect(bytesOf(folder)).toEqual(bytesOf(expected));
  const meta = (at: string) => JSON.parse(readFileSync(join(at, 'meta.json'), 'utf8'));
  const { started, commit, ...same } = meta(expected);
  expect(meta(folder)).toMatchObject(same);
  expect(Object.keys(meta(folder))).toEqual(Object.keys(meta(expected)));
});

test('an unfinished run goes on, on the command line, to the bytes of one that was never moved', async () => {
  const folder = temporaryFolder();
  await exported(folder, 8);
  const resumption = RunDirectory.resume(folder, describeRun(experiment, circumstances));
  expect(resumption.checkpoint?.step).toBe(5);
  expect(resumption.notices).toEqual([]);
  await onCommandLine(resumption, true);
  expect(bytesOf(folder)).toEqual(bytesOf(await trainedFolder()));
});
