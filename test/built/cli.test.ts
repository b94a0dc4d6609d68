import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../scripts/run.mjs';

// The command as a process: signals, pipes, exit codes, and what it loads.
const main = join(root, 'dist', 'cli', 'main.js');
const posix = process.platform !== 'win32';
let folder: string;
let config: string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'grokscope-built-'));
  // Long enough to be stopped somewhere, with checkpoints and evaluations at odd moments.
  const size = ['dataset.N=31', 'model.hidden_dim=64', 'loader.batch_size=100', 'train.total_steps=600'];
  const rhythm = [
    'train.eval_every_steps=7',
    'train.checkpoint_every_steps=11',
    'train.stop_after_grok_steps=null',
  ];
  config = ['--config', 'mlp', 'model.dropout=0.1', ...size, ...rhythm];
  expect((await grokscope(['train', ...config, '--run', join(folder, 'whole')])).code).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  code: number | string | null;
  out: string;
  err: string;
}

function grokscope(words: readonly string[], nodeOptions: readonly string[] = []): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, [...nodeOptions, main, ...words], { cwd: folder }, (error, out, err) => {
      resolve({ code: error === null ? 0 : (error.code ?? null), out, err });
    });
  });
}

/** Starts a training with --json and calls `then` at its first event of a kind. */
function started(
  words: readonly string[],
  event: string,
  then: (child: ChildProcess) => void,
): Promise<Ended> {
  const child = spawn(process.execPath, [main, 'train', ...words, '--json'], { cwd: folder });
  const seen = { out: '', err: '' };
  let told = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    seen.out += text;
    if (told || !seen.out.includes(`"event":"${event}"`)) return;
    told = true;
    then(child);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    seen.err += text;
  });
  return new Promise((resolve) => {
    child.on('close', (code, signal) => resolve({ code: code ?? signal, ...seen }));
  });
}

function expectSameResult(run: string): void {
  const files = ['metrics.csv', 'summary.json', 'DONE', join('checkpoints', 'step-000600.safetensors')];
  for (const file of files) {
    expect(readFileSync(join(run, file)).equals(readFileSync(join(folder, 'whole', file))), file).toBe(true);
  }
}

test.runIf(posix).for(['SIGINT', 'SIGTERM'] as const)(
  '%s: a checkpoint, exit code 130, and resumed the same bytes',
  async (signal) => {
    const run = join(folder, signal);
    const stopped = await started([...config, '--run', run], 'checkpoint', (child) => child.kill(signal));
    expect(stopped.code).toBe(130);
    const last = JSON.parse(stopped.out.trimEnd().split('\n').at(-1) ?? '');
    expect(last).toMatchObject({ event: 'interrupted', run });
    expect(
      existsSync(join(run, 'checkpoints', `step-${String(last.step).padStart(6, '0')}.safetensors`)),
    ).toBe(true);
    expect((await grokscope(['train', '--run', run, '--resume'])).code).toBe(0);
    expectSameResult(run);
  },
);

test.runIf(posix)(
  'killed outright, twice, at moments nobody chose, a run is resumed to the same bytes',
  async () => {
    const run = join(folder, 'killed');
    const kill = (milliseconds: number) => (child: ChildProcess) => {
      setTimeout(() => child.kill('SIGKILL'), milliseconds);
    };
    const first = await started([...config, '--run', run], 'checkpoint', kill(Math.random() * 300));
    const again =
      first.code === 'SIGKILL' ? ['--run', run, '--resume'] : [...config, '--run', run, '--overwrite'];
    await started(again, 'start', kill(Math.random() * 300));
    const { code, err } = await grokscope(['train', '--run', run, '--resume']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expectSameResult(run);
  },
);

test('a reader that goes away does not stop the run', async () => {
  const run = join(folder, 'unread');
  const child = spawn(process.execPath, [main, 'train', ...config, '--run', run], { cwd: folder });
  child.stdout.destroy();
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect(code).toBe(0);
  expectSameResult(run);
});

test('exit codes and streams are those of the process', async () => {
  expect(await grokscope(['train', '--config', 'r11'])).toEqual({
    code: 2,
    out: '',
    err: 'r11: there is no such file, and no preset of that name\n  did you mean r1?\n',
  });
  const diverged = [
    'train',
    '--config',
    'r1',
    '--run',
    join(folder, 'diverged'),
    'dataset.N=11',
    'train.lr=1e30',
  ];
  const { code, err } = await grokscope(diverged);
  expect(code).toBe(2);
  expect(err).toMatch(/^grokscope: step \d+: .*\n$/);
  expect(err).not.toMatch(/^\s+at /m);
});

test('an old Node gets one sentence and exit code 2, before anything is loaded that it cannot read', async () => {
  const older = 'data:text/javascript,Object.defineProperty(process,"version",{value:"v18.20.4"})';
  const { code, out, err } = await grokscope(['train', '--config', 'r1'], ['--import', older]);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(/^grokscope needs Node\.js 20\.19 or newer, but this is 18\.20\.4: install .*\n$/);
});

/** Paths within dist of the modules that a command loads. */
async function modulesOf(words: readonly string[]): Promise<string[]> {
  const hooks = `import { writeSync } from 'node:fs';
    export async function resolve(specifier, context, next) {
      const found = await next(specifier, context);
      writeSync(2, found.url + '\\n');
      return found;
    }`;
  const hooksUrl = `data:text/javascript,${encodeURIComponent(hooks)}`;
  const register = `import { register } from 'node:module'; register(${JSON.stringify(hooksUrl)});`;
  const { err } = await grokscope(words, [
    '--import',
    `data:text/javascript,${encodeURIComponent(register)}`,
  ]);
  return err.split('\n').filter((line) => line.startsWith('file:'));
}

test('--help and --version load neither the engine, nor the schema, nor the figures', async () => {
  for (const words of [['--version'], ['--help'], ['train', '--help']]) {
    const loaded = await modulesOf(words);
    expect(loaded.some((url) => url.endsWith('dist/cli/program.js'))).toBe(true);
    expect(
      loaded.filter((url) =>
        /node_modules\/(zod|yaml|d3)|dist\/(figures|engine\/machine|config\/index)/.test(url),
      ),
    ).toEqual([]);
  }
});
