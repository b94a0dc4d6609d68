import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runNode } from '../../scripts/run.mjs';
import { LabInChromium } from './lab-page.ts';

/** The simulation of the isolated dynamics in the page, beside that of the command line. */

let lab: LabInChromium;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'grokscope-isolated-'));
  lab = await LabInChromium.start(folder);
});

afterAll(async () => {
  await lab?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Groks within 100 steps of milliseconds. */
const small = [
  'dataset.N=17',
  'dataset.train_fraction=0.8',
  'model.hidden_dim=192',
  'analytic_lr=0.01',
  'analytic_steps=200',
  'seed=1',
];
const address = ['preset=isolated-dynamics', ...small.map((one) => `set=${one}`)].join('&');

test('played, paused and played on, it ends at the numbers of the command line, byte for byte, with every panel drawn', async () => {
  const run = join(folder, 'on-the-command-line');
  const words = ['train', '--config', 'isolated-dynamics', ...small, '--run', run];
  expect(await runNode('dist/cli/main.js', words)).toBe(0);

  const { page, problems } = await lab.open(address);
  await page.getByText(/^Paused at step 0/).waitFor();
  await page.getByRole('button', { name: '2 steps' }).click();
  await page.getByText(/^Paused at step 2$/).waitFor();
  await page.getByRole('button', { name: 'Play' }).click();
  await page.getByText('Finished at step 200').waitFor({ timeout: 60_000 });
  await page.getByText('grokked at step').first().waitFor();
  expect(await page.locator('#verdict li').count()).toBe(4);
  const { run_id: id } = JSON.parse(readFileSync(join(run, 'meta.json'), 'utf8'));
  expect(await page.locator('#run-id').textContent()).toBe(id);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save analytic/metrics.csv' }).click();
  const saved = readFileSync(await (await download).path(), 'utf8');
  expect(saved).toBe(readFileSync(join(run, 'analytic', 'metrics.csv'), 'utf8'));

  expect(await page.locator('.panel .refusal').allTextContents()).toEqual([]);
  await page.locator('#step-shown').fill('0');
  await page.getByText(/^At step 0 the network gets 100% of the train answers/).waitFor();
  await page.getByText(/^At step 0 the strongest frequency/).waitFor();
  await page.getByText('none: there is no optimiser').waitFor();
  expect(await page.getByRole('button', { name: /^Fork/ }).count()).toBe(0);
  expect(problems).toEqual([]);
  await page.close();
});

test('its link plays it, a reload begins again, and another preset takes its place', async () => {
  const { page, problems } = await lab.open(`${address}&play=yes`);
  await page.getByText('Finished at step 200').waitFor({ timeout: 60_000 });
  await page.reload();
  await page.getByText('Finished at step 200').waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Simulate again' }).click();
  await page.getByText(/^Simulating, step|^Finished at step 200/).waitFor();
  await page.getByLabel('Preset').selectOption('random-labels');
  await page.getByText(/^Paused at step 0/).waitFor();
  await page.getByRole('heading', { name: 'The same run elsewhere' }).waitFor();
  expect(problems).toEqual([]);
  await page.close();
});

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

test.each([
  ['light', 1440],
  ['dark', 360],
] as const)(
  'simulated, in %s colours, %i px wide, axe-core finds nothing wrong and nothing sticks out',
  async (theme, width) => {
    const { page, problems } = await lab.open(`${address}&play=yes&theme=${theme}`, {
      viewport: { width, height: 800 },
    });
    await page.locator('#verdict').waitFor({ timeout: 60_000 });
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
