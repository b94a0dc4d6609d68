import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { grokscope } from './cli/command.ts';
import { temporaryFolder } from './disks/temporary-folder.ts';

/** Modulo 11, simulated in a second. */
const small = ['dataset.N=11', 'model.hidden_dim=128', 'dataset.train_fraction=0.9', 'analytic_lr=0.02'];

async function simulated(...words: string[]) {
  const folder = join(temporaryFolder(), 'out');
  const ended = await grokscope(['theory', 'simulate', ...words, '--out', folder]);
  return { ...ended, folder };
}

const rowsOf = (folder: string, name: string) => {
  const [header, ...lines] = readFileSync(join(folder, name), 'utf8').trim().split('\n');
  const columns = header.split(',');
  return lines.map((line) =>
    Object.fromEntries(line.split(',').map((cell, i) => [columns[i], Number(cell)] as const)),
  );
};

test('modulo 11 memorises at once, understands later, and its embedding becomes circles', async () => {
  const { exitCode, out, folder } = await simulated(...small, 'analytic_steps=150', 'seed=3');
  expect(exitCode).toBe(0);
  expect(out).toContain('All 4 statements hold.');
  expect(readdirSync(folder).sort()).toEqual([
    'circles.svg',
    'frequencies.csv',
    'simulation.csv',
    'simulation.svg',
    'theory.json',
  ]);
  const rows = rowsOf(folder, 'simulation.csv');
  expect(Math.max(...rows.map(({ train_loss }) => train_loss))).toBeLessThan(1e-20);
  expect(rows[0].held_out_accuracy).toBeLessThan(0.5);
  expect(rows.at(-1)?.held_out_accuracy).toBe(1);
  expect(rows.at(-1)?.first_norm).toBeLessThan(0.6 * rows[0].first_norm);
});

test('Runge and Kutta come to the same end as Euler with small steps', async () => {
  const short = [...small.slice(0, 3), '--observe-every', '1000'];
  const euler = await simulated(...short, '--step-size', '0.0005', '--steps', '1000');
  const rk4 = await simulated(...short, '--step-size', '0.01', '--steps', '50', '--method', 'rk4');
  const end = ({ folder }: typeof euler) => rowsOf(folder, 'simulation.csv').at(-1);
  expect(end(rk4)?.tau).toBeCloseTo(0.5, 12);
  expect(end(rk4)?.first_norm).toBeCloseTo(end(euler)?.first_norm ?? 0, 2);
});

test('with a ridge the train error is small and not zero, and fewer units than examples do', async () => {
  const { exitCode, err, folder } = await simulated(
    ...small,
    'model.hidden_dim=40',
    '--ridge',
    '0.01',
    '--steps',
    '50',
    '--step-size',
    '0.001',
  );
  expect([exitCode, err]).toEqual([0, '']);
  const loss = rowsOf(folder, 'simulation.csv').at(-1)?.train_loss ?? 0;
  expect(loss).toBeGreaterThan(1e-9);
  expect(loss).toBeLessThan(1e-3);
});

test('other tasks: subtraction, squares, and a group, which has no frequencies', async () => {
  const sub = await simulated(
    'dataset.N=7',
    'dataset.op=sub',
    'dataset.pairs=ordered',
    'model.input=concat',
    'model.hidden_dim=64',
    '--steps',
    '5',
  );
  const squares = await simulated(...small, 'dataset.op=x^2+y^2', '--steps', '5');
  const group = await simulated('task=group', '--config', 's5', 'dataset.group=S3', '--steps', '5');
  expect([sub.exitCode, squares.exitCode, group.exitCode, group.err]).toEqual([0, 0, 0, '']);
  expect(group.out).toContain('not asked');
  expect(readdirSync(group.folder)).not.toContain('frequencies.csv');
});

test('any parameters of another network move while the rest is solved', async () => {
  const { exitCode, out } = await simulated(
    ...['--config', 'embedding-mlp', 'dataset.N=5', 'model.embed_dim=4', 'model.hidden_dim=8'],
    ...['--isolate', 'E', '--ridge', '0.1', '--steps', '3', '--step-size', '0.05'],
  );
  expect(exitCode).toBe(0);
  expect(out).toContain('‖the rest‖');
});

test('real trainings are laid over, on the clock of the simulation', async () => {
  const { exitCode, out, folder } = await simulated(
    ...[...small, 'model.init.type=uniform', '--steps', '50', '--overlay', '0.3,3'],
  );
  expect(exitCode).toBe(0);
  expect(out).toContain('τ = 2λt');
  const rows = rowsOf(folder, 'overlay.csv');
  expect([...new Set(rows.map(({ lambda }) => lambda))]).toEqual([3, 0.3]);
  expect(rows[0]).toMatchObject({ tau: 0, distance: 0, geometry_distance: 0 });
  expect(rows.at(-1)?.tau).toBeGreaterThanOrEqual(1);
});

test('times to grok are predicted and compared with observed ones', async () => {
  const { exitCode, out, folder } = await simulated(
    ...[
      'dataset.N=11',
      'model.hidden_dim=128',
      'milestones.grok_threshold=0.5',
      'milestones.grok_patience=1',
    ],
    ...['--predict', '--seeds', '2', '--lambdas', '0.2', '--fractions', '0.9'],
  );
  expect(exitCode).toBe(0);
  expect(out).toContain('Observed over predicted');
  const rows = rowsOf(folder, 'prediction.csv');
  expect(rows.map(({ seed }) => seed)).toEqual([0, 1]);
  for (const { isolated_tau, tau_of_step, predicted_steps } of rows)
    expect(predicted_steps).toBeCloseTo((2 * isolated_tau) / tau_of_step, 6);
});

test.each([
  [
    'as few units as examples, in the limit',
    [...small, 'model.hidden_dim=59'],
    /needs more hidden units than train examples.*got width 59 for 59 examples; widen the layer to more than 59, or give a ridge λ > 0/,
  ],
  [
    'a negative λ',
    [...small, '--ridge', '-0.1'],
    /--ridge needs λ of 0 \(the limit λ → 0\) or above, got -0.1; negative weight decay/,
  ],
  [
    'a step past stability',
    [...small, 'analytic_lr=3'],
    /the step size 3 is past stability: R\/λ, which gradient flow only lowers, rose from .* by step \d+, where euler is stable up to [\d.e-]+; take a smaller one/,
  ],
  [
    'a composite modulus',
    [...small, 'dataset.N=12'],
    /dataset.N must be a prime of at least 5 for the Fourier norms and angles, got 12, which = 2·6 .*; the nearest primes are 11 and 13, or leave them out with --no-fourier/,
  ],
  [
    'sums that are the same for two examples',
    [...small, 'dataset.pairs=ordered', 'model.hidden_dim=200'],
    /tokens \d+ and \d+ in either order.*take unordered pairs, input concat, or a ridge λ > 0/,
  ],
  [
    'an activation without closed form',
    [...small, 'model.activation=gelu'],
    /relu or quadratic, got gelu; .*--isolate W_1/,
  ],
  [
    'a parameter that is none',
    [...small, '--isolate', 'W_3', '--ridge', '1'],
    /no parameter W_3 to isolate; it has W_1, W_2/,
  ],
  ['isolating without a ridge', [...small, '--isolate', 'W_1'], /needs a ridge λ > 0, got 0.*--ridge 0.01/],
  [
    'two computations at once',
    [...small, '--predict', '--overlay', '1'],
    /--overlay and --predict are different computations/,
  ],
  ['a λ of 0 to train with', [...small, '--overlay', '1,0'], /--overlay needs a number above 0, got 0/],
  [
    'another network to train',
    ['--config', 'mlp', '--overlay', '1'],
    /got model.type mlp; take model.type two_layer/,
  ],
  ['a misspelt key', ['dataset.M=11'], /did you mean/],
])('%s is refused in one sentence', async (_what, words, sentence) => {
  const { exitCode, out, err } = await simulated(...words);
  expect(err).toMatch(sentence);
  expect([exitCode, out]).toEqual([2, '']);
});
