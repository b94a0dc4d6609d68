import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { root } from '../../scripts/run.mjs';

// The pool as processes: killed at odd moments, and gone on with.
const main = join(root, 'dist', 'cli', 'main.js');
const posix = process.platform !== 'win32';

const trial = `
question: Does a larger step end elsewhere?
claim: It does.
experiment:
  dataset: {N: 11}
  model: {type: mlp, hidden_dim: 64, layers: 1, dropout: 0.1}
  train: {total_steps: 240, eval_every_steps: 20, checkpoint_every_steps: 10}
seeds: 2
arms:
  slow: {train.lr: 0.003}
  fast: {train.lr: 0.03}
endpoints:
  norm: {value: weight_norm, at: last}
rule:
  comparisons:
    larger: {endpoint: norm, arm: fast, against: slow, expect: larger, by: 0.1}
`;
const run = ['trial', 'run', 'steps.yaml', '--jobs', '2'];
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'grokscope-trial-'));
  const made = folder;
  onTestFinished(() => rmSync(made, { recursive: true, force: true, maxRetries: 5 }));
  writeFileSync(join(folder, 'steps.yaml'), trial);
});

interface Ended {
  code: number | string | null;
  out: string;
  err: string;
}

function grokscope(words: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...words], { cwd: folder }, (error, out, err) => {
      resolve({ code: error === null ? 0 : (error.code ?? null), out, err });
    });
  });
}

/** Starts the trial and waits until one of its runs has a checkpoint. */
async function underway(): Promise<{ pool: ChildProcess; ended: Promise<Ended> }> {
  const pool = spawn(process.execPath, [main, ...run], { cwd: folder });
  const seen = { out: '', err: '' };
  for (const name of ['out', 'err'] as const)
    pool[`std${name}`].setEncoding('utf8').on('data', (text: string) => {
      seen[name] += text;
    });
  const ended = new Promise<Ended>((resolve) => {
    pool.on('close', (code, signal) => resolve({ code: code ?? signal, ...seen }));
  });
  await until(() => firstCheckpoints().length > 0);
  return { pool, ended };
}

const runOf = (arm: string, seed: number) => join(folder, 'runs', 'trials', 'steps', arm, `seed-00${seed}`);

function firstCheckpoints(): string[] {
  const checkpoints = join(runOf('slow', 0), 'checkpoints');
  return existsSync(checkpoints) ? readdirSync(checkpoints).filter((name) => name.endsWith('rs')) : [];
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A process that has ended may keep its number until someone asks for it.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

function childrenOf(pid: number | undefined): number[] {
  const out = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  return out
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, parent]) => parent === pid)
    .map(([child]) => child);
}

/** That what the folder holds is what an undisturbed training of the same settings gives. */
async function expectWholeRuns(): Promise<void> {
  for (const arm of ['slow', 'fast']) {
    const config = join(runOf(arm, 0), 'config.yaml');
    const alone = join(folder, `alone-${arm}`);
    expect((await grokscope(['train', '--config', config, '--run', alone])).code).toBe(0);
    for (const file of ['metrics.csv', 'summary.json', 'DONE'])
      expect(readFileSync(join(runOf(arm, 0), file), 'utf8')).toBe(readFileSync(join(alone, file), 'utf8'));
  }
  const { runs } = JSON.parse(readFileSync(join(folder, 'results', 'steps', 'results.json'), 'utf8'));
  expect(runs.map(({ arm, seed }: { arm: string; seed: number }) => `${arm} ${seed}`)).toEqual(
    'slow 0,slow 1,fast 0,fast 1'.split(','),
  );
}

test.runIf(posix)(
  'a pool that is killed takes its processes with it, and the same command goes on',
  async () => {
    const { pool, ended } = await underway();
    const processes = childrenOf(pool.pid);
    expect(processes.length).toBe(2);
    pool.kill('SIGKILL');
    expect((await ended).code).toBe('SIGKILL');
    await until(() => !processes.some(isAlive));
    expect(firstCheckpoints().length).toBeGreaterThan(0);

    expect(await grokscope(run)).toMatchObject({ code: 0, err: '' });
    const { resumed } = JSON.parse(readFileSync(join(runOf('slow', 0), 'meta.json'), 'utf8'));
    expect(resumed.length).toBe(1);
    expect(resumed[0].from_step).toBeGreaterThan(0);
    await expectWholeRuns();
    expect((await grokscope(run)).out).toContain('4 runs, all computed already');
  },
);

test.runIf(posix)('a process that is killed is replaced, and its run goes on where it was', async () => {
  const { pool, ended } = await underway();
  process.kill(childrenOf(pool.pid)[0], 'SIGKILL');
  const { code, err } = await ended;
  expect(err).toMatch(
    /^note: the process of arm \w+, seed \d died \(signal SIGKILL\); another goes on with it\n$/,
  );
  expect(code).toBe(0);
  await expectWholeRuns();
});

test.runIf(posix)('a second pool of the same trial is refused while the first one runs', async () => {
  // Long enough for a second command to come while it runs.
  writeFileSync(join(folder, 'steps.yaml'), trial.replace('total_steps: 240', 'total_steps: 100000'));
  const { pool, ended } = await underway();
  const second = await grokscope(run);
  expect(second.code).toBe(2);
  expect(second.err).toMatch(
    /^grokscope: trial steps is being run by process \d+ \(.*lock\); wait for it or end it; if .*\n$/,
  );
  pool.kill('SIGINT');
  const { code, out } = await ended;
  expect(code).toBe(130);
  expect(out).toMatch(/Interrupted; 4 runs are left\. Go on with: .* trial run steps\.yaml --jobs 2\n$/);
});
