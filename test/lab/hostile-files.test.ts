import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { withLabLinks } from '../../src/cli/lab/linked-report.ts';
import { temporaryFolder } from '../disks/temporary-folder.ts';
import { openRun, servedLab } from './lab-folders.ts';
import { rawGet } from './raw-request.ts';

/** What stands in a folder of runs without a run having written it: the server goes on, and reads nothing else. */

async function listed(port: number): Promise<{ name: string; last_step: number | null; problem?: string }[]> {
  return JSON.parse((await rawGet(port, '/api/runs')).body).runs;
}

test('the list of runs reads nothing behind a link', async () => {
  const around = temporaryFolder();
  const runs = join(around, 'runs');
  mkdirSync(runs);
  openRun(join(runs, 'r1'));
  renameSync(join(runs, 'r1', 'metrics.csv'), join(around, 'elsewhere.csv'));
  symlinkSync(join(around, 'elsewhere.csv'), join(runs, 'r1', 'metrics.csv'));
  openRun(join(runs, 'r2'));
  writeFileSync(join(runs, 'r2', 'DONE'), '');
  writeFileSync(join(around, 'elsewhere.json'), '{"status": "diverged"}');
  symlinkSync(join(around, 'elsewhere.json'), join(runs, 'r2', 'summary.json'));
  const { port } = await servedLab(runs);
  expect(await listed(port)).toMatchObject([
    { name: 'r1', last_step: null, problem: expect.stringContaining('is a link, which is not followed') },
    { name: 'r2', state: 'finished' },
  ]);
});

test.skipIf(process.platform === 'win32')(
  'a pipe among the files of a run is no file, and is not waited for',
  async () => {
    const runs = temporaryFolder();
    openRun(join(runs, 'r1'));
    const pipe = join(runs, 'r1', 'metrics.csv');
    rmSync(pipe);
    expect(spawnSync('mkfifo', [pipe]).status).toBe(0);
    // Whoever waits is let go, so that this test can fail.
    const writer = spawn('sh', ['-c', `sleep 2; : > '${pipe}'`], { stdio: 'ignore' });
    onTestFinished(() => void writer.kill());
    const { port } = await servedLab(runs);
    expect(await listed(port)).toMatchObject([
      { name: 'r1', problem: expect.stringContaining('metrics.csv is no file') },
    ]);
    expect((await rawGet(port, '/api/metrics?name=r1')).body).toContain('metrics.csv is no file');
  },
);

test('a file that is too large to be read is a sentence', async () => {
  const runs = temporaryFolder();
  openRun(join(runs, 'r1'));
  truncateSync(join(runs, 'r1', 'metrics.csv'), 3 * 2 ** 30);
  const { port } = await servedLab(runs);
  const [run] = await listed(port);
  expect(run?.problem).toMatch(/metrics\.csv has 3221225472 bytes, more than 512000000/);
  expect((await rawGet(port, '/')).status).toBe(200);
});

test('links of a report that is full of torn tags are found without going back', () => {
  const html = `${'<a '.repeat(300_000)}<a class="x" href="elsewhere">there</a>`;
  expect(withLabLinks(html, '/results/t', '/runs', () => true).endsWith('<a class="x">there</a>')).toBe(true);
});
