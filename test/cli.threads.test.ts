// `--threads`: how many, what is recorded, and what happens when one fails.
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { ThreadError } from '../src/engine/index.ts';
import { Crew } from '../src/engine/threads/crew.ts';
import { grokscope } from './cli/command.ts';
import { tinyConfig } from './cli/tiny.ts';
import { temporaryFolder } from './disks/temporary-folder.ts';

const cores = availableParallelism();
const files = ['metrics.csv', 'checkpoints/step-000023.safetensors'];
const threadsOf = (run: string): number => JSON.parse(readFileSync(join(run, 'meta.json'), 'utf8')).threads;

test('--threads changes no byte of what is computed, and is recorded', async () => {
  const folder = temporaryFolder();
  const config = tinyConfig(folder);
  const contents = [];
  for (const threads of [1, cores]) {
    const run = join(folder, `threads-${threads}`);
    const { exitCode, err } = await grokscope([
      ...['train', '--config', config, '--run', run, '--threads', `${threads}`],
      'train.scheduler.name=constant',
    ]);
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(threadsOf(run)).toBe(threads);
    contents.push(files.map((name) => readFileSync(join(run, name)).toString('base64')));
  }
  expect(contents[1]).toEqual(contents[0]);
});

test('without --threads a small network gets one, a large one all cores', async () => {
  const folder = temporaryFolder();
  const sizes = { small: 'model.hidden_dim=16', large: 'model.hidden_dim=3000' };
  for (const [run, size] of Object.entries(sizes)) {
    const words = [
      'train',
      '--config',
      'r1',
      '--run',
      join(folder, run),
      size,
      'dataset.N=31',
      'train.total_steps=1',
    ];
    expect((await grokscope(words)).exitCode).toBe(0);
  }
  expect(threadsOf(join(folder, 'small'))).toBe(1);
  expect(threadsOf(join(folder, 'large'))).toBe(cores);
});

test.each(['0', '-1', '1000', 'two', '1.5', ''])('--threads %j is refused in a sentence', async (value) => {
  const refused = await grokscope(['train', '--config', 'r1', '--threads', value]);
  expect(refused).toMatchObject({ exitCode: 2, out: '' });
  expect(refused.err).toBe(
    `grokscope: --threads needs a whole number from 1 to ${cores}, got ${value === '' ? 'nothing' : value}\n`,
  );
});

test('a thread that fails ends the run in a sentence, and --resume goes on to the same bytes', async () => {
  const folder = temporaryFolder();
  const [whole, broken] = [join(folder, 'whole'), join(folder, 'broken')];
  const words = ['train', '--config', tinyConfig(folder), 'train.scheduler.name=constant', '--run'];
  expect((await grokscope([...words, whole])).exitCode).toBe(0);
  let runs = 0;
  const run = Crew.prototype.run;
  const spy = vi.spyOn(Crew.prototype, 'run').mockImplementation(function (this: Crew, ...given) {
    if (++runs === 40)
      throw new ThreadError('run: thread 2 of 2 gave up (it hangs), and the step is incomplete');
    run.apply(this, given);
  });
  const ended = await grokscope([...words, broken]);
  spy.mockRestore();
  expect(ended.exitCode).toBe(1);
  expect(ended.err).toBe(
    'grokscope: run: thread 2 of 2 gave up (it hangs), and the step is incomplete; ' +
      `go on with: grokscope train --run ${broken} --resume\n`,
  );
  expect((await grokscope(['train', '--run', broken, '--resume'])).exitCode).toBe(0);
  for (const name of files) expect(readFileSync(join(broken, name))).toEqual(readFileSync(join(whole, name)));
});

test('what a machine has to say during a run is told and recorded', async () => {
  const folder = temporaryFolder();
  const run = join(folder, 'run');
  vi.stubGlobal('SharedArrayBuffer', undefined);
  try {
    const words = ['train', '--config', tinyConfig(folder), '--run', run, '--threads', `${cores}`];
    const { exitCode, err } = await grokscope([...words, 'train.scheduler.name=constant']);
    expect(exitCode).toBe(0);
    const said =
      cores > 1 ? [expect.stringMatching(/^this host gives no memory that threads can share/)] : [];
    expect(JSON.parse(readFileSync(join(run, 'meta.json'), 'utf8'))).toMatchObject({
      threads: 1,
      notices: said,
    });
    expect(err.startsWith('note: this host gives no memory')).toBe(cores > 1);
  } finally {
    vi.unstubAllGlobals();
  }
});
