/** The guided tour in Chromium: walked from end to end with the keyboard alone, each step really doing its thing. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LabInChromium } from './lab-page.ts';

let lab: LabInChromium;
let runs: string;

beforeAll(async () => {
  runs = mkdtempSync(join(tmpdir(), 'grokscope-tour-'));
  lab = await LabInChromium.start(runs);
});

afterAll(async () => {
  await lab?.close();
  rmSync(runs, { recursive: true, force: true });
});

/** Presses Tab until the focus is on what matches. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`no Tab leads to ${selector}`);
}

async function press(page: Page, selector: string): Promise<void> {
  await tabTo(page, selector);
  await page.keyboard.press('Enter');
}

const ACTION = '.tour-doing button.primary';
const act = (page: Page) => press(page, ACTION);
const isDone = (page: Page) => page.locator(`${ACTION}[aria-disabled="false"]`).waitFor({ timeout: 60_000 });
const live = (page: Page) => page.locator('.tour-live').textContent();

/** On to the next step, to whose title the focus goes. */
async function next(page: Page, title: string): Promise<void> {
  await press(page, '.tour-ways button:last-child');
  await page.getByRole('heading', { name: title }).waitFor();
  await page.waitForFunction((wanted) => document.activeElement?.textContent === wanted, title);
}

test('all eight steps are walked with the keyboard alone, and each really does what its button says', async () => {
  const { page, problems } = await lab.open('');
  const list = page.getByRole('list', { name: 'Runs in the charts' });
  const preset = page.getByRole('combobox', { name: 'Preset' });

  await press(page, '#take-the-tour');
  await page.waitForFunction(() => document.activeElement?.textContent === 'It memorises');
  await act(page);
  await page.getByText('Paused at step 40').waitFor();
  await isDone(page);
  expect(await live(page)).toMatch(/^Memorised at step 40: it gets 99\.8% of the train answers and 0\.4%/);
  expect(await preset.inputValue()).toBe('waiting');

  await next(page, 'It waits, then understands');
  await act(page);
  await page.getByText('Paused at step 555').waitFor();
  await isDone(page);
  expect(await live(page)).toContain('Memorised at step 40, understood at step 545');

  await next(page, 'It has found circles');
  const shown = (step: string) =>
    page.locator('.step-shown output').getByText(step, { exact: true }).waitFor();
  await act(page);
  await shown('40');
  const embedding = page.getByRole('region', { name: 'Embedding on its Fourier planes' });
  await embedding.getByText('At step 40 the strongest frequency').waitFor();
  await act(page);
  await shown('555');
  await embedding.getByText('At step 555 the strongest frequency').waitFor();
  const fits = /R² = ([\d.]+) at step 40 and to ([\d.]+) at step 555/.exec((await live(page)) ?? '');
  expect(Number(fits?.[1])).toBeLessThan(0.8);
  expect(Number(fits?.[2])).toBeGreaterThan(0.95);

  await next(page, 'Turn weight decay off');
  await act(page);
  await list.getByText('From original at step 40: train.weight_decay=0.').waitFor();
  expect(await page.locator('[id="train.weight_decay"]').inputValue()).toBe('0');
  await page
    .locator('.tour-live')
    .getByText(/Without it from step 40 on: not (yet at|by) step (?!40\b)/)
    .waitFor();

  await next(page, 'Random labels never grok');
  await act(page);
  await page
    .locator('.tour-live')
    .getByText(/[1-9]\d+ steps after memorising/)
    .waitFor();
  expect(await list.count()).toBe(0);
  await page.getByText('grokscope train --config waiting dataset.label_noise=1').waitFor();

  await next(page, 'A penalty, and its control');
  await act(page);
  for (const kind of ['literal', 'permuted']) {
    await list
      .getByText(`From original at step 0: laplacian_penalty.compute=true, laplacian_penalty.kind=${kind}`)
      .waitFor();
  }
  await page
    .locator('.tour-live')
    .getByText(
      /With the penalty: (not yet|understood) at step [1-9].*With its control: (not yet|understood) at step [1-9]/,
    )
    .waitFor();

  await next(page, 'The same without training');
  await act(page);
  await page
    .locator('.tour-live')
    .getByText(/^Step [1-9]/)
    .waitFor();
  expect(await preset.inputValue()).toBe('isolated-dynamics');

  await next(page, 'What is still open');
  await act(page);
  await list.getByText('From original at step 0: train.norm_clamp=33.').waitFor();
  await page
    .locator('.tour-live')
    .getByText(/^Seed 24, .*with the norm held at 33: (not yet|understood) at step [1-9]/)
    .waitFor();

  await page.waitForFunction(() => location.hash.includes('tour=8'));
  await press(page, '.tour-ways button:last-child');
  await page.waitForFunction(() => document.activeElement?.id === 'take-the-tour');
  await page.waitForFunction(() => !location.hash.includes('tour'));
  expect(problems).toEqual([]);
  await page.close();
});

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

test.each([
  ['light', 1440],
  ['dark', 360],
] as const)(
  'opened by a link, in %s colours, %i px wide, a step stands beside or above the panels and axe-core finds nothing wrong',
  async (theme, width) => {
    const { page, problems } = await lab.open(`theme=${theme}&tour=3&closed=embedding`, {
      viewport: { width, height: 800 },
    });
    const tour = page.getByRole('region', { name: 'It has found circles' });
    const panels = page.locator('.panels').first();
    const [words, pictures] = [await tour.boundingBox(), await panels.boundingBox()];
    if (words === null || pictures === null) throw new Error('tour or panels are not drawn');
    if (width === 360) expect(words.y + words.height).toBeLessThanOrEqual(pictures.y);
    else expect(words.x + words.width).toBeLessThanOrEqual(pictures.x);
    await tour.getByRole('button', { name: 'Embedding on its Fourier planes' }).click();
    await page.locator('#panel-embedding:focus').waitFor();
    await page.evaluate(axe);
    const found = await page.evaluate(async () => {
      const { axe: checker } = window as unknown as { axe: typeof import('axe-core') };
      const { violations } = await checker.run(document);
      return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
    });
    expect(found).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    expect(problems).toEqual([]);
    await page.close();
  },
);
