import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type LabOptions, lab } from '../src/cli/lab/lab.ts';
import { openBrowser, openerOf } from '../src/cli/lab/open-browser.ts';
import { grokscope } from './cli/command.ts';
import { temporaryFolder } from './disks/temporary-folder.ts';
import { openRun, smallPage } from './lab/lab-folders.ts';

interface Running {
  readonly url: string;
  readonly out: string;
  readonly err: string;
  interrupt(): void;
  readonly ended: Promise<void>;
}

/** Runs the command until it says where the lab is. */
async function started(options: Partial<LabOptions>): Promise<Running> {
  const texts = { out: '', err: '' };
  let interrupt = () => {};
  const output = (name: 'out' | 'err') => ({
    write: (text: string) => {
      texts[name] += text;
    },
    isTerminal: false,
    columns: () => 80,
    onResize: () => () => {},
  });
  const ended = lab(
    { port: 0, page: smallPage(), runsDir: temporaryFolder(), ...options },
    {
      out: output('out'),
      err: output('err'),
      env: {},
      command: 'grokscope',
      words: [],
      onInterrupt: (listener) => {
        interrupt = listener;
        return () => {};
      },
      exit: () => {},
    },
  );
  onTestFinished(() => interrupt());
  await Promise.race([ended, vi.waitUntil(() => texts.out !== '', { timeout: 10_000 })]);
  const url = /http:\/\/\S+/.exec(texts.out)?.[0] ?? '';
  return { url, ...texts, interrupt: () => interrupt(), ended };
}

test('it says where it is, serves, and ends at Ctrl-C although a browser holds its connections', async () => {
  const runs = temporaryFolder();
  openRun(join(runs, 'r1'));
  const { url, out, err, interrupt, ended } = await started({ runsDir: runs });
  expect(out).toMatch(
    /^The lab is at http:\/\/127\.0\.0\.1:\d+\/ and shows the runs in \S+ and the trial reports in trials.results\. Ctrl-C ends it\.\n$/,
  );
  expect(err).toBe('');
  expect((await fetch(url)).status).toBe(200);
  const idle = connect(Number(new URL(url).port), '127.0.0.1');
  await new Promise((done) => idle.once('connect', done));
  const closed = new Promise((done) => idle.once('close', done));
  idle.on('error', () => {});
  interrupt();
  await ended;
  await closed;
  await expect(fetch(url)).rejects.toThrow();
});

test('a port that is taken is one sentence, and the next free one is used', async () => {
  const other = createServer();
  await new Promise<void>((ready) => other.listen(0, '127.0.0.1', ready));
  onTestFinished(() => void other.close());
  const { port } = other.address() as AddressInfo;
  const { url, err } = await started({ port });
  const got = Number(new URL(url).port);
  expect(got).toBeGreaterThan(port);
  expect(err).toBe(`grokscope: port ${port} is taken, so the lab is at ${got}\n`);
});

test('--host for others is warned of, and the server hears addresses but no foreign names', async () => {
  const { url, err, out } = await started({ host: '0.0.0.0' });
  expect(err).toMatch(
    /^grokscope: with --host 0\.0\.0\.0 everyone who reaches this machine can read the runs in .*\n$/,
  );
  expect(out).toContain('http://127.0.0.1:');
  expect((await fetch(`${url}api/runs`)).status).toBe(200);
});

test.each(['localhost', '127.0.0.1'])(
  '--host %s is this machine, and no cause for a warning',
  async (host) => {
    expect((await started({ host })).err).toBe('');
  },
);

test('where nothing was trained yet, it says how a run is made, as no fault', async () => {
  const before = process.cwd();
  process.chdir(temporaryFolder());
  onTestFinished(() => process.chdir(before));
  const { url, out, err } = await started({ runsDir: undefined });
  expect(err).toBe('');
  expect(out).toMatch(/\nThere are no runs in runs yet: grokscope train --config r1 makes one/);
  expect(await (await fetch(`${url}api/runs`)).json()).toEqual({ folder: 'runs', runs: [], notices: [] });
});

test('a folder that is named must be one of runs; the default may come later', async () => {
  const around = temporaryFolder();
  openRun(join(around, 'r1'));
  writeFileSync(join(around, 'file'), '');
  const page = smallPage();
  const refusalOf = (runsDir: string) => started({ page, runsDir }).then(String, (error) => error.message);
  expect(await refusalOf(join(around, 'none'))).toMatch(
    /none: there is no such file or folder; check the path$/,
  );
  expect(await refusalOf(join(around, 'file'))).toMatch(/file is a file, not the folder of a run/);
  expect(await refusalOf(join(around, 'r1'))).toBe(
    `${join(around, 'r1')} is a run, and the lab takes a folder of runs; give ${around}`,
  );
});

test('a folder of trial reports that is named must be there, and those of the folder one is in are shown too', async () => {
  const results = temporaryFolder();
  expect((await started({ results })).out).toContain(` and the trial reports in ${results}. Ctrl-C`);
  const { url } = await started({});
  const { reports } = await (await fetch(`${url}api/reports`)).json();
  expect(reports.map(({ name }: { name: string }) => name)).toContain('weight-decay');
  await expect(started({ results: join(results, 'none') })).rejects.toThrow(
    /--results needs a folder of trial reports, and .*none is no folder/,
  );
});

test('without a built page it says how to make one', async () => {
  const page = join(temporaryFolder(), 'lab');
  mkdirSync(page);
  await expect(started({ page })).rejects.toThrow(
    `${page} holds no built lab; in a clone, npm run build:lab makes it`,
  );
});

test('a host that is not of this machine is refused in a sentence', async () => {
  await expect(started({ host: '192.0.2.1' })).rejects.toThrow(
    /--host needs a name or address of this machine/,
  );
});

test.each([
  [['lab', '--port', '70000'], /--port needs a whole number from 0 to 65535, got 70000/],
  [['lab', '--port', 'http'], /--port needs a whole number/],
  [['lab', '--host', ''], /--host needs a name or address such as 127\.0\.0\.1, got nothing/],
  [['lab', 'a', 'b'], /too many arguments/],
])('%j is wrong usage', async (words, sentence) => {
  const { exitCode, err } = await grokscope(words);
  expect(exitCode).toBe(2);
  expect(err).toMatch(sentence);
});

test('each system opens addresses with its own program', () => {
  expect(openerOf('darwin')).toEqual(['open']);
  expect(openerOf('linux')).toEqual(['xdg-open']);
  expect(openerOf('win32')[0]).toBe('rundll32');
});

test('a browser that cannot be opened is said, the program missing or failing', async () => {
  const failures: string[] = [];
  const failed = (program: string) => failures.push(program);
  openBrowser('http://127.0.0.1:1/', failed, ['no-such-program-anywhere']);
  openBrowser('process.exit(3)', failed, [process.execPath, '-e']);
  await vi.waitUntil(() => failures.length === 2, { timeout: 10_000 });
  expect(failures.sort()).toEqual([process.execPath, 'no-such-program-anywhere'].sort());
});
