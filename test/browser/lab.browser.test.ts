import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { grokscope } from '../cli/command.ts';
import { LabInChromium } from './lab-page.ts';
import { recordedWeights } from './recorded-weights.ts';

let lab: LabInChromium;
let runs: string;

beforeAll(async () => {
  runs = mkdtempSync(join(tmpdir(), 'grokscope-lab-'));
  lab = await LabInChromium.start(runs);
});

afterAll(async () => {
  await lab?.close();
  rmSync(runs, { recursive: true, force: true });
});

const idOf = (page: Page) => page.locator('#run-id').textContent();
const weightsOf = (page: Page) => page.locator('#weights').textContent({ timeout: 120_000 });

async function savedMetrics(page: Page): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save metrics.csv' }).click(),
  ]);
  return readFileSync(await download.path(), 'utf8');
}

test('the quadratic preset, played in the page, is the run of the command line byte for byte, and its link repeats it', async () => {
  const folder = join(runs, 'r1');
  await grokscope(['train', '--config', 'r1', '--run', folder, '--threads', '1']);
  const summary = JSON.parse(readFileSync(join(folder, 'summary.json'), 'utf8'));

  const { page, problems } = await lab.open('');
  await page.getByRole('button', { name: 'Play' }).click();
  const weights = await weightsOf(page);
  expect(weights).toBe(await recordedWeights(folder));
  expect(await idOf(page)).toBe(summary.run_id);
  expect(await savedMetrics(page)).toBe(readFileSync(join(folder, 'metrics.csv'), 'utf8'));

  await page.waitForFunction(() => location.hash.includes('play=yes'));
  const link = new URL(page.url()).hash.slice(1);
  await page.close();
  const repeated = await lab.open(link);
  expect(await weightsOf(repeated.page)).toBe(weights);
  expect(await idOf(repeated.page)).toBe(summary.run_id);
  await repeated.page.close();
  expect([...problems, ...repeated.problems]).toEqual([]);
});

test('a setting that is changed is in the address and in the command, another id, and can be taken back', async () => {
  const { page, problems } = await lab.open('');
  const before = await idOf(page);
  await page.getByText('train', { exact: true }).click();
  const rate = page.locator('[id="train.lr"]');
  await rate.fill('0.02');
  await rate.press('Enter');
  await page.getByText('npx grokscope train --config r1 train.lr=0.02').waitFor();
  await page.waitForFunction(() => location.hash === '#set=train.lr=0.02');
  await page.waitForFunction((id) => document.querySelector('#run-id')?.textContent !== id, before);
  await rate.fill('-1');
  await rate.press('Enter');
  expect(await page.getByRole('alert').textContent()).toContain('above 0');
  await page.getByRole('button', { name: 'Back to the preset (1 changed)' }).click();
  await page.waitForFunction((id) => document.querySelector('#run-id')?.textContent === id, before);
  await page.waitForFunction(() => location.hash === '');
  expect(problems).toEqual([]);
  await page.close();
});

test('a link that cannot be understood says so and opens what it can', async () => {
  const { page, problems } = await lab.open('preset=r7&theme=purple&time=log');
  const said = await page.getByRole('alert').first().textContent();
  expect(said).toContain("There is no preset 'r7'; choose one of");
  expect(said).toContain('theme=purple');
  expect(await page.getByLabel('Time axis').inputValue()).toBe('log');
  await page.getByRole('button', { name: 'Understood' }).click();
  expect(await page.getByRole('alert').count()).toBe(0);
  expect(problems).toEqual([]);
  await page.close();
});

/** Presses Tab until the element with the focus has this name, which it may have already. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 200; presses++) {
    if (presses > 0) await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    if ((await focused.count()) === 0) continue;
    const label = await focused.evaluate((element) => {
      const named = element as HTMLInputElement;
      return named.labels?.[0]?.textContent?.trim() ?? named.textContent?.trim() ?? '';
    });
    if (label === name) return;
  }
  throw new Error(`no Tab leads to '${name}'`);
}

test('a run can be played, paused, stepped and looked back on with the keyboard alone', async () => {
  const { page, problems } = await lab.open('pace=3');
  await tabTo(page, 'Play');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Pause' }).waitFor();
  await page.waitForFunction(() => Number(document.querySelector('output')?.textContent) >= 3);
  await tabTo(page, 'Pause');
  await page.keyboard.press('Enter');
  await page.getByText(/^Paused at step/).waitFor();
  const shown = async () => Number(await page.locator('output').first().textContent());
  const paused = await shown();
  await tabTo(page, 'One step');
  await page.keyboard.press('Enter');
  await page.waitForFunction((step) => Number(document.querySelector('output')?.textContent) > step, paused);
  const latest = await shown();
  await tabTo(page, 'Step shown');
  await page.keyboard.press('ArrowLeft');
  expect(await shown()).toBeLessThan(latest);
  await page.keyboard.press('Home');
  expect(await shown()).toBe(0);
  await tabTo(page, 'Latest');
  await page.keyboard.press('Enter');
  expect(await shown()).toBe(latest);
  expect(problems).toEqual([]);
  await page.close();
});

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds wrong on the page, in words. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe: checker } = window as unknown as { axe: typeof import('axe-core') };
    const found = await checker.run(document);
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target }) => `${id}: ${target.join(' ')}`),
    );
  });
}

test.each([
  ['light', 1440],
  ['dark', 1440],
  ['light', 360],
  ['dark', 360],
] as const)(
  'in %s colours, %i px wide, axe-core finds nothing wrong and nothing sticks out',
  async (theme, width) => {
    const { page, problems } = await lab.open(`theme=${theme}`, { viewport: { width, height: 800 } });
    await page.getByRole('button', { name: 'One step' }).click();
    await page.getByText(/^Paused at step 1/).waitFor();
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true;
    });
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    expect(problems).toEqual([]);
    await page.close();
  },
);
