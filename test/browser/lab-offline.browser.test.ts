import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../scripts/run.mjs';
import { digest, NUMERIC_VERSION, parseExperiment, train } from '../../src/index.ts';
import { measuredRows } from '../../src/measures/measured-rows.ts';
import type { MetricsRow } from '../../src/training/summary.ts';
import { metricsCsv } from '../../web/run/metrics-csv.ts';
import { collectProblems, launchChromium } from './harness.ts';
import { type StaticServer, serve } from './static-server.ts';

/** The lab on a plain web host: work without network, threads, a new version, and trainings that survive their page. */

let browser: Browser;
let folder: string;
let host: StaticServer;
let uninterrupted: { weights: string; metrics: string };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'grokscope-lab-host-'));
  cpSync(join(root, 'dist', 'lab'), folder, { recursive: true });
  writeFileSync(
    join(folder, 'around.html'),
    '<!doctype html><title>around</title><iframe src="./"></iframe>',
  );
  host = await serve(folder);
  browser = await launchChromium();
  uninterrupted = await trainedInNode();
});

afterAll(async () => {
  await browser?.close();
  await host?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A network that is trained in no time. */
const overrides = ['dataset.N=13', 'model.hidden_dim=16'];
const tiny = overrides.map((override) => `set=${override}`).join('&');

/** What it comes to when nothing interrupts it. */
async function trainedInNode() {
  const { experiment } = parseExperiment(readFileSync(join(root, 'configs', 'r1.yaml'), 'utf8'), {
    overrides,
  });
  const rowsOf = measuredRows(experiment);
  const rows: MetricsRow[] = [];
  let weights = '';
  for await (const snapshot of train(experiment)) {
    rows.push(...rowsOf(snapshot));
    if (snapshot.last) weights = await digest(snapshot.parameters());
  }
  return { weights, metrics: metricsCsv(rows) };
}

async function open(context: BrowserContext, path: string) {
  const page = await context.newPage();
  const problems: string[] = [];
  let loads = 0;
  collectProblems(page, problems);
  page.on('load', () => loads++);
  await page.goto(host.url + path, { waitUntil: 'load' });
  return { page, problems, loads: () => loads };
}

const weightsOf = (page: Page) => page.locator('#weights').textContent({ timeout: 60_000 });

/** Waits until a service worker has the page and shared memory is there. */
const isolation = (page: Page) =>
  page.waitForFunction(() => crossOriginIsolated && navigator.serviceWorker.controller !== null);

async function savedMetrics(page: Page): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save metrics.csv' }).click(),
  ]);
  return readFileSync(await download.path(), 'utf8');
}

test('on a plain web host the page gets shared memory by one reload, and trains to the end without network', async () => {
  const context = await browser.newContext();
  const { page, problems, loads } = await open(context, `#${tiny}&theme=dark`);
  await isolation(page);
  await page.waitForLoadState('load');
  expect(loads()).toBe(2);
  expect(problems).toEqual([]);
  await context.setOffline(true);
  await host.close();
  await page.reload();
  expect(new URL(page.url()).hash).toContain('theme=dark');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await page.getByRole('button', { name: 'Play' }).click();
  expect(await weightsOf(page)).toBe(uninterrupted.weights);
  expect(await page.getByText('The server of the lab does not answer').count()).toBe(0);
  await context.close();
  host = await serve(folder);
});

test('where a service worker brings no shared memory, the page does not load over and over', async () => {
  const context = await browser.newContext();
  let loads = 0;
  context.on('request', (request) => {
    if (request.isNavigationRequest() && new URL(request.url()).pathname === '/') loads++;
  });
  const { page } = await open(context, 'around.html');
  const frame = page.frames()[1];
  if (frame === undefined) throw new Error('the page around the lab has no frame');
  await frame.waitForFunction(() => sessionStorage.getItem('grokscope-lab-reloaded') !== null);
  await frame.getByText('served without the headers').waitFor();
  await frame.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.waitForTimeout(500);
  expect(loads).toBe(2);
  expect(await frame.evaluate(() => crossOriginIsolated)).toBe(false);
  await context.close();
});

test('without service workers there is one thread, and the page says so', async () => {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const { page, loads } = await open(context, '');
  await page.getByText('one thread (this page was served without the headers').waitFor();
  expect(loads()).toBe(1);
  await context.close();
});

/** Gives the script of the page another name, as a build of other sources does. */
function publishNewVersion(): void {
  const script = readdirSync(join(folder, 'assets')).find((name) => /^index-.*\.js$/.test(name)) ?? '';
  const renamed = 'index-NewHash1.js';
  renameSync(join(folder, 'assets', script), join(folder, 'assets', renamed));
  for (const name of ['index.html', 'service-worker.js']) {
    const text = readFileSync(join(folder, name), 'utf8').replaceAll(script, renamed);
    writeFileSync(join(folder, name), text.replace(/LAB_VERSION = '\w+'/, "LAB_VERSION = 'another version'"));
  }
}

test('a new version says so on the open page, and its reload shows it', async () => {
  const context = await browser.newContext();
  const { page, problems } = await open(context, '');
  await isolation(page);
  publishNewVersion();
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
  await page.getByText('There is a new version of the lab.').waitFor();
  // The open page still finds its own files.
  await page.getByRole('button', { name: 'One step' }).click();
  await page.getByText(/^Paused at step 1/).waitFor();
  await page.getByRole('button', { name: 'Reload' }).click();
  await page.locator('script[src*="NewHash1"]').waitFor({ state: 'attached' });
  // The run goes on where it was saved, and may be over by now.
  await page.getByRole('button', { name: /^(Play|Pause|Train again)$/ }).waitFor();
  expect(await page.getByText('There is a new version of the lab.').count()).toBe(0);
  expect(problems).toEqual([]);
  await context.close();
});

const savedStep = (page: Page) =>
  page.waitForFunction(() =>
    Number(/^up to step (\d+)/.exec(document.querySelector('#saved')?.textContent ?? '')?.[1] ?? 0),
  );

test('a page that is killed in mid-run goes on where it was saved, and ends in the same bits', async () => {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const killed = await open(context, `#${tiny}&play=yes&pace=10`);
  const saved = Number(await (await savedStep(killed.page)).jsonValue());
  expect(saved).toBeLessThan(40);
  await killed.page.close({ runBeforeUnload: false });

  const { page, problems } = await open(context, `#${tiny}&play=yes`);
  const said = await page.getByText('This training goes on from step').textContent();
  expect(Number(/step (\d+)/.exec(said ?? '')?.[1])).toBeGreaterThanOrEqual(saved);
  expect(await weightsOf(page)).toBe(uninterrupted.weights);
  expect(await savedMetrics(page)).toBe(uninterrupted.metrics);

  // Once more, now that it is finished: nothing is trained again.
  await page.reload();
  expect(await weightsOf(page)).toBe(uninterrupted.weights);
  expect(await savedMetrics(page)).toBe(uninterrupted.metrics);
  expect(problems).toEqual([]);
  await context.close();
});

test('a training that another numeric version saved is dropped with a sentence', async () => {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const { page } = await open(context, `#${tiny}&play=yes&pace=10`);
  await savedStep(page);
  await page.goto(`${host.url}around.html`);
  await page.evaluate(
    () =>
      new Promise<void>((done, failed) => {
        const opened = indexedDB.open('grokscope-lab');
        opened.onsuccess = () => {
          const transaction = opened.result.transaction('heads', 'readwrite');
          transaction.oncomplete = () => {
            opened.result.close();
            done();
          };
          transaction.onerror = () => failed(transaction.error);
          const heads = transaction.objectStore('heads').openCursor();
          heads.onsuccess = () => heads.result?.update({ ...heads.result.value, numericVersion: '0' });
        };
      }),
  );
  await page.goto(`${host.url}#${tiny}&play=yes`);
  await page
    .getByText(`saved under numeric version 0, and this lab computes with version ${NUMERIC_VERSION}`)
    .waitFor();
  expect(await weightsOf(page)).toBe(uninterrupted.weights);
  expect(await page.getByText('This training goes on').count()).toBe(0);
  await context.close();
});

test('a browser without space is no trouble: one quiet sentence, and the training goes on', async () => {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const { page, problems } = await open(context, `#${tiny}`);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: new URL(host.url).origin, quotaSize: 1 });
  await page.getByLabel('Speed').selectOption('10');
  await page.getByRole('button', { name: 'Play' }).click();
  await page.getByText('no, because there is no space left for it; a reload begins again').waitFor();
  await page.getByLabel('Speed').selectOption('Infinity');
  expect(await weightsOf(page)).toBe(uninterrupted.weights);
  expect(problems).toEqual([]);
  await context.close();
});

/** The kernels as a browser without relaxed vector instructions sees them: with an instruction that it does not know. */
function withUnknownInstruction(kernels: Buffer): Buffer {
  const relaxedMultiplyAdd = Buffer.from([0xfd, 0x85, 0x02]);
  const unknown = Buffer.from([0xfd, 0xff, 0x03]);
  const changed = Buffer.from(kernels);
  const at = changed.indexOf(relaxedMultiplyAdd);
  if (at < 0) throw new Error('the kernels have no f32x4.relaxed_madd');
  unknown.copy(changed, at);
  return changed;
}

test('without fused multiply-add the slow path gives the same bits, and the page says so', async () => {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  await context.route(/kernels\.fused/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: withUnknownInstruction(await response.body()) });
  });
  const { page } = await open(context, `#${tiny}&play=yes`);
  await page.getByText('This browser has no fused multiply-add in WebAssembly').waitFor();
  expect(await weightsOf(page)).toBe(uninterrupted.weights);
  await context.close();
});
