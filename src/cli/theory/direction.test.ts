import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { grokscope } from '../../../test/cli/command.ts';
import { temporaryFolder } from '../../../test/disks/temporary-folder.ts';
import { isBalanced } from '../../../test/figures/well-formed.ts';

const tiny = `
dataset: {N: 5, train_fraction: 0.6}
model: {type: two_layer, hidden_dim: 10, activation: relu}
train: {total_steps: 40, eval_every_steps: 20, checkpoint_every_steps: 20, lr: 0.01}
`;

function configured(folder: string): string {
  const path = join(folder, 'tiny.yaml');
  writeFileSync(path, tiny);
  return path;
}

test('the network of the paper in a few steps: a table, a figure, and all numbers as CSV', async () => {
  const out = join(temporaryFolder(), 'out');
  const {
    exitCode,
    out: text,
    err,
  } = await grokscope([
    'theory',
    'direction',
    '--steps',
    '20',
    '--every',
    '20',
    '--seeds',
    '2',
    '--out',
    out,
  ]);
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
  expect(text).toMatch(/Direction of training, p = 11: means of 2 seeds/);
  expect(text).toMatch(/J has 649 rows .* 2,816 columns .*; its rank is 649, full, at every step/);
  expect(text).toMatch(/No zero loss was reached near step 20:/);
  const [header, ...rows] = readFileSync(join(out, 'direction.csv'), 'utf8').trim().split('\n');
  expect(header).toMatch(/^seed,step,cosine,kink_cosine,kinks,decay_cosine,tangent_share/);
  expect(rows.map((row) => row.split(',').slice(0, 2).join())).toEqual(['0,20', '1,20']);
  const svg = readFileSync(join(out, 'direction.svg'), 'utf8');
  expect(isBalanced(svg)).toBe(true);
  expect(svg).toMatch(/Mean of 2 seeds: the cosine of training's update/);
});

test('a configuration with cross-entropy says what replaces the zero-loss set, and that J is rank-deficient', async () => {
  const folder = temporaryFolder();
  const { exitCode, out, err } = await grokscope([
    'theory',
    'direction',
    '--config',
    configured(folder),
    '--json',
    '--out',
    join(folder, 'out'),
    'model.hidden_dim=12',
  ]);
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
  const json = JSON.parse(out);
  expect(json).toMatchObject({
    theory: 'direction',
    outputs: 75,
    parameters: 12 * 15,
    method: 'exact',
    zero_loss: false,
  });
  expect(json.rows.at(-1)).toMatchObject({ seed: 0, step: 40, rank: 60 });
  expect(json.rows.at(-1).cosine).toEqual(expect.any(Number));
  expect(json.remarks.join(' ')).toMatch(/rank-deficient, \d+ to 60 of 75|rank-deficient, 60 of 75/);
  expect(json.remarks.join(' ')).toMatch(
    /held instead is the logits up to a common shift .* beyond the paper/,
  );
});

test('a finished run is gone on from at its checkpoints', async () => {
  const folder = temporaryFolder();
  const run = join(folder, 'run');
  expect((await grokscope(['train', '--config', configured(folder), '--run', run])).exitCode).toBe(0);
  const words = [
    'theory',
    'direction',
    '--run',
    run,
    '--window',
    '5',
    '--out',
    join(folder, 'out'),
    '--json',
  ];
  const { exitCode, out } = await grokscope([...words, '--checkpoints', '20']);
  expect(exitCode).toBe(0);
  expect(JSON.parse(out).rows.map(({ step }: { step: number }) => step)).toEqual([25]);
  const wrong = await grokscope([...words, '--checkpoints', '30']);
  expect(wrong).toMatchObject({
    exitCode: 2,
    err: 'grokscope: --checkpoints needs steps with a checkpoint (20, 40), all or last, got 30\n',
  });
});

test.each([
  [['--lambda', '-1'], /^grokscope: --lambda needs a number of at least 0, got -1\n$/],
  [['--config', 'r1', '--run', 'x'], /takes --config or --run, got both/],
  [['--config', 'r1', '--lambda', '1'], /--lambda is of the network of the paper/],
  [['--run', 'x', '--seeds', '2'], /--seeds is of a training; with --run choose checkpoints/],
  [['--checkpoints', 'last'], /--checkpoints names checkpoints of a run; give one with --run/],
  [['train.lr=1'], /train\.lr=1 overrides a configuration; give one with --config/],
  [['--steps', '5'], /an update is taken over 10 steps, got 5 in all/],
  [['--method', 'qr'], /--method needs auto or exact or cg, got qr/],
])('%j is refused in one sentence, and nothing is written', async (words, message) => {
  const out = join(temporaryFolder(), 'out');
  const ended = await grokscope(['theory', 'direction', '--out', out, ...words]);
  expect(ended.exitCode).toBe(2);
  expect(ended.err).toMatch(message);
  expect(ended.err.trim().split('\n')).toHaveLength(1);
  expect(existsSync(out)).toBe(false);
});
