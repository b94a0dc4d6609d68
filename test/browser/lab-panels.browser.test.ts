import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { labDocuments } from '../../scripts/lab-documents.mjs';
import { panels } from '../../web/panels/index.ts';
import { LabInChromium } from './lab-page.ts';

const small = 'play=yes&set=dataset.N=23&set=model.hidden_dim=100&set=train.total_steps=30';
/** Every panel that is closed at first, and the measures that only settings ask for. */
const all = `set=measures=[circuits,efficiency,sparsity]&open=${panels.map(({ name }) => name).join(',')}`;

let runs: string;
let lab: LabInChromium;
beforeAll(async () => {
  runs = await mkdtemp(join(tmpdir(), 'grokscope-runs-'));
  lab = await LabInChromium.start(runs);
});
afterAll(async () => {
  await lab?.close();
  await rm(runs, { recursive: true, force: true });
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

const panel = (page: Page, name: string) => page.locator(`section[aria-labelledby="panel-${name}"]`);
const finished = (page: Page) => page.locator('#weights').waitFor({ state: 'attached' });

test.each(['light', 'dark'] as const)(
  'with every panel open on %s paper each has its sentence, its picture and its files, and axe-core finds nothing wrong',
  async (theme) => {
    const { page, problems } = await lab.open(`${small}&${all}&theme=${theme}`, {
      viewport: { width: 360, height: 800 },
    });
    await finished(page);
    for (const { name } of panels) {
      // Those out of view are drawn in their turn.
      await panel(page, name)
        .locator('.what-you-see', { hasText: /^At step 30 / })
        .waitFor();
      expect(await panel(page, name).locator('canvas, .drawn-figure svg').count(), name).toBeGreaterThan(0);
      const offered = await panel(page, name).locator('.panel-actions button').allTextContents();
      expect(offered, name).toEqual(name === 'predictions' ? ['CSV', 'PNG'] : ['CSV', 'SVG', 'PNG']);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    expect(await violations(page)).toEqual([]);
    expect(problems).toEqual([]);
    await page.close();
  },
);

test('a closed panel is opened by the keyboard, which goes on at it, and the address says so', async () => {
  const { page, problems } = await lab.open('set=dataset.N=23');
  expect(await panel(page, 'spectral-entropy').count()).toBe(0);
  await page.getByRole('button', { name: 'Entropy of the spectrum', exact: true }).press('Enter');
  await page.waitForFunction(() => document.activeElement?.id === 'panel-spectral-entropy');
  await page.waitForFunction(() => location.hash.includes('open=spectral-entropy'));
  await page.getByText(/^Panels: \d+ of \d+ shown/).click();
  await page.getByRole('checkbox', { name: 'Phases' }).uncheck();
  await page.waitForFunction(() => location.hash.includes('closed=phases'));
  await page.reload();
  await panel(page, 'spectral-entropy').waitFor();
  expect(await panel(page, 'phases').count()).toBe(0);
  expect(problems).toEqual([]);
  await page.close();
});

test('the same network on random labels is trained on demand, and drawn and said beside the measures', async () => {
  const { page, problems } = await lab.open(small);
  await finished(page);
  const share = panel(page, 'diagonal-share');
  expect(await share.locator('.legend').textContent()).not.toContain('random labels');
  await page.getByRole('button', { name: 'Compare with random labels' }).click();
  await page
    .getByText(/^Trained on random labels up to step 30: /)
    .first()
    .waitFor();
  await share.locator('.legend', { hasText: /random labels\d/ }).waitFor();
  const words = / Trained on random labels: [\d.<]+%\.$/;
  await share.locator('.what-you-see', { hasText: words }).waitFor();
  expect(problems).toEqual([]);
  await page.close();
});

test('formulas lead to documents beside the lab, with nothing wrong on light and dark paper', async () => {
  const { page, problems } = await lab.open('set=dataset.N=23');
  await panel(page, 'spectrum-map').getByText('How it is computed').click();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const [document] = await Promise.all([
      page.context().waitForEvent('page'),
      panel(page, 'spectrum-map').getByRole('link', { name: 'measures: spectrum' }).click(),
    ]);
    await document.waitForLoadState();
    await document.setViewportSize({ width: 360, height: 800 });
    await document.emulateMedia({ colorScheme });
    expect(new URL(document.url()).pathname).toBe('/docs/measures.html');
    expect(await document.locator(':target').textContent()).toBe('Spectrum');
    expect(await document.evaluate(() => globalThis.document.documentElement.scrollWidth)).toBe(360);
    await document.close();
  }
  for (const [i, name] of labDocuments.entries()) {
    await page.emulateMedia({ colorScheme: i % 2 === 0 ? 'light' : 'dark' });
    await page.goto(`${lab.url}docs/${name}.html`);
    expect(await violations(page), name).toEqual([]);
  }
  expect(problems).toEqual([]);
  await page.close();
});
