import { existsSync, mkdirSync, readdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { grokscope, jsonLines } from './cli/command.ts';
import { tinyConfig } from './cli/tiny.ts';
import { temporaryFolder } from './disks/temporary-folder.ts';

const ESC = '\x1b';
const text = (...parts: string[]) => readFileSync(join(...parts), 'utf8');

test('train fills the folder of a run, and says in a pipe how it went', async () => {
  const folder = temporaryFolder();
  const run = join(folder, 'run');
  const { exitCode, out, err } = await grokscope(['train', '--config', tinyConfig(folder), '--run', run]);
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
  expect(readdirSync(run).sort()).toEqual(
    'DONE checkpoints config.yaml meta.json metrics.csv summary.json timing.csv'.split(' '),
  );
  expect(readdirSync(join(run, 'checkpoints'))).toEqual(
    [5, 10, 15, 20, 23].map((step) => `step-${String(step).padStart(6, '0')}.safetensors`),
  );
  const [header, ...rows] = text(run, 'metrics.csv').trimEnd().split('\n');
  expect(header).toBe('step,split,loss,accuracy,softmax_collapse,weight_norm');
  expect(rows.map((row) => row.split(',').slice(0, 2).join(' '))).toEqual(
    [0, 3, 6, 9, 12, 15, 18, 21, 23].flatMap((step) =>
      ['train', 'val', 'test'].map((split) => `${step} ${split}`),
    ),
  );
  expect(
    rows
      .flatMap((row) => row.split(',').slice(2))
      .map(Number)
      .every(Number.isFinite),
  ).toBe(true);
  expect(out).toMatch(
    /^Training tiny into .*run: mlp on add modulo 7, at most 23 steps\nstep 0\/23 {2}train/,
  );
  expect(out).toMatch(/step 23\/23 .*held-out/);
  expect(out).toContain(join(run, 'metrics.csv'));
  expect(out).not.toContain(ESC);
});

test('summary.json holds what evaluate prints, and more', async () => {
  const folder = temporaryFolder();
  const run = join(folder, 'run');
  await grokscope(['train', '--config', tinyConfig(folder), '--run', run]);
  const { out } = await grokscope(['evaluate', '--run-dir', run]);
  const summary = JSON.parse(text(run, 'summary.json'));
  expect(summary).toMatchObject(JSON.parse(out));
  expect(summary).toMatchObject({
    status: 'finished',
    last_step: 23,
    run_id: JSON.parse(text(run, 'meta.json')).run_id,
  });
});

test('--seed is the override seed=…; config.yaml gives the same run again', async () => {
  const folder = temporaryFolder();
  const config = tinyConfig(folder);
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => join(folder, name));
  await grokscope(['train', '--config', config, '--run', a, '--seed', '9']);
  await grokscope(['train', '--config', config, '--run', b, 'seed=9']);
  await grokscope(['train', '--config', join(a, 'config.yaml'), '--run', c]);
  await grokscope(['train', '--config', config, '--run', d]);
  expect(text(b, 'metrics.csv')).toBe(text(a, 'metrics.csv'));
  expect(text(c, 'metrics.csv')).toBe(text(a, 'metrics.csv'));
  expect(text(d, 'metrics.csv')).not.toBe(text(a, 'metrics.csv'));
});

test('--json writes one event a line: start, evaluations, checkpoints, done', async () => {
  const folder = temporaryFolder();
  const run = join(folder, 'run');
  const { out } = await grokscope([
    'train',
    '--config',
    tinyConfig(folder),
    '--run',
    run,
    '--json',
    'loader.pin_memory=true',
  ]);
  const events = jsonLines(out);
  expect(events.map(({ event, step }) => `${event} ${step}`)).toEqual([
    'start undefined',
    ...[0, 3].map((step) => `evaluation ${step}`),
    'checkpoint 5',
    ...[6, 9].map((step) => `evaluation ${step}`),
    'checkpoint 10',
    ...['evaluation 12', 'evaluation 15', 'checkpoint 15', 'evaluation 18', 'checkpoint 20', 'evaluation 21'],
    ...['evaluation 23', 'checkpoint 23', 'done 23'],
  ]);
  expect(events[0]).toMatchObject({ run, name: 'tiny', from_step: 0, total_steps: 23, resumed: false });
  expect(events[0].notices).toEqual(['loader.pin_memory has no effect in grokscope']);
  expect(events[1]).toMatchObject({ train: { accuracy: expect.any(Number) }, milestones: { last_step: 0 } });
  expect(events.at(-1)).toMatchObject({ run, summary: { num_points: 9, status: 'finished' } });
});

test('a terminal gets one live line, rewritten and gone at the end, and a chart', async () => {
  const folder = temporaryFolder();
  const words = ['train', '--config', tinyConfig(folder), '--run', join(folder, 'run')];
  const { out } = await grokscope(words, { terminal: 60, env: { NO_COLOR: '1' } });
  const drawings = out.match(new RegExp(`[^\\n\\r]*${ESC}\\[K\\r`, 'g')) ?? [];
  expect(drawings.length).toBeGreaterThan(0);
  for (const drawing of drawings) {
    const line = drawing.replace(new RegExp(`${ESC}\\[[KJ]|\\r`, 'g'), '');
    expect(line.length).toBeLessThanOrEqual(59);
    expect(line).toMatch(/^ *\d+\/23 /);
  }
  const ending = out.split(`${ESC}[J`).at(-1) ?? '';
  expect(ending).toContain('accuracy');
  expect(ending).toContain('100% ┤');
  expect(ending).toContain('Next:');
  expect(
    Math.max(
      ...ending
        .split('\n')
        .filter((line) => /[┤│└]/.test(line))
        .map((line) => line.length),
    ),
  ).toBeLessThan(60);
});

test('--chart draws it in a pipe too, --no-chart leaves it out of a terminal', async () => {
  const folder = temporaryFolder();
  const words = ['train', '--config', tinyConfig(folder), '--overwrite', '--run', join(folder, 'run')];
  expect((await grokscope([...words, '--chart'])).out).toContain('100% ┤');
  expect((await grokscope([...words, '--no-chart'], { terminal: 80 })).out).not.toContain('100% ┤');
});

test('a run that memorises says so when it does', async () => {
  const folder = temporaryFolder();
  const words = ['train', '--config', tinyConfig(folder), '--run', join(folder, 'run')];
  const { out } = await grokscope([
    ...words,
    'milestones.memorize_threshold=0.01',
    'milestones.grok_threshold=0.0001',
  ]);
  expect(out).toMatch(/\nstep \d+: memorised: 1\.0 % of the train examples are answered correctly\n/);
});

test('Ctrl-C ends with a checkpoint, exit code 130 and the way to go on', async () => {
  const folder = temporaryFolder();
  const run = join(folder, 'run');
  const words = ['train', '--config', tinyConfig(folder), '--run', run, 'train.log_interval_steps=1'];
  const interruptWhen = (out: string) => out.includes('step 9/');
  const { exitCode, out, err } = await grokscope(words, { interruptWhen });
  expect(exitCode).toBe(130);
  expect(err).toContain('Ctrl-C again ends at once');
  expect(out).toMatch(
    /Interrupted at step \d+, with a checkpoint\. Go on with: grokscope train --run .*run --resume\n$/,
  );
  expect(existsSync(join(run, 'DONE'))).toBe(false);
  expect(existsSync(join(run, 'lock'))).toBe(false);
  const [, step] = /Interrupted at step (\d+)/.exec(out) ?? [];
  expect(readdirSync(join(run, 'checkpoints')).at(-1)).toBe(`step-${step.padStart(6, '0')}.safetensors`);
});

test('a second Ctrl-C ends at once, with the same exit code', async () => {
  const folder = temporaryFolder();
  const words = ['train', '--config', tinyConfig(folder), '--run', join(folder, 'run'), '--json'];
  const interruptWhen = (out: string) => out.includes('"step":6');
  const { exitCode, err } = await grokscope(words, { interruptWhen, presses: 2 });
  // The harness throws where the process would have ended, which the command then takes for a defect.
  expect({ exitCode, err }).toEqual({ exitCode: 1, err: expect.stringContaining('exit code 130') });
});

test('resumed after Ctrl-C, a run has the bytes of one that was never stopped', async () => {
  const folder = temporaryFolder();
  const config = tinyConfig(folder);
  const [whole, stopped] = ['whole', 'stopped'].map((name) => join(folder, name));
  await grokscope(['train', '--config', config, '--run', whole, '--json']);
  const interruptWhen = (out: string) => out.includes('"step":6');
  const first = await grokscope(['train', '--config', config, '--run', stopped, '--json'], { interruptWhen });
  expect(jsonLines(first.out).at(-1)).toMatchObject({ event: 'interrupted', run: stopped });
  const second = await grokscope(['train', '--run', stopped, '--resume', '--json']);
  expect(second.exitCode).toBe(0);
  expect(jsonLines(second.out)[0]).toMatchObject({
    event: 'start',
    resumed: true,
    from_step: expect.any(Number),
  });
  for (const file of [
    'metrics.csv',
    'summary.json',
    'DONE',
    'config.yaml',
    'checkpoints/step-000023.safetensors',
  ]) {
    expect(readFileSync(join(stopped, file)).equals(readFileSync(join(whole, file))), file).toBe(true);
  }
  expect(JSON.parse(text(stopped, 'meta.json')).resumed).toHaveLength(1);
});

test('resuming a finished run says that nothing is left and exits 0', async () => {
  const folder = temporaryFolder();
  const words = ['train', '--config', tinyConfig(folder), '--run', join(folder, 'run')];
  await grokscope(words);
  const before = text(folder, 'run', 'meta.json');
  expect(await grokscope([...words, '--resume'])).toEqual({
    exitCode: 0,
    out: `${join(folder, 'run')} is finished already; nothing is left to do.\n`,
    err: '',
  });
  expect(text(folder, 'run', 'meta.json')).toBe(before);
});

test('a run that was killed after its last checkpoint only gets its end written', async () => {
  const folder = temporaryFolder();
  const run = join(folder, 'run');
  const words = ['train', '--config', tinyConfig(folder), '--run', run];
  await grokscope(words);
  const summary = text(run, 'summary.json');
  for (const name of ['DONE', 'summary.json']) unlinkSync(join(run, name));
  expect((await grokscope([...words, '--resume'])).exitCode).toBe(0);
  expect(text(run, 'summary.json')).toBe(summary);
  expect(existsSync(join(run, 'DONE'))).toBe(true);
});

test('a run of no steps is evaluated once', async () => {
  const folder = temporaryFolder();
  const words = [
    'train',
    '--config',
    tinyConfig(folder),
    '--run',
    join(folder, 'run'),
    'train.total_steps=0',
  ];
  expect((await grokscope(words)).exitCode).toBe(0);
  expect(JSON.parse(text(folder, 'run', 'summary.json'))).toMatchObject({ num_points: 1, last: { step: 0 } });
});

test('without --run the folder is runs/<name of the configuration>; a preset goes by its name', async () => {
  const folder = temporaryFolder();
  const before = process.cwd();
  process.chdir(folder);
  try {
    const { exitCode } = await grokscope([
      'train',
      '--config',
      'r1',
      'train.total_steps=0',
      'dataset.N=5',
      'name=mine',
    ]);
    expect(exitCode).toBe(0);
    expect(readdirSync(join(folder, 'runs'))).toEqual(['mine']);
    mkdirSync(join(folder, 'r1'));
    expect(
      (await grokscope(['train', '--config', 'r1', 'train.total_steps=0', 'dataset.N=5'])).exitCode,
    ).toBe(0);
    writeFileSync(join(folder, 'r5'), 'seed: 1\nsede: 2\n');
    expect((await grokscope(['train', '--config', 'r5'])).err).toMatch(
      /^r5:2:1: sede is not a top-level key\n/,
    );
  } finally {
    process.chdir(before);
  }
});
