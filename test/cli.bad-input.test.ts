import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { nodeFileSystem } from '../src/runs/index.ts';
import { grokscope, jsonLines } from './cli/command.ts';
import { tinyConfig } from './cli/tiny.ts';
import { fullDisk, refusingDisk } from './disks/faulty-disk.ts';
import { temporaryFolder } from './disks/temporary-folder.ts';

/** What a refused configuration says: text of the file → first line, then further ones. */
const configurations: Record<string, [yaml: string, message: string]> = {
  'an unknown key': [
    'sede: 1\n',
    ':1:1: sede is not a top-level key\n  sede: 1\n  ^\n  did you mean seed?\n',
  ],
  'a wrong type': [
    'seed: abc\n',
    ':1:7: seed must be a whole number from 0 to 4294967295, got "abc"\n  seed: abc\n        ^\n',
  ],
  'a value out of range': [
    'train: {lr: -1}\n',
    ':1:13: train.lr must be a number above 0, got -1\n  train: {lr: -1}\n              ^\n',
  ],
  'N below 2': [
    'dataset: {N: 1}\n',
    ':1:14: dataset.N must be a whole number from 2 to 46340, got 1\n  dataset: {N: 1}\n               ^\n',
  ],
  'division modulo a composite': [
    'dataset: {N: 9, op: div}\n',
    ':1:14: dataset.N must be prime for op div, which needs an inverse for every b ≠ 0, got 9 = 3·3\n' +
      '  dataset: {N: 9, op: div}\n               ^\n  the nearest primes are 7 and 11\n',
  ],
  'an empty split': [
    'dataset: {N: 7, train_fraction: 0.001}\n',
    ':1:33: dataset.train_fraction 0.001 leaves no train example out of 49 pairs (0 train, 0 validation, 49 held out)\n' +
      '  dataset: {N: 7, train_fraction: 0.001}\n                                  ^\n  choose a larger train_fraction\n',
  ],
  'a batch of 0': [
    'loader: {batch_size: 0}\n',
    ':1:22: loader.batch_size must be full or a whole number of at least 1, got 0\n  loader: {batch_size: 0}\n                       ^\n',
  ],
  'bad YAML': [
    'train: [1\n',
    ':2:1: not valid YAML: flow sequence in block collection must be sufficiently indented and end with a ]\n  \n  ^\n',
  ],
};

test.for(Object.entries(configurations))(
  '%s is refused with its place, and nothing is written',
  async ([, [yaml, message]]) => {
    const folder = temporaryFolder();
    const config = join(folder, 'bad.yaml');
    writeFileSync(config, yaml);
    const ended = await grokscope(['train', '--config', config, '--run', join(folder, 'run')]);
    expect(ended).toEqual({ exitCode: 2, out: '', err: `${config}${message}` });
    expect(readdirSync(folder)).toEqual(['bad.yaml']);
  },
);

test('a bad override is named as it was written', async () => {
  const folder = temporaryFolder();
  const words = ['train', '--config', 'r1', '--run', join(folder, 'run')];
  const refusals: [string[], string][] = [
    [['train.lrr=1'], 'override train.lrr=1: train.lrr is not a key of train\n  did you mean lr?\n'],
    [['--seed', '-3'], 'override seed=-3: seed must be a whole number from 0 to 4294967295, got -3\n'],
    [
      ['r1.yaml'],
      'override r1.yaml: an override must be written section.key=value\n  for example train.lr=3e-4\n',
    ],
  ];
  for (const [more, err] of refusals) {
    expect(await grokscope([...words, ...more])).toEqual({ exitCode: 2, out: '', err });
  }
  expect(readdirSync(folder)).toEqual([]);
});

test('a configuration that is missing or a folder', async () => {
  const folder = temporaryFolder();
  const config = tinyConfig(folder);
  const missing = join(folder, 'tinny.yaml');
  expect(await grokscope(['train', '--config', missing])).toEqual({
    exitCode: 2,
    out: '',
    err: `${missing}: there is no such file\n  did you mean ${config}?\n`,
  });
  expect(await grokscope(['train', '--config', folder])).toEqual({
    exitCode: 2,
    out: '',
    err: `${folder}: this is a folder, but a configuration file was expected\n  it holds tiny.yaml\n`,
  });
  expect(await grokscope(['train', '--config', 'r11'])).toEqual({
    exitCode: 2,
    out: '',
    err: 'r11: there is no such file, and no preset of that name\n  did you mean r1?\n',
  });
});

test('words that are no command line get one sentence with the nearest word', async () => {
  const refusals: [string[], string][] = [
    [['trian'], "unknown command 'trian'; did you mean one of train, trial?"],
    [['train', '--confg', 'r1'], "unknown option '--confg'; did you mean --config?"],
    [['train', '--config'], "option '--config <file>' argument missing; see --help"],
    [['train'], 'train needs --config FILE or the name of a preset; grokscope presets lists some'],
    [
      ['train', '--resume'],
      'train needs --config FILE or the name of a preset; --run FOLDER to resume, or --config',
    ],
    [
      ['train', '--config', 'r1', '--resume', '--overwrite'],
      '--resume goes on with a run and --overwrite replaces it; give one of them',
    ],
    [['presets', 'r3'], 'there is no preset r3; did you mean r1?'],
    [
      ['presets', 'one', 'two'],
      "too many arguments for 'presets'. Expected 1 argument but got 2; see --help",
    ],
    [
      ['evaluate'],
      'evaluate needs --run-dir FOLDER or --metrics FILE, got neither; see grokscope evaluate --help',
    ],
    [
      ['evaluate', '--metrics', 'm', '--grok_threshold', '95'],
      '--grok_threshold needs a fraction above 0 and at most 1, got 95; did you mean 0.95?',
    ],
    [
      ['evaluate', '--metrics', 'm', '--grok_patience', '0'],
      '--grok_patience needs a whole number of at least 1, got 0',
    ],
    [
      ['visualize', '--run', 'a', '--runs', 'b'],
      'visualize needs --run FOLDER or --runs PATTERN…, got both; see grokscope visualize --help',
    ],
    [['visualize', '--run', 'a', '--xscale', 'lgo'], '--xscale needs linear or log, got lgo'],
  ];
  for (const [words, sentence] of refusals) {
    expect(await grokscope(words)).toEqual({ exitCode: 2, out: '', err: `grokscope: ${sentence}\n` });
  }
});

test('a folder that may not be written stays as it is', async () => {
  const folder = temporaryFolder();
  const run = join(folder, 'run');
  const words = ['train', '--config', tinyConfig(folder), '--run', run];
  expect(await grokscope(words, { disk: refusingDisk('EACCES') })).toEqual({
    exitCode: 2,
    out: '',
    err: `grokscope: ${run}: no permission (while making the folder); change the permissions or give a folder you may write to with --run\n`,
  });
  writeFileSync(run, 'mine');
  expect((await grokscope(words)).err).toBe(
    `grokscope: ${run} is a file, not the folder of a run; give a folder with --run\n`,
  );
  expect(readFileSync(run, 'utf8')).toBe('mine');
});

test('when the disk fills, metrics and checkpoints stay whole, and the run can be resumed', async () => {
  const folder = temporaryFolder();
  const config = tinyConfig(folder);
  const [whole, full] = ['whole', 'full'].map((name) => join(folder, name));
  await grokscope(['train', '--config', config, '--run', whole]);
  const room = 30_000;
  const { exitCode, err } = await grokscope(['train', '--config', config, '--run', full], {
    disk: fullDisk(room),
  });
  expect(exitCode).toBe(2);
  expect(err).toMatch(
    /^grokscope: .*: the disk is full \(while .*\); what was written before is whole, so free some space and continue with --resume\n$/,
  );
  expect(readFileSync(join(full, 'metrics.csv'), 'utf8')).toMatch(/\n$/);
  expect(readdirSync(join(full, 'checkpoints')).length).toBeGreaterThan(0);
  expect((await grokscope(['train', '--run', full, '--resume'])).exitCode).toBe(0);
  expect(readFileSync(join(full, 'metrics.csv'), 'utf8')).toBe(
    readFileSync(join(whole, 'metrics.csv'), 'utf8'),
  );
});

test('a run of another configuration is neither resumed nor replaced', async () => {
  const folder = temporaryFolder();
  const run = join(folder, 'run');
  const words = ['train', '--config', tinyConfig(folder), '--run', run];
  await grokscope(words);
  const metrics = readFileSync(join(run, 'metrics.csv'), 'utf8');
  const difference = 'train.lr is 0.01 there and 0.02 here';
  expect(await grokscope([...words, '--resume', 'train.lr=0.02'])).toEqual({
    exitCode: 2,
    out: '',
    err: `grokscope: ${run} cannot be resumed with another configuration: ${difference}; resume with the configuration it was started with, give another --run, or replace it with --overwrite\n`,
  });
  expect(await grokscope([...words, 'train.lr=0.02'])).toEqual({
    exitCode: 2,
    out: '',
    err: `grokscope: ${run} holds a run of another configuration: ${difference}; give another folder with --run, or replace it with --overwrite\n`,
  });
  expect(await grokscope(words)).toEqual({
    exitCode: 2,
    out: '',
    err: `grokscope: ${run} already holds this very run, finished; replace it with --overwrite, or give another --run\n`,
  });
  expect(readFileSync(join(run, 'metrics.csv'), 'utf8')).toBe(metrics);
  const renamed = await grokscope([...words, '--resume', 'name=other', 'train.log_interval_steps=7']);
  expect(renamed.exitCode, 'another name is no other computation').toBe(0);
});

test('there is nothing to resume in an empty or a foreign folder', async () => {
  const folder = temporaryFolder();
  const words = ['train', '--config', tinyConfig(folder), '--resume', '--run'];
  expect((await grokscope([...words, join(folder, 'none')])).err).toBe(
    `grokscope: ${join(folder, 'none')} holds no run to resume; leave out --resume to start one\n`,
  );
  expect((await grokscope(['train', '--resume', '--run', join(folder, 'none')])).exitCode).toBe(2);
  expect(await grokscope([...words, folder])).toMatchObject({ exitCode: 2, out: '' });
  expect(readdirSync(folder)).toEqual(['tiny.yaml']);
});

/** An unfinished run with checkpoints at 5 and 10. */
async function stoppedRun(folder: string): Promise<string> {
  const run = join(folder, 'run');
  const config = tinyConfig(folder);
  await grokscope(['train', '--config', config, '--run', run]);
  unlinkSync(join(run, 'DONE'));
  for (const step of [15, 20, 23]) unlinkSync(join(run, 'checkpoints', `step-0000${step}.safetensors`));
  return run;
}

test('a torn last line is repaired on resuming, and passed over by evaluate', async () => {
  const folder = temporaryFolder();
  const run = await stoppedRun(folder);
  const metrics = join(run, 'metrics.csv');
  const whole = readFileSync(metrics, 'utf8');
  truncateSync(metrics, whole.length - 15);
  const torn = join(folder, 'torn.csv');
  writeFileSync(torn, whole.slice(0, -whole.split('\n').at(-2)!.length + 4));
  const evaluated = await grokscope(['evaluate', '--metrics', torn]);
  expect(evaluated.exitCode).toBe(0);
  expect(evaluated.err).toMatch(
    /^grokscope: .*torn\.csv:28: the last line has no line feed, is torn, and was left out\n$/,
  );
  expect(JSON.parse((await grokscope(['evaluate', '--run-dir', run])).out)).toMatchObject({ num_points: 9 });
  expect((await grokscope(['train', '--run', run, '--resume'])).exitCode).toBe(0);
  expect(readFileSync(metrics, 'utf8')).toBe(whole);
});

test('a checkpoint that was cut off or has a flipped bit is passed over, and named', async () => {
  const folder = temporaryFolder();
  const run = await stoppedRun(folder);
  const newest = join(run, 'checkpoints', 'step-000010.safetensors');
  const bytes = readFileSync(newest);
  bytes[bytes.length - 100] ^= 1;
  writeFileSync(newest, bytes);
  const { exitCode, err } = await grokscope(['train', '--run', run, '--resume']);
  expect(exitCode).toBe(0);
  expect(err).toBe(
    `note: ${newest} is damaged: its checksum does not fit its contents, so it has changed since it was written; step-000005.safetensors is used instead\n`,
  );
});

test('without any intact checkpoint a run is not resumed, and not harmed', async () => {
  const folder = temporaryFolder();
  const run = await stoppedRun(folder);
  const metrics = readFileSync(join(run, 'metrics.csv'), 'utf8');
  for (const name of readdirSync(join(run, 'checkpoints')))
    truncateSync(join(run, 'checkpoints', name), 1000);
  const { exitCode, err, out } = await grokscope(['train', '--run', run, '--resume']);
  expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
  expect(err).toMatch(
    /^grokscope: .*step-000010\.safetensors is damaged: it is cut off: .*; train again with --overwrite, or with another --run\n$/,
  );
  expect(readFileSync(join(run, 'metrics.csv'), 'utf8')).toBe(metrics);
});

test('metrics without the needed columns, or that are not there', async () => {
  const folder = temporaryFolder();
  const metrics = join(folder, 'metrics.csv');
  writeFileSync(metrics, 'step,split,loss\n0,train,1\n');
  expect(await grokscope(['evaluate', '--metrics', metrics])).toEqual({
    exitCode: 2,
    out: '',
    err: `grokscope: ${metrics}:1: needs the column accuracy, has step, split, loss; write metrics as step,split,loss,accuracy,… or step,train_loss,train_accuracy,val_loss,val_accuracy,…\n`,
  });
  const none = join(folder, 'none.csv');
  expect((await grokscope(['evaluate', '--metrics', none])).err).toBe(
    `grokscope: ${none}: there is no such file or folder; check the path\n`,
  );
  expect((await grokscope(['evaluate', '--run-dir', folder])).err).toBe(
    `grokscope: ${folder} is not the folder of a run (no meta.json, but metrics.csv); name a folder that grokscope train wrote\n`,
  );
});

test('a loss that is not finite ends the run with the step, the cause and the last good checkpoint', async () => {
  const folder = temporaryFolder();
  const run = join(folder, 'run');
  const words = ['train', '--config', tinyConfig(folder), '--run', run, 'train.checkpoint_every_steps=1'];
  const { exitCode, err } = await grokscope([
    ...words,
    'train.optimizer=sgd',
    'train.loss=mse',
    'train.lr=1e6',
  ]);
  expect(exitCode).toBe(2);
  const [, step, path] =
    /^grokscope: step (\d+): the (?:loss|gradient's norm) became \S+ before .*; the last good checkpoint is (.*)\n$/.exec(
      err,
    ) ?? [];
  expect(Number(step)).toBeGreaterThan(1);
  expect(existsSync(path)).toBe(true);
  expect(Number(/step-(\d+)/.exec(basename(path))?.[1])).toBeLessThan(Number(step));
  const summary = JSON.parse(readFileSync(join(run, 'summary.json'), 'utf8'));
  expect(summary).toMatchObject({ status: 'diverged', diverged: { step: Number(step) } });
  expect(existsSync(join(run, 'DONE'))).toBe(false);
  expect(existsSync(join(run, 'lock'))).toBe(false);
  expect((await grokscope(['evaluate', '--run-dir', run])).exitCode).toBe(0);
});

test('an experiment too large for memory is refused with the figure before anything is built', async () => {
  const folder = temporaryFolder();
  const words = ['train', '--config', 'r1', '--run', join(folder, 'run')];
  const advice = 'make the model, the batch (loader.batch_size) or dataset.N smaller';
  expect(await grokscope([...words, 'dataset.N=46340'])).toEqual({
    exitCode: 2,
    out: '',
    err: expect.stringMatching(
      /^grokscope: the experiment needs about \d+\.\d GB for its arithmetic, and WebAssembly can hold 4\.3 GB; /,
    ),
  });
  const wide = await grokscope([...words, 'model.hidden_dim=3000000']);
  expect(wide).toMatchObject({ exitCode: 2, out: '' });
  expect(wide.err).toContain(advice);
  expect(readdirSync(folder)).toEqual([]);
});

test('with --json the error is an event as well', async () => {
  const folder = temporaryFolder();
  const words = ['train', '--config', 'r1', '--run', join(folder, 'run'), '--json', 'dataset.N=46340'];
  const { out, err, exitCode } = await grokscope(words);
  expect(jsonLines(out)).toEqual([{ event: 'error', message: err.trimEnd(), exit_code: exitCode }]);
});

test('a defect of ours is called so; its stack is shown on demand', async () => {
  const folder = temporaryFolder();
  const words = ['train', '--config', tinyConfig(folder), '--run', join(folder, 'run')];
  const disk = {
    ...nodeFileSystem,
    kind: () => {
      throw new Error('cosmic ray');
    },
  };
  expect(await grokscope(words, { disk })).toEqual({
    exitCode: 1,
    out: '',
    err: 'grokscope: internal error: cosmic ray (this is a defect; GROKSCOPE_DEBUG=1 shows where)\n',
  });
  const shown = await grokscope(words, { disk, env: { GROKSCOPE_DEBUG: '1' } });
  expect(shown.err).toMatch(/cosmic ray\n {4}at /);
});

test('a folder in place of a file to write is refused', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'schema.json'));
  const { exitCode, err } = await grokscope(['schema', '--out', join(folder, 'schema.json')]);
  expect(exitCode).toBe(2);
  expect(err).toMatch(/a folder stands where a file was expected; name another file with --out\n$/);
});
