import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LabServer } from '../../src/cli/lab/server.ts';
import { writtenZip } from '../../web/archive/written-zip.ts';
import { grokscope } from '../cli/command.ts';
import { collectProblems, launchChromium } from './harness.ts';
import { serveLab } from './lab-page.ts';

/** What the page says when something is broken or missing: a sentence with a way on, never a blank page. */

let browser: Browser;
let server: LabServer;
let folder: string;
let run: string;

const tiny = ['dataset.N=13', 'model.hidden_dim=16', 'train.eval_every_steps=5'];
const settings = tiny.map((override) => `set=${override}`).join('&');

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'grokscope-failures-'));
  mkdirSync(join(folder, 'runs'));
  run = join(folder, 'r1');
  await grokscope(['train', '--config', 'r1', '--run', run, ...tiny]);
  server = await serveLab(join(folder, 'runs'));
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Opens the lab after something was broken: `breaks` gets the page before it goes there. */
async function open(hash: string, breaks?: (page: Page) => Promise<unknown>) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.setDefaultTimeout(20_000);
  const problems: string[] = [];
  collectProblems(page, problems);
  await breaks?.(page);
  await page.goto(`${server.url}#${hash}`);
  return { page, problems };
}

const worker = /training-worker/;
const absent = (route: Route) => route.abort();

/** Lets the thread that trains run some code before anything else. */
const beginningWith = (code: string) => async (route: Route) => {
  const response = await route.fetch();
  await route.fulfill({ response, body: `${code}\n${await response.text()}` });
};

test.each([
  [
    'no memory',
    worker,
    beginningWith("WebAssembly.Memory = function () { throw new RangeError('could not allocate memory'); };"),
    /The browser has no memory left for this network: make the model, the batch or the task smaller/,
  ],
  [
    'no memory in the middle of a run',
    worker,
    beginningWith("setTimeout(() => { throw new RangeError('Array buffer allocation failed'); });"),
    /The browser has no memory left for this network/,
  ],
  [
    'no vectors in WebAssembly',
    worker,
    beginningWith('WebAssembly.validate = () => false;'),
    /no 128-bit vectors, and nothing can be trained without them: take a current Chromium/,
  ],
  [
    'no WebAssembly',
    worker,
    beginningWith('delete self.WebAssembly;'),
    /This browser has no WebAssembly, or it is switched off/,
  ],
  ['no script for the worker', worker, absent, /The script that trains did not load: reload the page/],
  ['no kernels', /kernels\./, absent, /A file of the lab did not load: .* reload the page/],
] as const)('%s: a sentence, a way on, and the rest of the page', async (_broken, file, broken, sentence) => {
  const { page } = await open(`play=yes&${settings}`, (page) => page.route(file, broken, { times: 1 }));
  await page.getByRole('alert').filter({ hasText: sentence }).waitFor();
  await page.getByText('Stopped at step').first().waitFor();
  expect(await page.getByRole('heading', { name: 'Accuracy' }).count()).toBe(1);
  // It was broken once only, as by a network that comes back.
  await page.getByRole('button', { name: 'Train again' }).click();
  await page.locator('#weights').waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
  await page.close();
});

test('a task of more examples than a page may hold is a sentence at once, and goes with the setting', async () => {
  const { page, problems } = await open('set=dataset.N=40000');
  await page.getByText('The task has 1,600,000,000 examples, more than the 20,000,000').waitFor();
  await page.getByRole('button', { name: 'Back to the preset (1 changed)' }).click();
  await page.getByText('Paused at step 0').waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
  expect(problems).toEqual([]);
  await page.close();
});

test('without IndexedDB the page trains, and says that nothing is kept', async () => {
  const { page, problems } = await open(`play=yes&${settings}`, (page) =>
    page.route(worker, beginningWith("Object.defineProperty(self, 'indexedDB', { value: undefined });")),
  );
  await page.getByText('no, because it has no storage for pages; a reload begins again').waitFor();
  await page.locator('#weights').waitFor();
  expect(problems).toEqual([]);
  await page.close();
});

test('a page whose script does not come says so, and what to do', async () => {
  const { page } = await open('', (page) => page.route(/assets\/index-.*js/, absent));
  await page.getByText('The lab is being loaded. If it does not come, reload the page').waitFor();
  await page.unroute(/assets\/index-.*js/);
  await page.reload();
  await page.getByRole('button', { name: 'Play' }).waitFor();
  expect(await page.getByText('The lab is being loaded').count()).toBe(0);
  await page.close();
});

test('what keeps the whole page from being drawn is said in its place, with two ways on', async () => {
  const { page } = await open('', (page) =>
    page.addInitScript(() => {
      window.Worker = class {
        constructor() {
          throw new Error('This browser starts no workers.');
        }
      } as unknown as typeof Worker;
    }),
  );
  await page.getByRole('heading', { name: 'The lab stopped' }).waitFor();
  expect(await page.getByRole('alert').textContent()).toBe('This browser starts no workers.');
  await page.getByRole('button', { name: 'Load the page again' }).waitFor();
  await page.getByRole('link', { name: 'Open the lab with its first preset' }).waitFor();
  expect(await page.getByText('The lab is being loaded').count()).toBe(0);
  await page.close();
});

test('an error that nothing caught is said once', async () => {
  const { page } = await open(settings);
  await page.getByRole('button', { name: 'Play' }).waitFor();
  await page.evaluate(() => {
    for (const _ of [1, 2]) setTimeout(() => Promise.reject(new Error('the moon is full')));
  });
  await page.getByText('Something went wrong in the page: the moon is full. Reload it').waitFor();
  expect(await page.getByText('the moon is full').count()).toBe(1);
  await page.getByRole('button', { name: 'Understood' }).click();
  expect(await page.getByRole('alert').count()).toBe(0);
  await page.close();
});

/** A copy of the run, after something was done to it. */
function damaged(name: string, damage: (folder: string) => void): string {
  const copy = join(folder, name);
  cpSync(run, copy, { recursive: true });
  damage(copy);
  return copy;
}

test('a run directory with a torn or missing file, and 2 GB, are sentences; the run that is trained stays', async () => {
  const { page, problems } = await open(settings);
  await page.getByText('Paused at step 0').waitFor();
  const says = (sentence: string | RegExp) => page.getByText(sentence).first().waitFor();

  const names = ['config.yaml', 'meta.json', 'metrics.csv'];
  const zip = Buffer.concat(
    writtenZip(names.map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(run, name))) }))),
  );
  const torn = join(folder, 'torn.zip');
  writeFileSync(torn, zip.subarray(0, zip.length / 2));
  await page.locator('#run-archive').setInputFiles(torn);
  await says(/torn\.zip cannot be opened: .*; open a zip archive or a folder of a run\./);

  const huge = join(folder, 'huge.zip');
  writeFileSync(huge, '');
  truncateSync(huge, 2 * 2 ** 30);
  const devtools = await page.context().newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    const data = { items: [], files: [huge], dragOperationsMask: 1 };
    await devtools.send('Input.dispatchDragEvent', { type, x: 600, y: 400, data });
  }
  await says(/huge\.zip has 2\.1 GB, more than the 512 MB that a page may take; .*grokscope lab FOLDER/);
  await page.getByText('Paused at step 0').waitFor();
  await page.getByRole('button', { name: 'Understood' }).click();

  const no = (file: string) => (copy: string) => unlinkSync(join(copy, file));
  await page.locator('#run-folder').setInputFiles(damaged('no-numbers', no('metrics.csv')));
  await says(/metrics\.csv is missing; open a whole run directory/);
  await page.locator('#run-folder').setInputFiles(damaged('no-settings', no('config.yaml')));
  await says(/config\.yaml is missing/);
  const [checkpoint = ''] = readdirSync(join(run, 'checkpoints'));
  const tornCheckpoint = damaged('torn-checkpoint', (copy) =>
    truncateSync(join(copy, 'checkpoints', checkpoint), 100),
  );
  await page.locator('#run-folder').setInputFiles(tornCheckpoint);
  await says(/The checkpoint of step \d+ is left out: /);
  const checkpoints = (copy: string) => join(copy, 'checkpoints');
  const foreign = damaged('foreign-checkpoint', (copy) =>
    cpSync(join(checkpoints(run), checkpoint), join(checkpoints(copy), 'step-000007.safetensors')),
  );
  await page.locator('#run-folder').setInputFiles(foreign);
  await says(/The checkpoint of step 7 is left out: it is of another run/);
  const flipped = damaged('flipped-bit', (copy) => {
    const file = join(checkpoints(copy), checkpoint);
    const bytes = readFileSync(file);
    bytes[bytes.length - 2] = (bytes.at(-2) ?? 0) ^ 1;
    writeFileSync(file, bytes);
  });
  await page.locator('#run-folder').setInputFiles(flipped);
  await says(/is left out: its checksum does not fit its contents/);
  await page.getByRole('button', { name: 'Back to training here' }).click();
  await page.getByText('Paused at step 0').waitFor();
  expect(problems).toEqual([]);
  await page.close();
});
