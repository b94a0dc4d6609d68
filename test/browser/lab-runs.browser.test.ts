import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RunReader } from '../../src/runs/index.ts';
import { grokscope } from '../cli/command.ts';
import { tinyConfig } from '../cli/tiny.ts';
import { openRun, rowsOf } from '../lab/lab-folders.ts';
import { LabInChromium } from './lab-page.ts';

let lab: LabInChromium;
let runs: string;

beforeAll(async () => {
  runs = mkdtempSync(join(tmpdir(), 'grokscope-lab-runs-'));
  lab = await LabInChromium.start(runs);
});

afterAll(async () => {
  await lab?.close();
  rmSync(runs, { recursive: true, force: true });
});

test('a finished run opens with its curves and what its checkpoints show, and its link opens it again', async () => {
  const folder = join(runs, 'tiny');
  const trained = await grokscope(['train', '--config', tinyConfig(runs), '--run', folder]);
  expect(trained).toMatchObject({ exitCode: 0 });
  const { meta } = new RunReader(folder);
  const { page, problems } = await lab.open('');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await page.getByRole('button', { name: 'tiny' }).click();
  await page.getByText('Finished at step 23', { exact: true }).waitFor();
  expect(await page.locator('#opened-run-id').textContent()).toBe(meta.run_id);
  // From the weights of the last checkpoint: 49 pairs, of which the panel counts the right ones.
  await page.getByText(/^At step 23 the network answers \d+ of \d+/).waitFor();
  await page.waitForFunction(() => location.hash.includes('run=tiny'));
  const link = new URL(page.url()).hash.slice(1);
  await page.getByRole('button', { name: 'Back to training here' }).click();
  await page.getByText('Paused at step 0').waitFor();
  await page.close();
  const again = await lab.open(`${link}&step=5`);
  await again.page.getByText(/^At step 5 the network answers \d+ of \d+/).waitFor();
  await again.page.close();
  expect([...problems, ...again.problems]).toEqual([]);
});

test('a run that is being written is followed, and a torn line waits until it is whole', async () => {
  const run = openRun(join(runs, 'growing'));
  run.appendMetrics(rowsOf(10));
  const { page } = await lab.open('run=growing');
  await page.getByText('Being trained elsewhere, step 10').waitFor();
  run.appendMetrics(rowsOf(20));
  appendFileSync(join(run.path, 'metrics.csv'), '30,tra');
  await page.getByText('Being trained elsewhere, step 20').waitFor();
  await page.close();
});

test('a run that is not there is a sentence, with the way back to training', async () => {
  const { page, problems } = await lab.open('run=nowhere');
  await page.getByText(/"nowhere" is not in .*; look at the list of runs again/).waitFor();
  await page.getByRole('button', { name: 'Back to training here' }).click();
  await page.getByRole('button', { name: 'Play' }).waitFor();
  await page.close();
  expect(problems).toEqual([]);
});
