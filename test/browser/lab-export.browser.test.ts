import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readZip } from '../../web/archive/read-zip.ts';
import { grokscope } from '../cli/command.ts';
import { LabInChromium } from './lab-page.ts';

/** Of the preset r1, which has 48: short. */
const overrides = ['train.total_steps=12', 'train.eval_every_steps=2', 'train.checkpoint_every_steps=5'];
const settings = overrides.map((override) => `set=${encodeURIComponent(override)}`).join('&');

let lab: LabInChromium;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'grokscope-lab-export-'));
  mkdirSync(join(folder, 'runs'));
  lab = await LabInChromium.start(join(folder, 'runs'));
});

afterAll(async () => {
  await lab?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Exports the run of the page and unpacks it; returns the archive and the run directory. */
async function exported(page: Page, name: string): Promise<{ archive: string; run: string }> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export the run' }).click();
  const archive = join(folder, `${name}.zip`);
  await (await download).saveAs(archive);
  await page.getByText(/is saved: a run directory/).waitFor();
  for (const { name: path, read } of await readZip(new Blob([readFileSync(archive)]))) {
    const file = join(folder, name, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, await read());
  }
  const [inside] = readdirSync(join(folder, name));
  return { archive, run: join(folder, name, inside as string) };
}

function bytesOf(run: string): Record<string, string> {
  const checkpoints = readdirSync(join(run, 'checkpoints')).map((name) => `checkpoints/${name}`);
  return Object.fromEntries(
    ['config.yaml', 'metrics.csv', 'summary.json', 'DONE', ...checkpoints].map((name) => [
      name,
      readFileSync(join(run, name)).toString('hex'),
    ]),
  );
}

async function commandLine(...words: string[]): Promise<string> {
  const done = await grokscope(words);
  expect(done, words.join(' ')).toMatchObject({ exitCode: 0 });
  return done.out;
}

test('a finished run is exported, opened by every command, and opened by the page again', async () => {
  const { page, problems } = await lab.open(`${settings}&play=yes`);
  page.setDefaultTimeout(10_000);
  await page.getByText('Finished at step 12').waitFor();
  const { archive, run } = await exported(page, 'finished');
  const trained = join(folder, 'trained');
  await commandLine('train', '--config', 'r1', '--run', trained, ...overrides);
  expect(bytesOf(run)).toEqual(bytesOf(trained));
  expect(await commandLine('evaluate', '--run-dir', run)).toBe(
    await commandLine('evaluate', '--run-dir', trained),
  );
  await commandLine('visualize', '--run', run);
  await commandLine('measure', run);

  await page.locator('#run-archive').setInputFiles(archive);
  await page.getByText('The panels show the run finished').waitFor();
  await page.getByText('Finished at step 12').waitFor();
  expect(await page.locator('#opened-run-id').textContent()).toBe(
    JSON.parse(readFileSync(join(trained, 'meta.json'), 'utf8')).run_id,
  );
  await page.getByText(/^At step 12 the network answers/).waitFor();
  await page.locator('#run-folder').setInputFiles(run);
  await page.getByText(/^At step 12 the network answers/).waitFor();
  await dropOnto(page, readFileSync(archive), 'dropped.zip');
  await page.getByText('The panels show the run dropped').waitFor();
  await dropOnto(page, Buffer.from('no archive, though its name says so'), 'foreign.zip');
  await page.getByText('foreign.zip cannot be opened: it is no zip archive').waitFor();
  await page.getByRole('button', { name: 'Understood' }).click();
  await page.getByRole('button', { name: 'Back to training here' }).click();
  await page.getByText('Paused at step 0').waitFor();
  await page.close();
  expect(problems).toEqual([]);
});

test('a run that was paused is gone on with by train --resume, to the bytes of one trained there', async () => {
  const { page } = await lab.open(settings);
  await page.getByText('Paused at step 0').waitFor();
  await page.getByRole('button', { name: '2 steps' }).click();
  await page.getByText('Paused at step 2').waitFor();
  const { run } = await exported(page, 'paused');
  await page.close();
  expect(readdirSync(join(run, 'checkpoints'))).toEqual(['step-000002.safetensors']);
  await commandLine('train', '--run', run, '--resume');
  const { 'checkpoints/step-000002.safetensors': _, ...rest } = bytesOf(run);
  expect(rest).toEqual(bytesOf(join(folder, 'trained')));
});

async function dropOnto(page: Page, bytes: Buffer, name: string): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([text, fileName]) => {
      const data = new DataTransfer();
      data.items.add(
        new File([Uint8Array.from(atob(text as string), (c) => c.charCodeAt(0))], fileName as string),
      );
      return data;
    },
    [bytes.toString('base64'), name],
  );
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
}
