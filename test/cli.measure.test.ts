import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { grokscope } from './cli/command.ts';

const config = `seed: 3
dataset: {N: 7, train_fraction: 0.7}
model: {type: two_layer, hidden_dim: 12}
train: {total_steps: 12, eval_every_steps: 4, checkpoint_every_steps: 4, loss: mse}
spectral: {compute: true, of: [logits, hidden]}
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'grokscope-measure-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const run = () => join(folder, 'run');

async function train(text: string, to: string): Promise<void> {
  const file = join(folder, `${to.replaceAll('/', '_')}.yaml`);
  writeFileSync(file, text);
  const { exitCode, err } = await grokscope(['train', '--config', file, '--run', to]);
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
}

/** The cells of metrics.csv by step of one split, from the first measured column on. */
function logged(of: string): { header: string[]; rows: Map<string, string[]> } {
  const [header, ...lines] = readFileSync(join(of, 'metrics.csv'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  const from = header?.indexOf('spectral_low_frac') as number;
  const rows = lines
    .filter((cells) => cells[1] === 'val')
    .map((cells) => [cells[0], cells.slice(from)] as const);
  return { header: header?.slice(from) as string[], rows: new Map(rows as [string, string[]][]) };
}

describe('of a run', () => {
  beforeAll(() => train(config, run()));

  test('training writes the columns of its measures at the right, for logits and for a named activation', () => {
    const { header, rows } = logged(run());
    expect(header.slice(0, 3)).toEqual(['spectral_low_frac', 'spectral_entropy', 'spectral_energy']);
    expect(header).toContain('diagonal_share');
    expect(header).toContain('hidden/diagonal_share');
    expect([...rows.keys()]).toEqual(['0', '4', '8', '12']);
    for (const cells of rows.values()) for (const cell of cells) expect(Number(cell)).not.toBeNaN();
  });

  test('measured afterwards, its checkpoints give what training wrote, byte for byte', async () => {
    const { out, exitCode } = await grokscope(['measure', run(), '--threads', '2']);
    expect(exitCode).toBe(0);
    const { header, rows } = logged(run());
    const expected = [...rows]
      .filter(([step]) => step !== '0')
      .map(([step, cells]) => [step, ...cells].join(','));
    expect(out).toBe(`step,${header.join(',')}\n${expected.join('\n')}\n`);
  });

  test('nulls stand below: untrained, and trained on random labels', async () => {
    const { out } = await grokscope(['measure', run(), '--steps', 'last', '--nulls']);
    const lines = out
      .trim()
      .split('\n')
      .map((line) => line.split(','));
    expect(lines.map(([first]) => first)).toEqual(['step', '12', 'null', 'untrained', 'random_labels']);
    expect(lines[2]?.slice(1)).toEqual(lines[0]?.slice(1));
  });

  test.each([
    [['--measures', 'spectre'], /--measures needs names of .*spectrum.*, got spectre/],
    [['--steps', '5'], /--steps needs steps with a checkpoint \(4, 8, 12\), all or last, got 5/],
  ])('%j is refused in one sentence', async (words, sentence) => {
    const { exitCode, err, out } = await grokscope(['measure', run(), ...words]);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(err).toMatch(sentence);
  });
});

test('a checkpoint of another run is refused with its step', async () => {
  const [one, other] = [join(folder, 'one'), join(folder, 'other')];
  await train(config, one);
  await train(config.replace('seed: 3', 'seed: 4'), other);
  const name = 'checkpoints/step-000008.safetensors';
  copyFileSync(join(other, name), join(one, name));
  const { exitCode, err } = await grokscope(['measure', one, '--steps', '8']);
  expect(exitCode).not.toBe(0);
  expect(err).toMatch(/the checkpoint of step 8 in .* does not belong to this run .*; remove it/);
});

test('a measured run has the weights of an unmeasured one', async () => {
  const [measured, unmeasured] = [join(folder, 'measured'), join(folder, 'unmeasured')];
  await train(config, measured);
  await train(config.replace('compute: true', 'compute: false'), unmeasured);
  const losses = (of: string) =>
    readFileSync(join(of, 'metrics.csv'), 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.split(',').slice(0, 5));
  expect(losses(measured)).toEqual(losses(unmeasured));
});

test('measures are listed with formula, null, cost and unit', async () => {
  const { out } = await grokscope(['measures']);
  const listed = JSON.parse((await grokscope(['measures', '--json'])).out);
  for (const { name, formula, nulls, cost, columns } of listed) {
    for (const text of [name, formula, nulls, cost]) expect(out).toContain(text);
    for (const { name: column, unit, about } of columns) {
      expect(unit).not.toBe('');
      expect(out).toMatch(new RegExp(`${column} +${unit} +${about.slice(0, 10)}`));
    }
  }
});
