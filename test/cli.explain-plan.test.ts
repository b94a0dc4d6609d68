import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { quantity } from '../src/cli/explain-plan/columns.ts';
import { type Ended, grokscope } from './cli/command.ts';
import { tinyConfig } from './cli/tiny.ts';
import { temporaryFolder } from './disks/temporary-folder.ts';

const words = ['--config', 'p53', 'dataset.N=11', 'model.d_model=16', 'model.heads=2', 'model.d_mlp=32'];

let json: Ended;
let text: Ended;
beforeAll(async () => {
  json = await grokscope(['explain-plan', ...words, '--json']);
  text = await grokscope(['explain-plan', ...words]);
});

interface Work {
  readonly flops: number;
}

const total = (list: readonly Work[]): number => list.reduce((flops, one) => flops + one.flops, 0);

test('the network as written, what is read of it, and what is left of that', () => {
  expect(json).toMatchObject({ err: '', exitCode: 0 });
  const found = JSON.parse(json.out);
  expect(Object.keys(found)).toEqual(
    'name examples dtype forward_flops step_flops written rules factored program model_parameters'.split(' '),
  );
  const { examples, written } = found;
  // Half of 121 pairs, rounded.
  expect(examples).toBe(61);
  // x W_Q of three positions: 2 · 3 · 16 · 16 FLOPs an example.
  const query = written.find(({ formula }: { formula: string }) => formula.endsWith('W_Q'));
  expect(query).toMatchObject({
    operation: 'einsum',
    shape: [3, 2, 8],
    use: 'per example',
    flops_per_example: 1536,
  });
  expect(found.rules[0]).toEqual({
    rule: 'only what is read',
    flops_before: found.forward_flops.written,
    flops_after: found.forward_flops.read,
  });
  expect(found.forward_flops.written).toBeGreaterThan(found.forward_flops.read);
  expect(found.forward_flops.read).toBeGreaterThan(found.forward_flops.factored);
  expect(found.step_flops.written).toBeGreaterThan(2.5 * found.forward_flops.written);
  const forward = (list: { flops_per_step: number }[]): number =>
    list.reduce((flops, value) => flops + value.flops_per_step, 0);
  expect(forward(written)).toBe(found.forward_flops.written);
  expect(forward(found.factored)).toBe(found.forward_flops.factored);
  expect(total(found.program.stages)).toBe(found.step_flops.factored);
  for (const { rule, flops_before, flops_after } of found.rules)
    expect(flops_before, rule).toBeGreaterThan(flops_after);
});

test('the text says what the JSON says, within 80 columns', () => {
  const found = JSON.parse(json.out);
  expect(text).toMatchObject({ err: '', exitCode: 0 });
  const lines = text.out.split('\n');
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
  expect(lines[0]).toBe(`${found.name}: a training step over 61 examples in f32`);
  const row = (start: string): string => lines.find((line) => line.startsWith(`  ${start}`)) ?? '';
  for (const key of ['written', 'read', 'factored']) {
    const title = { written: 'as written', read: 'only what is read', factored: 'factored' }[key] ?? '';
    expect(row(title)).toContain(` ${quantity(found.forward_flops[key])} `);
    expect(row(title)).toContain(` ${quantity(found.step_flops[key])} `);
  }
  for (const { id, formula, flops_per_step } of found.written) {
    expect(row(`${`#${id}`.padEnd(5)}${formula}`)).toMatch(new RegExp(` ${quantity(flops_per_step)}$`));
  }
  for (const { flops_before, flops_after } of found.rules) {
    const saved = `saves ${quantity(flops_before - flops_after)}`;
    expect(lines.some((line) => line.endsWith(saved) && line.includes(`${quantity(flops_before)} →`))).toBe(
      true,
    );
  }
  for (const [i, { flops, units }] of found.program.stages.entries())
    expect(row(`${i + 1}  `)).toMatch(new RegExp(` ${units.length} +${quantity(flops)} `));
  const tables = found.factored.filter(({ use }: { use: string }) => use === 'table').length;
  expect(lines.filter((line) => / table +\S+( \w)?$/.test(line))).toHaveLength(tables);
  expect(tables).toBeGreaterThan(0);
});

test('colours in a terminal only, and plain characters where the locale asks for them', async () => {
  const plain = text.out;
  const colored = (await grokscope(['explain-plan', ...words], { terminal: 80 })).out;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the codes of colours begin with it
  const codes = /\u001b\[\d+m/g;
  expect(plain).not.toMatch(codes);
  expect(colored).toMatch(codes);
  expect(colored.replace(codes, '')).toBe(plain);
  const ascii = (await grokscope(['explain-plan', ...words], { env: { LC_ALL: 'C' } })).out;
  expect(ascii).toMatch(/^[\n -~]*$/);
});

test('a network with nothing to gain says so', async () => {
  const folder = temporaryFolder();
  const { out, exitCode } = await grokscope(['explain-plan', '--config', tinyConfig(folder)]);
  expect(exitCode).toBe(0);
  expect(out).toContain('\n  none: nothing would be gained\n');
  expect(out).toContain('\n  nothing: every value depends on the example\n');
});

test.for([
  [[], 'grokscope: explain-plan needs --config FILE or the name of a preset; grokscope presets lists some\n'],
  [['--config', 'p35'], 'p35: there is no such file, and no preset of that name\n  did you mean p53?\n'],
  [['--config', ''], 'grokscope: --config needs a path, got nothing\n'],
  [['--config', 'p53', 'model.d_modle=4'], 'model.d_modle'],
  [['--config', 'p53', '--jsn'], "grokscope: unknown option '--jsn'; did you mean --json?\n"],
] as const)('%j is refused in one sentence', async ([given, message]) => {
  const { exitCode, out, err } = await grokscope(['explain-plan', ...given]);
  expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
  expect(err).toContain(message);
});

test('a file that is not there, and one with an unknown key, are named with their place', async () => {
  const missing = join(temporaryFolder(), 'none.yaml');
  const { exitCode, err } = await grokscope(['explain-plan', '--config', missing]);
  expect(exitCode).toBe(2);
  expect(err).toContain(missing);
});

test('a penalty is explained beside the step: its kind, its inputs and its stages', async () => {
  const penalised = [...words, 'laplacian_penalty.compute=true'];
  const found = JSON.parse((await grokscope(['explain-plan', ...penalised, '--json'])).out);
  // All 121 pairs, not only those of the step.
  expect(found.penalty).toMatchObject({ kind: 'literal', examples: 121 });
  expect(total(found.penalty.program.stages)).toBe(found.penalty.program.flops);
  expect(found.penalty.program.flops).toBeGreaterThan(found.forward_flops.factored);
  const { out } = await grokscope(['explain-plan', ...penalised]);
  expect(out).toContain('Penalty literal: stages of its program, run before each step over 121 inputs');
  expect(out.split('\n').filter((one) => one.length > 80)).toEqual([]);
});
