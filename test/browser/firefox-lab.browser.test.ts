import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../scripts/run.mjs';
import type { LabServer } from '../../src/cli/lab/server.ts';
import { grokscope } from '../cli/command.ts';
import { collectProblems, launchFirefox, noFirefox } from './firefox.ts';
import { serveLab } from './lab-page.ts';
import { recordedWeights } from './recorded-weights.ts';
import { serve } from './static-server.ts';

/** A network that is trained in no time. */
const tiny = ['dataset.N=13', 'model.hidden_dim=16'];
const hashOf = (overrides: readonly string[]) => overrides.map((override) => `set=${override}`).join('&');

describe.skipIf(noFirefox !== undefined)('the lab in Firefox', () => {
  let folder: string;
  let server: LabServer;
  let browser: Browser;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'grokscope-firefox-'));
    server = await serveLab(join(folder, 'runs'));
    browser = await launchFirefox(folder);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(hash: string): Promise<{ page: Page; problems: string[] }> {
    const page = await browser.newPage();
    const problems: string[] = [];
    collectProblems(page, problems);
    await page.goto(`${server.url}#${hash}`, { waitUntil: 'load' });
    await page.waitForSelector('#step-shown');
    return { page, problems };
  }

  /** Trains on the command line; returns the run's directory. */
  async function trained(name: string, overrides: readonly string[]): Promise<string> {
    const run = join(folder, name);
    await grokscope(['train', '--config', 'r1', '--run', run, '--threads', '1', ...overrides]);
    return run;
  }

  test('r1, played to the end, is the run of the command line byte for byte', async () => {
    const { page, problems } = await open('');
    // Where multiply-adds are emulated, r1 would take minutes.
    const overrides = (await isFused(page)) ? [] : tiny;
    if (overrides.length > 0) await page.goto(`${server.url}#${hashOf(overrides)}`);
    const run = await trained('r1', overrides);
    await press(page, 'Play');
    expect(await textOf(page, '#weights')).toBe(await recordedWeights(run));
    const { run_id } = JSON.parse(readFileSync(join(run, 'summary.json'), 'utf8'));
    expect(await textOf(page, '#run-id')).toBe(run_id);
    await press(page, 'Save metrics.csv');
    const saved = join(folder, 'r1-metrics.csv');
    await expect
      .poll(() => existsSync(saved) && readFileSync(saved, 'utf8'), { timeout: 10_000 })
      .toBe(readFileSync(join(run, 'metrics.csv'), 'utf8'));
    expect(problems).toEqual([]);
    await page.close();
  });

  test('a page that is left in mid-run goes on where it was saved, is scrubbed and forked, and all end in the same bits', async () => {
    const weights = await recordedWeights(await trained('tiny', tiny));
    const { page, problems } = await open(`${hashOf(tiny)}&play=yes&pace=10`);
    await page.waitForFunction(() =>
      /^up to step [1-9]/.test(document.querySelector('#saved')?.textContent ?? ''),
    );
    await page.goto('about:blank');
    await page.goto(`${server.url}#${hashOf(tiny)}&play=yes`, { waitUntil: 'load' });
    await said(page, 'This training goes on from step');
    expect(await textOf(page, '#weights')).toBe(weights);

    await press(page, 'Begin again');
    await page.waitForFunction(() => document.querySelector('#weights') === null);
    await textOf(page, '#weights');
    await page.focus('#step-shown');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    const shown = Number(await textOf(page, 'output[for="step-shown"]'));
    expect(shown).toBeGreaterThan(0);
    expect(shown).toBeLessThan(40);
    await page.locator('section.forks .fork button').click();
    await said(page, 'nothing changed');
    expect(await textOf(page, '#weights')).toBe(weights);
    expect(problems).toEqual([]);
    await page.close();
  });

  test('on a plain web host the page gets shared memory by one reload, and trains to the end without network', async () => {
    const weights = await recordedWeights(await trained('offline', tiny));
    const host = await serve(join(root, 'dist', 'lab'));
    const page = await browser.newPage();
    const problems: string[] = [];
    collectProblems(page, problems);
    await page.goto(`${host.url}#${hashOf(tiny)}`, { waitUntil: 'load' });
    // The page loads itself once more, which ends what is waited for in it.
    const isolated = () =>
      page
        .evaluate(() => crossOriginIsolated && navigator.serviceWorker.controller !== null)
        .catch(() => false);
    await expect.poll(isolated, { timeout: 20_000 }).toBe(true);
    await said(page, 'Paused at step 0');
    await host.close();
    await page.goto('about:blank');
    await page.goto(`${host.url}#${hashOf(tiny)}&play=yes`, { waitUntil: 'load' });
    expect(await textOf(page, '#weights')).toBe(weights);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    // Firefox calls it an error of the service worker when a page loads itself anew before its files have come.
    const left = /^uncaught: Failed to load .* ServiceWorker intercepted the request/;
    expect(problems.filter((problem) => !left.test(problem))).toEqual([]);
    await page.close();
  });

  test('nothing sticks out, on a wide page or a telephone', async () => {
    const { page, problems } = await open(`${hashOf(tiny)}&play=yes`);
    await textOf(page, '#weights');
    for (const width of [1440, 360]) {
      await page.setViewport({ width, height: 900 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
    expect(problems).toEqual([]);
    await page.close();
  });
});

/** The text of an element, once it is there. */
async function textOf(page: Page, selector: string): Promise<string | null> {
  const element = await page.waitForSelector(selector, { timeout: 160_000 });
  return element?.evaluate(({ textContent }) => textContent) ?? null;
}

const press = (page: Page, name: string) =>
  page.locator(`::-p-aria([name="${name}"][role="button"])`).click();

const said = (page: Page, words: string) =>
  page.waitForFunction((expected) => document.body.textContent?.includes(expected), {}, words);

/** Whether this Firefox multiplies and adds in one instruction, as the page says. */
async function isFused(page: Page): Promise<boolean> {
  await said(page, 'The bits do not depend on it');
  return page.evaluate(() => !document.body.textContent?.includes('lacks fused multiply-add'));
}
