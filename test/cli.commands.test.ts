import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { experimentFromObject, jsonSchema } from '../src/config/index.ts';
import { listPresets } from '../src/config/node.ts';
import { writeSpectrum } from '../src/runs/index.ts';
import { grokscope } from './cli/command.ts';
import { tinyConfig } from './cli/tiny.ts';
import { temporaryFolder } from './disks/temporary-folder.ts';

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const commands = [
  'train',
  'evaluate',
  'visualize',
  'measure',
  'measures',
  'theory',
  'presets',
  'schema',
  'explain-plan',
  'doctor',
];

test('--version prints the version of the package', async () => {
  expect(await grokscope(['--version'])).toEqual({ exitCode: 0, out: `${manifest.version}\n`, err: '' });
});

test('--help names every command; every command has its own with examples that name its options', async () => {
  const { out, exitCode } = await grokscope(['--help']);
  expect(exitCode).toBe(0);
  for (const command of commands) {
    expect(out).toMatch(new RegExp(`^ {2}${command} `, 'm'));
    const help = await grokscope([command, '--help']);
    expect(help).toMatchObject({ exitCode: 0, err: '' });
    expect(await grokscope(['help', command])).toEqual(help);
    const [described, examples] = help.out.split('Examples:');
    expect(examples).toContain(`  grokscope ${command}`);
    const ofThis = examples.split('\n').filter((line) => line.startsWith(`  grokscope ${command}`));
    for (const option of ofThis.join('\n').match(/ --[\w-]+/g) ?? []) expect(described).toContain(option);
  }
});

test('without a command the help goes to stderr, with exit code 2', async () => {
  const { out } = await grokscope(['--help']);
  expect(await grokscope([])).toEqual({ exitCode: 2, out: '', err: out });
});

test('presets lists what will be seen and how long it takes; each is printed as it stands in its file', async () => {
  const { out } = await grokscope(['presets']);
  const list = JSON.parse((await grokscope(['presets', '--json'])).out);
  expect(list.map(({ name }: { name: string }) => name)).toEqual(listPresets().map(({ name }) => name));
  for (const { name, description, takes } of list) {
    expect(out).toContain(`${name}  ${takes}\n  ${description}\n`);
    const printed = await grokscope(['presets', name]);
    expect(printed.out).toBe(readFileSync(new URL(`../configs/${name}.yaml`, import.meta.url), 'utf8'));
    expect(JSON.parse((await grokscope(['presets', name, '--json'])).out)).toEqual({
      name,
      description,
      takes,
      yaml: printed.out,
    });
  }
});

test('a preset printed, kept and trained under its own file is an experiment', async () => {
  const { out } = await grokscope(['presets', 'r2']);
  expect(experimentFromObject(parse(out)).experiment.dataset.label_noise).toBe(0.35);
});

test('schema prints the JSON Schema, or writes it to a file', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'deep', 'schema.json');
  const { out } = await grokscope(['schema']);
  expect(JSON.parse(out)).toEqual(jsonSchema());
  expect(await grokscope(['schema', '--out', file])).toEqual({
    exitCode: 0,
    out: '',
    err: `Wrote ${file}\n`,
  });
  expect(readFileSync(file, 'utf8')).toBe(out);
});

test('doctor says which kernels run and why, for people and for programs', async () => {
  const found = JSON.parse((await grokscope(['doctor', '--json'])).out);
  expect(found).toMatchObject({ version: manifest.version, node: process.versions.node });
  expect(['fused', 'emulated']).toContain(found.kernels);
  expect(found.why).toMatch(found.kernels === 'fused' ? /probe passed/ : /emulated exactly/);
  expect(found.relaxed_simd || found.kernels === 'emulated').toBe(true);
  expect(['on', 'off', 'withdrawn']).toContain(found.revectorizer);
  expect(found.tile_times === null).toBe(found.revectorizer !== 'on' || found.kernels === 'emulated');
  const { limits, kernels } = found.speed;
  expect(kernels.length).toBeGreaterThan(5);
  for (const { kernel, rate, unit, share } of kernels) {
    expect(rate, kernel).toBeGreaterThan(0);
    expect(share, kernel).toBeCloseTo(rate / limits[unit], 9);
  }
  const { out } = await grokscope(['doctor']);
  expect(out).toContain(`kernels       ${found.kernels}: ${found.why}\n`);
  expect(out).toContain(`revectoriser  ${found.revectorizer}: ${found.revectorizer_why}\n`);
  for (const { kernel } of kernels) expect(out).toMatch(new RegExp(`^${kernel} .*%$`, 'm'));
});

let trained: string;
beforeAll(async () => {
  trained = mkdtempSync(join(tmpdir(), 'grokscope-trained-'));
  const words = ['train', '--config', tinyConfig(trained), '--run', join(trained, 'one')];
  await grokscope([...words, 'milestones.grok_threshold=0.1', 'milestones.grok_patience=1']);
  await grokscope([
    'train',
    '--config',
    join(trained, 'tiny.yaml'),
    '--run',
    join(trained, 'two'),
    '--seed',
    '6',
  ]);
  return () => rmSync(trained, { recursive: true });
});

test('evaluate prints the keys in their order', async () => {
  const { out } = await grokscope(['evaluate', '--run-dir', join(trained, 'one')]);
  expect(Object.keys(JSON.parse(out))).toEqual(
    'num_points last best_val memorized_step grokked_step first_crossing_step delay'.split(' '),
  );
  expect(Object.keys(JSON.parse(out).last)).toEqual(
    'step train_loss train_accuracy val_loss val_accuracy test_loss test_accuracy'.split(' '),
  );
});

test('evaluate judges a run by its own thresholds, a metrics file by the defaults, and both by those given', async () => {
  const folder = temporaryFolder();
  const metrics = join(folder, 'metrics.csv');
  const rows = [0.5, 0.96, 0.5, 0.7, 0.97, 0.98, 0.99].map(
    (accuracy, i) => `${10 * i},${1 - i / 10},1,3,${accuracy}`,
  );
  writeFileSync(metrics, `step,train_loss,train_accuracy,val_loss,val_accuracy\n${rows.join('\n')}\n`);
  const of = async (...words: string[]) => JSON.parse((await grokscope(['evaluate', ...words])).out);
  expect(await of('--metrics', metrics)).toEqual({
    num_points: 7,
    last: { step: 60, train_loss: 0.4, train_accuracy: 1, val_loss: 3, val_accuracy: 0.99 },
    best_val: { step: 60, train_loss: 0.4, train_accuracy: 1, val_loss: 3, val_accuracy: 0.99 },
    memorized_step: 0,
    grokked_step: 40,
    first_crossing_step: 10,
    delay: 40,
  });
  expect(await of('--metrics', metrics, '--grok_patience', '1')).toMatchObject({ grokked_step: 10 });
  expect(await of('--metrics', metrics, '--grok_threshold', '.6')).toMatchObject({ grokked_step: 30 });
  expect(await of('--metrics', metrics, '--memorize_threshold', '1')).toMatchObject({ memorized_step: 0 });
  const one = join(trained, 'one');
  const own = await of('--run-dir', one);
  expect(own).toEqual(
    await of('--metrics', join(one, 'metrics.csv'), '--grok_threshold', '0.1', '--grok_patience', '1'),
  );
  expect(own).not.toEqual(await of('--metrics', join(one, 'metrics.csv')));
});

test('visualize writes the figures of a run into its folder and lists them', async () => {
  const { out, exitCode } = await grokscope(['visualize', '--run', join(trained, 'one')]);
  const figures = join(trained, 'one', 'figures');
  const names = ['one_loss_log.svg', 'one_accuracy_log.svg', 'time_to_generalization.svg'];
  expect({ exitCode, out }).toEqual({
    exitCode: 0,
    out: names.map((name) => `${join(figures, name)}\n`).join(''),
  });
  expect(readdirSync(figures).sort()).toEqual(names.toSorted());
  for (const name of names) expect(readFileSync(join(figures, name), 'utf8')).toMatch(/^<svg /);
});

test('visualize takes patterns that no shell has expanded, and passes over what is no run', async () => {
  const folder = temporaryFolder();
  for (const name of ['one', 'two'])
    cpSync(join(trained, name), join(folder, 'runs', name), { recursive: true });
  mkdirSync(join(folder, 'runs', 'notes'));
  const output = join(folder, 'figures');
  const words = [
    'visualize',
    '--runs',
    join(folder, 'runs', '*'),
    '--output_dir',
    output,
    '--xscale',
    'linear',
  ];
  const { exitCode, err } = await grokscope(words);
  expect(exitCode).toBe(0);
  expect(err).toContain(`passed over: ${join(folder, 'runs', 'notes')} holds no run\n`);
  expect(err).toContain('different milestones; drawn with the defaults');
  expect(readdirSync(output).sort()).toEqual([
    'one_accuracy_linear.svg',
    'one_loss_linear.svg',
    'time_to_generalization.svg',
    'two_accuracy_linear.svg',
    'two_loss_linear.svg',
  ]);
  const none = await grokscope(['visualize', '--runs', join(folder, 'nothing', '*'), '--output_dir', output]);
  expect(none).toMatchObject({ exitCode: 2, err: expect.stringContaining('no folder matches') });
});

test('visualize --grok_threshold moves the milestones of the figures', async () => {
  const folder = temporaryFolder();
  const draw = async (threshold: string) => {
    const words = ['visualize', '--run', join(trained, 'two'), '--output_dir', join(folder, threshold)];
    await grokscope([...words, '--grok_threshold', threshold, '--grok_patience', '1']);
    return readFileSync(join(folder, threshold, 'two_accuracy_log.svg'), 'utf8');
  };
  expect(await draw('0.001')).toMatch(/grokked at step/);
  expect(await draw('1')).toMatch(/not grokked by step 23/);
});

test('visualize draws the stored spectra, the last one or all, and puts a report into the folder of the run', async () => {
  const folder = join(temporaryFolder(), 'one');
  cpSync(join(trained, 'one'), folder, { recursive: true });
  rmSync(join(folder, 'figures'), { recursive: true, force: true });
  const spectral = join(folder, 'spectral');
  for (const step of [0, 9, 21]) {
    const power = Float64Array.from({ length: 49 }, (_, mode) => (mode % 8 === 0 ? step + 1 : 0));
    writeSpectrum(spectral, { step, shape: [7, 7], power, dimensions: [] });
  }
  const output = join(folder, 'out');
  const draw = (...words: string[]) =>
    grokscope(['visualize', '--run', folder, '--output_dir', output, ...words]);
  const spectra = () => readdirSync(output).filter((name) => name.includes('spectrum'));
  expect(await draw()).toMatchObject({ exitCode: 0 });
  expect(spectra()).toEqual(['one_spectrum_step000021.svg']);
  expect(existsSync(join(folder, 'report.html'))).toBe(false);

  const { out } = await draw('--snapshots', 'all', '--report');
  expect(spectra()).toEqual(
    [0, 9, 21].map((step) => `one_spectrum_step${String(step).padStart(6, '0')}.svg`),
  );
  expect(out).toContain(`${join(folder, 'report.html')}\n`);
  const report = readFileSync(join(folder, 'report.html'), 'utf8');
  expect(report).toContain('learns a + b mod 7 from ');
  expect(report).toContain('dataset:\n  N: 7');
  expect(report).toContain('Spectrum of the logits at step 9<');
  expect(report).toContain(JSON.parse(readFileSync(join(folder, 'meta.json'), 'utf8')).run_id);

  truncateSync(join(spectral, 'spectrum-step000021.npy'), 100);
  expect(await draw()).toMatchObject({
    exitCode: 2,
    err: expect.stringMatching(/spectrum-step000021\.npy is damaged: it is cut off: .*; remove that file/),
  });
  expect(await grokscope(['visualize', '--runs', folder, '--report'])).toMatchObject({
    exitCode: 2,
    err: expect.stringContaining('--report is of one run: name it with --run FOLDER instead of --runs'),
  });
});

test('visualize --png adds the same figures as PNG', async () => {
  const folder = temporaryFolder();
  const { exitCode, err } = await grokscope([
    'visualize',
    '--run',
    join(trained, 'two'),
    '--output_dir',
    folder,
    '--png',
  ]);
  if (exitCode === 0) {
    const png = readFileSync(join(folder, 'two_loss_log.png'));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
  } else {
    // No font, or the optional package is not there: one sentence, and the SVG files all the same.
    expect({ exitCode, err }).toEqual({
      exitCode: 1,
      err: expect.stringMatching(/^grokscope: .*or use the SVG files\n$/),
    });
    expect(existsSync(join(folder, 'two_loss_log.svg'))).toBe(true);
  }
});
