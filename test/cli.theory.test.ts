import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { grokscope } from './cli/command.ts';
import { temporaryFolder } from './disks/temporary-folder.ts';

const subcommands = ['toys', 'stability', 'orthogonality'];

test('theory names its subcommands; each has a help with examples that name its options', async () => {
  const { out } = await grokscope(['theory', '--help']);
  for (const subcommand of subcommands) {
    expect(out).toMatch(new RegExp(`^ {2}${subcommand} `, 'm'));
    const help = await grokscope(['theory', subcommand, '--help']);
    expect(help).toMatchObject({ exitCode: 0, err: '' });
    const [described, examples] = help.out.split('Examples:');
    expect(examples).toContain(`  grokscope theory ${subcommand}`);
    for (const option of examples.match(/ --[\w-]+/g) ?? []) expect(described).toContain(option);
  }
});

test('theory toys 1 prints where each λ ends, and writes the figure and its data', async () => {
  const out = join(temporaryFolder(), 'toys');
  const ended = await grokscope(['theory', 'toys', '1', '--decay', '0.5,0.1', '--out', out]);
  expect(ended).toMatchObject({ exitCode: 0, err: '' });
  expect(ended.out).toMatch(/0\.5 {2}\(-1, 1\) {2}\(0\.800, 0\.800\) {2}\(0\.800, 0\.800\)/);
  expect(ended.out).toContain(`${join(out, 'toy-1.svg')}\n`);
  expect(readdirSync(out).sort()).toEqual(['theory.json', 'toy-1-line.csv', 'toy-1.svg']);
  const [header, first] = readFileSync(join(out, 'toy-1-line.csv'), 'utf8').split('\n');
  expect(header).toBe('decay,start,time,theta_1,theta_2,loss,norm,distance,test_loss');
  expect(first).toMatch(/^0\.5,0,0,-1,1,4,/);
  expect(readFileSync(join(out, 'toy-1.svg'), 'utf8')).toMatch(/^<svg /);
});

test('theory toys --json prints the same numbers for programs, and the same bytes for the same seed', async () => {
  const folder = temporaryFolder();
  const run = async (name: string, seed: string) => {
    const out = join(folder, name);
    const { out: text } = await grokscope(['theory', 'toys', '1', '--json', '--seed', seed, '--out', out]);
    return { found: JSON.parse(text), csv: readFileSync(join(out, 'toy-1-line.csv'), 'utf8') };
  };
  const first = await run('a', '3');
  expect(first.found.theory).toBe('toys');
  expect(first.found.tables[0].rows.map((row: Record<string, unknown>) => row.λ)).toEqual([0.2, 0.1, 0.01]);
  expect((await run('b', '3')).csv).toBe(first.csv);
  expect((await run('c', '4')).csv).not.toBe(first.csv);
});

test('theory stability and orthogonality print slopes near 1 for a tiny network', async () => {
  const out = temporaryFolder();
  const tiny = ['dataset.N=3', 'dataset.train_fraction=0.8', 'model.hidden_dim=8'];
  const words = ['--json', '--out', join(out, 's'), '--horizon', '0.1', '--decay', '0.01,0.003'];
  const stability = JSON.parse((await grokscope(['theory', 'stability', ...tiny, ...words])).out);
  expect(stability.tables[1].rows[0].a).toBeCloseTo(1, 1);
  expect(readdirSync(join(out, 's')).sort()).toEqual([
    'stability-trajectories.csv',
    'stability.csv',
    'stability.svg',
    'theory.json',
  ]);
  const points = ['--json', '--out', join(out, 'o'), '--points', '2'];
  const orthogonality = JSON.parse((await grokscope(['theory', 'orthogonality', ...tiny, ...points])).out);
  expect(orthogonality.tables[1].rows[0].a).toBeCloseTo(1, 0);
  expect(existsSync(join(out, 'o', 'orthogonality.svg'))).toBe(true);
});

const refused: [string, string[], RegExp][] = [
  ['a toy that is none', ['toys', '5'], /the toy needs 1 or 2 or 3 or 4 or all, got 5/],
  [
    'a negative λ',
    ['toys', '1', '--decay', '0.1,-0.2'],
    /--decay needs numbers of at least 0, comma-separated, got -0\.2: a negative one would let the weights grow without bound/,
  ],
  ['no λ', ['toys', '--decay', 'small'], /--decay needs numbers of at least 0, comma-separated, got small/],
  [
    'a step past stability',
    ['toys', '1', '--integrator', 'rk4', '--step', '2'],
    /the step \S+ is past stability: the objective rises from .* by .* at time .*, where steps up to 0\.\d+ are stable; take a smaller step, or the adaptive integrator/,
  ],
  [
    'a width below the train examples',
    ['stability', 'model.hidden_dim=6'],
    /zero loss needs a width of at least the 11 train examples, got 6/,
  ],
  ['a key that is none', ['orthogonality', 'model.hiden_dim=6'], /hidden_dim/],
  [
    'a Jacobian too large to form',
    ['orthogonality', 'dataset.N=53', 'model.hidden_dim=2000'],
    /the Jacobian of \d+ residuals by \d+ parameters is too large/,
  ],
];

test.each(refused)(
  '%s is refused in a sentence with exit code 2, and nothing is written',
  async (_, words, sentence) => {
    const out = join(temporaryFolder(), 'out');
    const ended = await grokscope(['theory', ...words, '--out', out]);
    expect(ended).toMatchObject({ exitCode: 2, out: '', err: expect.stringMatching(sentence) });
    expect(existsSync(out)).toBe(false);
  },
);
