import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { grokscope } from './cli/command.ts';
import { temporaryFolder } from './disks/temporary-folder.ts';

const analytic = 'analytic_dynamics: true\nanalytic_steps: 150\nanalytic_lr: 0.02\n';
const text = `seed: 3
dataset: {N: 11, pairs: unordered, train_fraction: 0.9}
model: {type: two_layer, hidden_dim: 128, input: sum, activation: relu}
train: {total_steps: 6, eval_every_steps: 2}
`;

/** Trains the configuration into a folder of its own. */
async function trained(config: string, surroundings: Parameters<typeof grokscope>[1] = {}) {
  const folder = temporaryFolder();
  const file = join(folder, 'tiny.yaml');
  writeFileSync(file, config);
  const run = join(folder, 'run');
  return { run, file, ended: await grokscope(['train', '--config', file, '--run', run], surroundings) };
}

test('analytic_dynamics writes simulation, pictures and verdict into the run and changes no byte of its metrics', async () => {
  const [without, beside] = [await trained(text), await trained(`${text}${analytic}`)];
  expect([without.ended.exitCode, beside.ended.exitCode]).toEqual([0, 0]);
  const folder = join(beside.run, 'analytic');
  expect(readdirSync(folder).sort()).toEqual([
    'circles.svg',
    'frequencies.csv',
    'metrics.csv',
    'simulation.svg',
    'verdict.json',
  ]);
  expect(existsSync(join(without.run, 'analytic'))).toBe(false);
  const metrics = ({ run }: typeof beside) => readFileSync(join(run, 'metrics.csv'));
  expect(metrics(beside).equals(metrics(without))).toBe(true);
  const verdict = JSON.parse(readFileSync(join(folder, 'verdict.json'), 'utf8'));
  expect(verdict).toMatchObject({
    holds: true,
    assertions: [
      { name: 'train_loss_stays_near_zero', holds: true },
      { name: 'held_out_accuracy_rises_late', holds: true },
      { name: 'fourier_norms_equalise', holds: true },
      { name: 'parts_become_orthogonal', holds: true },
    ],
    network: { inputs: 11, width: 128, train_examples: 59, held_out_examples: 7, modulus: 11 },
    steps: 150,
    step_size: 0.02,
  });
  expect(beside.ended.err).toContain('analytic test: 4 of 4 statements hold');
});

test('a run interrupted at its end does the analytic test when it is resumed', async () => {
  const { run, file, ended } = await trained(`${text}${analytic}`, {
    interruptWhen: (out) => out.includes('step 6'),
  });
  expect(ended.exitCode).toBe(130);
  expect(existsSync(join(run, 'analytic'))).toBe(false);
  const resumed = await grokscope(['train', '--config', file, '--run', run, '--resume']);
  expect(resumed.exitCode).toBe(0);
  expect(existsSync(join(run, 'analytic', 'verdict.json'))).toBe(true);
});

test('a task without isolated dynamics is trained all the same, and why is said', async () => {
  const { run, ended } = await trained(
    `task: copy\ndataset: {length: 2, alphabet: 3}\nmodel: {type: mlp, hidden_dim: 8, layers: 1}\ntrain: {total_steps: 1}\n${analytic}`,
  );
  expect(ended.exitCode).toBe(0);
  expect(ended.out + ended.err).toContain(
    'analytic_dynamics is left out: the isolated dynamics needs one answer an example',
  );
  expect(existsSync(join(run, 'analytic'))).toBe(false);
});

test('--overwrite takes the analytic folder away with the run', async () => {
  const { run, file } = await trained(`${text}${analytic}`);
  const again = await grokscope([
    'train',
    '--config',
    file,
    '--run',
    run,
    '--overwrite',
    'analytic_dynamics=false',
  ]);
  expect(again.exitCode).toBe(0);
  expect(existsSync(join(run, 'analytic'))).toBe(false);
});
