import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { grokscope } from '../../../test/cli/command.ts';
import { temporaryFolder } from '../../../test/disks/temporary-folder.ts';

const folder = mkdtempSync(join(tmpdir(), 'grokscope-cost-'));
afterAll(() => rmSync(folder, { recursive: true }));
const run = join(folder, 'trial', 'arm', 'seed-000');

/** A finished run whose curves are replaced by ones that memorise at 20, are at their best at 10, and grok at 60. */
beforeAll(async () => {
  const config = join(folder, 'tiny.yaml');
  writeFileSync(
    config,
    `
dataset: {N: 5, train_fraction: 0.6}
model: {type: two_layer, hidden_dim: 10}
train: {total_steps: 3}
milestones: {grok_patience: 2}
`,
  );
  const ended = await grokscope(['train', '--config', config, '--run', run, '--threads', '1']);
  expect(ended.exitCode).toBe(0);
  const rows = [
    ['0', 3, 0.1, 3, 0.1],
    ['10', 1, 0.6, 2.5, 0.2],
    ['20', 0.1, 1, 2.8, 0.1],
    ['30', 0.1, 1, 3, 0.1],
    ['40', 0.1, 1, 2.9, 0.15],
    ['50', 0.1, 1, 2, 0.5],
    ['60', 0.1, 1, 0.1, 0.96],
    ['70', 0.1, 1, 0.1, 1],
  ];
  const lines = rows.flatMap(([step, loss, accuracy, valLoss, valAccuracy]) => [
    `${step},train,${loss},${accuracy}`,
    `${step},val,${valLoss},${valAccuracy}`,
  ]);
  writeFileSync(join(run, 'metrics.csv'), `step,split,loss,accuracy\n${lines.join('\n')}\n`);
  writeFileSync(join(run, 'timing.csv'), 'step,seconds,steps_per_second\n0,0,0\n20,2,10\n70,4.5,20\n');
});

const cost = (...words: string[]) =>
  grokscope(['theory', 'cost', '--out', join(temporaryFolder(), 'out'), '--json', ...words]);

test('what it cost to memorise and to grok, and what early stopping would have lost', async () => {
  const { exitCode, out } = await cost(run, '--patience', '3');
  expect(exitCode).toBe(0);
  const { runs, remarks } = JSON.parse(out);
  const perStep = runs[0].flops_per_step;
  expect(perStep).toBeGreaterThan(15 * 5 * 10 * 2); // at least the product with W_2, forward
  expect(runs).toHaveLength(1);
  expect(runs[0]).toMatchObject({
    threads: 1,
    memorized_steps: 20,
    memorized_flops: 20 * perStep,
    memorized_seconds: 2,
    memorized_joules: 24, // 12 W on one thread
    grokked_steps: 60,
    grokked_seconds: 4,
    grokked_joules: 48,
    whole_steps: 70,
    whole_seconds: 4.5,
    final_accuracy: 1,
    stop_on_loss_step: 40,
    stop_on_loss_best_step: 10,
    stop_on_loss_accuracy: 0.15,
    stop_on_loss_best_accuracy: 0.2,
    stop_on_accuracy_step: 40,
  });
  expect(remarks.join(' ')).toMatch(/Energy is estimated, not measured: 12 W for each thread/);
});

test('with more patience training would have gone on to grok', async () => {
  const { runs } = JSON.parse((await cost(run, '--patience', '4')).out);
  expect(runs[0].stop_on_loss_step).toBeNull();
});

test('energy from FLOPs or from a power that was measured', async () => {
  const flops = JSON.parse((await cost(run, '--joules-per-flop', '1e-9')).out);
  expect(flops.runs[0].grokked_joules).toBeCloseTo(60e-9 * flops.runs[0].flops_per_step, 12);
  expect(flops.remarks.join(' ')).toMatch(/1e-9 J for each FLOP, as given/);
  const watts = JSON.parse((await cost(run, '--watts', '65')).out);
  expect(watts.runs[0].grokked_joules).toBe(260);
  expect((await cost(run, '--watts', '1', '--joules-per-flop', '1')).err).toMatch(/got both/);
});

test('all runs below the folder of a trial are summed; one that did not grok counts in full', async () => {
  const other = join(folder, 'trial', 'arm', 'seed-001');
  mkdirSync(other);
  for (const name of ['meta.json', 'config.yaml', 'timing.csv'])
    copyFileSync(join(run, name), join(other, name));
  const short = readFileSync(join(run, 'metrics.csv'), 'utf8').split('\n').slice(0, 9).join('\n');
  writeFileSync(join(other, 'metrics.csv'), `${short}\n`);
  const out = join(temporaryFolder(), 'out');
  const { out: text } = await grokscope(['theory', 'cost', join(folder, 'trial'), '--out', out]);
  expect(text).toMatch(/all 2 runs +memorised +40 /);
  expect(text).toMatch(/grokked \(1 not\) +≥ 90 /);
  expect(text).toMatch(/Not finished, counted as far as it has come: .*seed-001/);
  expect(readFileSync(join(out, 'cost.csv'), 'utf8').trim().split('\n')).toHaveLength(3);
  const svg = readFileSync(join(out, 'cost.svg'), 'utf8');
  expect(svg).toContain('>seed-000<');
  expect(svg).toMatch(/seed-001: memorised after 20 steps; not grokked after 30 steps/);
});

test.each([
  [['nothing-here'], /nothing-here holds no run/],
  [['no/*/pattern'], /no run at no\/\*\/pattern, nor below it/],
  [['--patience', '0', 'x'], /--patience needs a whole number of at least 1, got 0/],
  [[], /missing required argument 'runs'/],
])('%j is refused in one sentence', async (words, message) => {
  const { exitCode, err } = await cost(...words);
  expect(exitCode).toBe(2);
  expect(err).toMatch(message);
  expect(err.trim().split('\n')).toHaveLength(1);
});
