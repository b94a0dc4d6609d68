// Threads in processes of their own: they end with the process, and the process ends with its work.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { root } from '../../scripts/run.mjs';

const folder = mkdtempSync(join(tmpdir(), 'grokscope-threads-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs Node until it ends; `interruptAt` is a text on stdout at which it gets Ctrl-C. */
function node(
  words: string[],
  interruptAt?: string,
): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, words, { timeout: 120_000 });
    const texts = { out: '', err: '' };
    let interrupted = false;
    child.stdout.on('data', (data) => {
      texts.out += data;
      if (interruptAt === undefined || interrupted || !texts.out.includes(interruptAt)) return;
      interrupted = true;
      child.kill('SIGINT');
    });
    child.stderr.on('data', (data) => {
      texts.err += data;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...texts }));
  });
}

const library = pathToFileURL(join(root, 'dist', 'index.js')).href;
const program = `
  const { engine, Machine } = await import('${library}');
  const machine = await Machine.open({ threads: 3 });
  const w = engine.parameter('w', [400, 300], 'f32');
  const square = machine.compile({ outputs: { y: engine.matmul(w, engine.permute(w, [1, 0])) } });
  for (let tries = 0; machine.callsByThread().includes(0) && tries < 2000; tries++) {
    square.run();
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  console.log(machine.threads, machine.callsByThread().includes(0));
`;

test('a process whose machine nobody closes ends by itself, asleep workers and all', async () => {
  const ended = await node(['--input-type=module', '--eval', program]);
  expect(ended).toEqual({ code: 0, out: '3 false\n', err: '' });
});

test('so does one that ends in an error', async () => {
  const ended = await node(['--input-type=module', '--eval', `${program}; throw new Error('over');`]);
  expect(ended.code).toBe(1);
  expect(ended.err).toContain('Error: over');
});

const posix = process.platform !== 'win32';

test.runIf(posix && availableParallelism() > 1)(
  'Ctrl-C ends a training on two threads with a checkpoint',
  async () => {
    const run = join(folder, 'run');
    const main = join(root, 'dist', 'cli', 'main.js');
    const words = ['train', '--config', 'p53', '--run', run, '--threads', '2', 'train.log_interval_steps=1'];
    const ended = await node([main, ...words, 'train.eval_every_steps=1'], 'step 3');
    expect(ended.out).toMatch(/Interrupted at step \d+, with a checkpoint\. Go on with: /);
    expect(ended.code).toBe(130);
    expect(JSON.parse(readFileSync(join(run, 'meta.json'), 'utf8')).threads).toBe(2);
  },
);
