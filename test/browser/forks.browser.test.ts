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
  runs = mkdtempSync(join(tmpdir(), 'grokscope-forks-'));
  lab = await LabInChromium.start(runs);
});

afterAll(async () => {
  await lab?.close();
  rmSync(runs, { recursive: true, force: true });
});

/** Small enough to end in a second. */
const small =
  'set=dataset.N=13&set=model.hidden_dim=32&set=train.total_steps=60&set=train.stop_after_grok_steps=null';

const weightsOf = (page: Page) => page.locator('#weights').textContent({ timeout: 60_000 });

async function set(page: Page, key: string, value: string): Promise<void> {
  const input = page.locator(`[id="${key}"]`);
  await input.fill(value, { timeout: 10_000 });
  await input.press('Enter');
}

test('a fork with nothing changed ends at the bits of its original; others leave it alone, and each is seen in the charts', async () => {
  const { page, problems } = await lab.open(`play=yes&time=log&${small}`);
  const weights = await weightsOf(page);
  const id = await page.locator('#run-id').textContent();
  const link = new URL(page.url()).hash;
  await page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });

  await page.locator('#step-shown').fill('3');
  const fork = page.getByRole('button', { name: /^Fork at step \d+$/ });
  const step = Number((await fork.textContent())?.replace('Fork at step ', ''));
  const cursor = Number(await page.locator('output').first().textContent());
  expect(step).toBeLessThanOrEqual(cursor);
  await fork.click();
  const list = page.getByRole('list', { name: 'Runs in the charts' });
  await list.getByText(`From original at step ${step}: nothing changed.`).waitFor();
  expect(await weightsOf(page)).toBe(weights);
  expect(await page.locator('#run-id').count()).toBe(0);

  await list.getByRole('button', { name: 'original' }).click();
  await page.locator('#step-shown').fill('3');
  await set(page, 'model.hidden_dim', '40');
  await page.getByText('model.hidden_dim cannot change in a fork').waitFor();
  expect(await fork.isDisabled()).toBe(true);
  await set(page, 'model.hidden_dim', '32');
  await set(page, 'train.weight_decay', '0');
  await fork.click();
  await list.getByText('train.weight_decay=0').waitFor();
  await page.locator('#weights').waitFor({ timeout: 60_000 });
  expect(await weightsOf(page)).not.toBe(weights);

  const legend = page.locator('.legend').first();
  expect(await legend.locator('li').allTextContents()).toHaveLength(6);
  await list.getByRole('checkbox', { name: 'Draw fork 1' }).uncheck();
  expect(await legend.textContent()).not.toContain('fork 1');
  expect(await legend.textContent()).toContain('fork 2, held-out');

  await list.getByRole('button', { name: 'original' }).click();
  expect(await weightsOf(page)).toBe(weights);
  expect(await page.locator('#run-id').textContent()).toBe(id);
  await list.getByRole('button', { name: 'Remove fork 1' }).click();
  await list.getByRole('button', { name: 'fork 2', exact: true }).click();
  await page.waitForTimeout(500);
  const parameters = (hash: string) => new URLSearchParams(hash.slice(1));
  expect(parameters(new URL(page.url()).hash).getAll('set')).toEqual(parameters(link).getAll('set'));
  await list.getByRole('button', { name: 'Remove fork 2' }).click();
  await list.waitFor({ state: 'detached' });
  expect(await page.locator('#run-id').textContent()).toBe(id);
  expect(problems).toEqual([]);
  await page.close();
});

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

test.each([
  ['light', 1440],
  ['dark', 360],
] as const)(
  'with forks, in %s colours, %i px wide, axe-core finds nothing wrong and nothing sticks out',
  async (theme, width) => {
    const { page, problems } = await lab.open(`theme=${theme}&${small}`, {
      viewport: { width, height: 800 },
    });
    await page.getByRole('button', { name: 'One step' }).click();
    await page.getByText(/^Paused at step 1/).waitFor();
    await page.getByRole('button', { name: /^Fork at step/ }).click();
    await weightsOf(page);
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
