import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nodeFileSystem } from '../src/runs/index.ts';
import { readResults } from '../src/trials/index.ts';
import { grokscope, jsonLines, type Surroundings } from './cli/command.ts';
import { smallTrial } from './cli/small-trial.ts';
import { fullDisk } from './disks/faulty-disk.ts';
import { temporaryFolder } from './disks/temporary-folder.ts';

/** A trial in a folder of its own, and its command. */
function trialIn(text = smallTrial) {
  const folder = temporaryFolder();
  const file = join(folder, 'steps.yaml');
  const out = join(folder, 'results', 'steps');
  const runs = join(folder, 'runs', 'steps');
  const write = (changed: string) => writeFileSync(file, changed);
  write(text);
  // In the process of the test: a process for each run is what test/built/ is for.
  const surroundings: Surroundings = { disk: nodeFileSystem };
  const command = (name: string, more: readonly string[] = [], around: Surroundings = {}) =>
    grokscope(['trial', name, file, '--runs', join(folder, 'runs'), ...more], { ...surroundings, ...around });
  const run = (more?: readonly string[], around?: Surroundings) => command('run', more, around);
  return { folder, file, out, runs, write, command, run };
}

function namesOf(out: string): string[] {
  return (readResults(out)?.runs ?? []).map(({ arm, seed }) => `${arm} ${seed}`);
}

const all = ['slow 0', 'slow 1', 'fast 0', 'fast 1'];

test('run computes every pair into ordinary run folders, and a second time nothing', async () => {
  const { run, out, runs, command } = trialIn();
  const first = await run(['--jobs', '2']);
  expect(first).toMatchObject({ exitCode: 0, err: '' });
  expect(first.out).toMatch(/^Trial steps: 4 runs, 2 at a time, into /);
  expect(namesOf(out)).toEqual(all);
  const results = readResults(out);
  expect(results?.registered).toMatchObject({
    hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    plan: { question: 'Does a larger step end elsewhere?', seeds: [0, 1] },
  });
  for (const { folder, run_id, endpoints, curve, last_step, budget, diverged_at } of results?.runs ?? []) {
    const files = readdirSync(join(runs, folder)).sort();
    expect(files).toEqual(
      'DONE checkpoints config.yaml meta.json metrics.csv summary.json timing.csv'.split(' '),
    );
    expect(JSON.parse(readFileSync(join(runs, folder, 'meta.json'), 'utf8')).run_id).toBe(run_id);
    const rows = readFileSync(join(runs, folder, 'metrics.csv'), 'utf8')
      .trimEnd()
      .split('\n');
    const norm = rows[0].split(',').indexOf('weight_norm');
    expect(endpoints.norm).toEqual({ value: Number(rows.at(-1)?.split(',')[norm]), observed: true });
    expect({ last_step, budget, diverged_at, points: curve.length }).toEqual({
      last_step: 30,
      budget: 30,
      diverged_at: null,
      points: 7,
    });
  }
  const times = () =>
    all.map((_, i) => statSync(join(runs, i < 2 ? 'slow' : 'fast', `seed-00${i % 2}`, 'DONE')).mtimeMs);
  const before = times();
  expect((await run()).out).toMatch(/^Trial steps: 4 runs, all computed already\n/);
  expect(times()).toEqual(before);
  expect((await command('status')).out).toMatch(
    /^Trial steps: 4 of 4 runs are done\narm .*\nslow +2 +0 +0 +0 +0\nfast +2 +0 +0 +0 +0\n$/,
  );
});

test('what the results hold is not computed again where the folders are gone', async () => {
  const { run, out, runs } = trialIn();
  await run();
  const before = readFileSync(join(out, 'results.json'), 'utf8');
  rmSync(runs, { recursive: true });
  expect(await run()).toMatchObject({ exitCode: 0, out: expect.stringContaining('all computed already') });
  expect(readFileSync(join(out, 'results.json'), 'utf8')).toBe(before);
  expect(existsSync(join(runs, 'slow'))).toBe(false);
});

test('a pilot keeps its results apart, and its runs are not computed again by the trial', async () => {
  const { run, out, runs } = trialIn();
  const pilot = await run(['--seeds', '1']);
  expect(pilot.out).toMatch(/^Pilot of trial steps over 1 seed: 2 runs, /);
  expect(existsSync(out)).toBe(false);
  expect(namesOf(join(runs, 'pilot-1-seeds'))).toEqual(['slow 0', 'fast 0']);
  const [start, ...events] = jsonLines((await run(['--json'])).out);
  expect(start).toMatchObject({ event: 'start', trial: 'steps', pilot: false, runs: 4, missing: 2 });
  expect(events.map(({ event, arm, seed }) => [event, arm, seed])).toEqual([
    ['run', 'slow', 1],
    ['run', 'fast', 1],
    ['done', undefined, undefined],
    ['verdict', undefined, undefined],
  ]);
  expect(readResults(out)?.registered.runs_before).toBe(2);
  const page = readFileSync(join(out, 'report.md'), 'utf8');
  expect(page).toContain('By then 2 runs had been computed');
  expect(page).toContain('## The rule, not fixed before the first run');
  await run(['--seeds', '3']);
  expect(namesOf(join(runs, 'pilot-3-seeds')).length).toBe(6);
});

test('Ctrl-C ends with checkpoints, exit code 130 and the command that goes on', async () => {
  const { run, out, command, file, folder } = trialIn();
  const stopped = await run(['--jobs', '1'], { interruptWhen: (text) => text.includes('slow, seed 0') });
  expect(stopped.exitCode).toBe(130);
  expect(stopped.out).toContain(
    `Interrupted; 3 runs are left. Go on with: grokscope trial run ${file} --runs ${join(folder, 'runs')} --jobs 1\n`,
  );
  expect(namesOf(out)).toEqual(['slow 0']);
  expect((await command('status')).out).toMatch(/^Trial steps: 1 of 4 .*Left: 3 runs, about /s);
  expect((await run()).exitCode).toBe(0);
  expect(namesOf(out)).toEqual(all);
});

test('a run that diverges is recorded and named, and the trial goes on without computing it again', async () => {
  const diverging = smallTrial
    .replace(
      '{train.lr: 0.03}',
      '{train.lr: 1e30, train.optimizer: sgd, train.weight_decay: 0, train.loss: mse}',
    )
    .replace(
      'norm: {value: weight_norm, at: last}',
      'norm: {value: weight_norm, at: last}\n  time: {time: grokked}',
    );
  const { run, out, command } = trialIn(diverging);
  const ended = await run();
  expect(ended.exitCode).toBe(0);
  expect(ended.out).toMatch(/\nfast, seed 1 diverged at step \d+: it counts as censored\.\n/);
  const fast = readResults(out)?.runs.filter(({ arm }) => arm === 'fast') ?? [];
  expect(fast.map(({ diverged_at }) => diverged_at !== null)).toEqual([true, true]);
  expect(fast.map(({ endpoints }) => endpoints.time)).toEqual([
    { value: 30, observed: false },
    { value: 30, observed: false },
  ]);
  expect((await run()).out).toContain('4 runs, all computed already');
  expect((await command('status', ['--json'])).out).toContain('"diverged":2');
});

test.for([20_000, 60_000])('a full disk is one sentence, and what is computed stays', async (room) => {
  const { run, out } = trialIn();
  const full = await run(['--jobs', '1'], { disk: fullDisk(room) });
  expect(full.exitCode).toBe(2);
  expect(full.err).toMatch(
    /^grokscope: .*the disk is full \(while .*\); make room and run the trial again: what is computed is kept\n$/,
  );
  const kept = namesOf(out);
  expect(await run()).toMatchObject({ exitCode: 0, err: '' });
  expect(namesOf(out)).toEqual(all);
  expect(all).toEqual(expect.arrayContaining(kept));
});

test('words and rule changed after the first run are named; endpoints are read again from the runs', async () => {
  const { run, out, write } = trialIn();
  await run();
  const { registered } = readResults(out) ?? {};
  write(smallTrial.replace('by: 0.1', 'by: 0.2').replace('value: weight_norm', 'value: loss'));
  const changed = await run();
  expect(changed.out).toContain(
    'Changed after the first run: endpoints.norm.column: "weight_norm" → "loss"\n',
  );
  expect(changed.out).toContain('Changed after the first run: rule.comparisons.larger.by: 0.1 → 0.2\n');
  expect(readResults(out)?.registered).toEqual(registered);
  expect(readResults(out)?.runs[0].endpoints.norm.value).toBeLessThan(3);
});

test('more seeds are computed, and named as a change', async () => {
  const { run, out, write } = trialIn();
  await run();
  write(smallTrial.replace('seeds: 2', 'seeds: 3'));
  expect((await run()).out).toContain('Changed after the first run: seeds: [0,1] → [0,1,2]\n');
  expect(namesOf(out).length).toBe(6);
});

test('other runs than the results hold are refused in one sentence, and nothing is touched', async () => {
  const { run, out, write } = trialIn();
  await run();
  const before = readFileSync(join(out, 'results.json'), 'utf8');
  const remedy = '; give the changed trial a new file name, or other results with --out\n';
  write(smallTrial.replace('lr: 0.03}', 'lr: 0.3}'));
  expect(await run()).toEqual({
    exitCode: 2,
    out: '',
    err: `grokscope: ${join(out, 'results.json')} holds other runs than the trial states now: arms.fast.experiment.train.lr is 0.03 there and 0.3 here${remedy}`,
  });
  write(smallTrial.replace('  fast: {', '  faster: {').replace('arm: fast', 'arm: faster'));
  expect((await run()).err).toContain('arms.faster is absent there');
  expect(readFileSync(join(out, 'results.json'), 'utf8')).toBe(before);
  write(smallTrial.replace('lr: 0.03}', 'lr: 0.3}'));
  expect((await run(['--out', `${out}-2`])).err).toMatch(
    /seed-000 holds a run of other settings: train\.lr is 0\.03 there and 0\.3 here; remove that folder, or .*--runs\n$/,
  );
});

test('results that cannot be read are refused in one sentence', async () => {
  const { run, out } = trialIn();
  await run(['--seeds', '1']);
  await run();
  const path = join(out, 'results.json');
  const text = readFileSync(path, 'utf8');
  const remedy = '; name another folder with --out, or remove the file and run the trial again\n';
  for (const [content, problem] of [
    ['{', 'is not JSON'],
    ['{}', 'does not hold the results of a trial'],
    [text.replace('"format": 1', '"format": 2'), 'has format 2, and this version reads format 1'],
    [text.replace('"registered"', '"registred"'), 'lacks part of the results of a trial'],
  ]) {
    writeFileSync(path, content);
    expect(await run()).toEqual({ exitCode: 2, out: '', err: `grokscope: ${path} ${problem}${remedy}` });
  }
  writeFileSync(path, text.replace('"trial": "steps"', '"trial": "strides"'));
  expect((await run()).err).toContain(`${path} holds the results of trial strides, not of steps; `);
  writeFileSync(path, text.replace(/"numeric_version": \d+/, '"numeric_version": 1'));
  expect((await run()).err).toContain(`${path} was computed by numeric version 1 of the arithmetic`);
});

test('a trial that cannot be read, and jobs that memory cannot hold, are refused before anything is made', async () => {
  const { run, folder, write } = trialIn();
  const greedy = await run(['--jobs', '1024']);
  expect(greedy.err).toMatch(
    /^grokscope: 1024 runs at a time need about .* of memory, .*; give --jobs \d+\n$/,
  );
  write(smallTrial.replace('claim', 'clam'));
  expect((await run()).err).toContain(':2:1: clam is not a key of a trial\n');
  expect((await run(['--json'])).out).toContain('"event":"error"');
  expect(readdirSync(folder)).toEqual(['steps.yaml']);
});

test('in a terminal one line shows how many runs are done, and nothing of it stays', async () => {
  const { run } = trialIn();
  const { out } = await run([], { terminal: 60 });
  expect(out).toMatch(/\d\/4 runs, .* left/);
  expect(out.split('\x1b[J').at(-1)).not.toMatch(/left/);
});

test('the schema of trials for editors holds that of experiments, and a sentence for every key', async () => {
  const { out } = await grokscope(['schema', 'trial']);
  const schema = JSON.parse(out);
  expect(schema).toMatchObject({
    $id: 'urn:grokscope:trial',
    properties: {
      experiment: { anyOf: [{ type: 'string' }, { properties: { train: { type: 'object' } } }] },
    },
  });
  expect(Object.keys(schema.properties)).toEqual(expect.arrayContaining(schema.required));
  const described = Object.values<{ description?: string }>(schema.properties);
  expect(described.filter(({ description }) => !description)).toEqual([]);
  expect((await grokscope(['schema', 'trail'])).err).toContain('schema needs experiment or trial, got trail');
});
