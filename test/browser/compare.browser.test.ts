import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nodeFileSystem } from '../../src/runs/index.ts';
import { grokscope } from '../cli/command.ts';
import { smallTrial } from '../cli/small-trial.ts';
import { collectProblems } from './harness.ts';
import { LabInChromium } from './lab-page.ts';

let lab: LabInChromium;
let folder: string;

/** A trial's results, and its runs below runs/trials, where `grokscope trial run` puts them. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'grokscope-lab-compare-'));
  const runs = join(folder, 'runs');
  const file = join(folder, 'steps.yaml');
  writeFileSync(file, smallTrial);
  const words = ['trial', 'run', file, '--runs', join(runs, 'trials')];
  expect(await grokscope(words, { disk: nodeFileSystem })).toMatchObject({ exitCode: 0 });
  lab = await LabInChromium.start(runs, join(folder, 'results'));
});

afterAll(async () => {
  await lab?.close();
  rmSync(folder, { recursive: true, force: true });
});

const runNames = ['fast/seed-000', 'fast/seed-001', 'slow/seed-000', 'slow/seed-001'];
const charts = (page: Page) => page.getByRole('list', { name: 'Recorded runs in the charts' });
const legend = (page: Page) => page.locator('#panel-accuracy ~ .time-chart .legend li');

/** Name and colour of each whole curve of the accuracies. */
const heldOutCurves = (page: Page) =>
  legend(page).evaluateAll((items) =>
    items.flatMap((item) => {
      const name = item.querySelector('span')?.textContent ?? '';
      return name.endsWith('held-out')
        ? [`${name} ${item.querySelector('path')?.getAttribute('stroke')}`]
        : [];
    }),
  );

/** What drives the browser puts scripts into every page, which a report's sandbox refuses; the report has none of its own. */
const isOfDriver = (problem: string) =>
  /^console: Blocked script execution in '[^']*api\/report\?/.test(problem);

test('a trial report opens as a page of its own, its runs in the lab, and beside each other in one chart', async () => {
  const { page, problems } = await lab.open('');
  const link = page.getByRole('list', { name: 'Trial reports' }).getByRole('link', { name: 'steps' });
  const [report] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
  collectProblems(report, problems);
  await report.getByRole('heading', { name: 'Does a larger step end elsewhere?' }).waitFor();
  expect(await report.locator('.verdict').evaluate((box) => getComputedStyle(box).borderLeftWidth)).toBe(
    '6px',
  );
  await report
    .getByRole('link', { name: /seed 1/ })
    .first()
    .click();
  // The same tab is the lab now.
  await report.getByText('Finished at step 30', { exact: true }).waitFor();
  expect(new URL(report.url()).hash).toContain('run=trials%2Fsteps%2Fslow%2Fseed-001');

  await report.getByRole('button', { name: 'List its 4 runs of trial steps' }).click();
  expect(await report.getByRole('searchbox').inputValue()).toBe('steps/');
  await report.getByRole('button', { name: 'Draw these 3 beside' }).click();
  await charts(report).getByText('Finished at step 30.').nth(3).waitFor();
  await legend(report).nth(7).waitFor();
  const curves = await heldOutCurves(report);
  expect(curves).toEqual([
    'slow/seed-001, held-out var(--gs-arm1)',
    'fast/seed-000, held-out var(--gs-arm2)',
    'fast/seed-001, held-out var(--gs-arm3)',
    'slow/seed-000, held-out var(--gs-arm4)',
  ]);

  // By keyboard: one is no longer drawn, another one is shown in its own colour at the same step.
  await charts(report).getByRole('checkbox', { name: 'Draw trials/steps/fast/seed-000' }).press('Space');
  await expect
    .poll(() => heldOutCurves(report))
    .toEqual(curves.filter((curve) => !curve.includes('fast/seed-000')));
  await report.getByRole('slider', { name: /chart of accuracy/ }).press('ArrowLeft');
  await report.getByText(/^At step 25 the network gets/).waitFor();
  await charts(report).getByRole('button', { name: 'Show trials/steps/fast/seed-001' }).press('Enter');
  await report.getByText(/The panels show the run trials\/steps\/fast\/seed-001/).waitFor();
  await report.getByText(/^At step 25 the network gets/).waitFor();
  await charts(report).getByRole('checkbox', { name: 'Draw trials/steps/fast/seed-000' }).press('Space');
  await expect.poll(() => heldOutCurves(report)).toEqual(curves);

  // The link holds it all, colours too.
  await report.waitForFunction(() => location.hash.includes('run=trials%2Fsteps%2Ffast%2Fseed-001'));
  const again = await lab.open(new URL(report.url()).hash.slice(1));
  await expect.poll(() => heldOutCurves(again.page)).toEqual(curves);
  await again.page.getByText(/^At step 25 the network gets/).waitFor();

  await charts(again.page).getByRole('button', { name: 'Remove trials/steps/slow/seed-001' }).click();
  await again.page.waitForFunction(() => !location.hash.includes('slow%2Fseed-001'));
  expect(await heldOutCurves(again.page)).toEqual(curves.slice(1));
  await Promise.all([page.close(), report.close(), again.page.close()]);
  expect([...problems.filter((problem) => !isOfDriver(problem)), ...again.problems]).toEqual([]);
});

test('recorded runs stand beside a training too, and one that is missing is a sentence in the list', async () => {
  const { page, problems } = await lab.open('with=trials/steps/slow/seed-000&with=nowhere');
  await charts(page)
    .getByText(/"nowhere" is not in .*; look at the list of runs again/)
    .waitFor();
  await page.getByRole('button', { name: 'One step' }).click();
  await legend(page).getByText('original, held-out').waitFor();
  await expect
    .poll(() => heldOutCurves(page))
    .toEqual(['original, held-out var(--gs-arm1)', 'trials/steps/slow/seed-000, held-out var(--gs-arm2)']);
  await charts(page).getByRole('button', { name: 'Remove nowhere' }).click();
  await page.waitForFunction(() => !location.hash.includes('nowhere'));
  await page.close();
  expect(problems).toEqual([]);
});

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

test.each([
  ['light', 1440],
  ['dark', 360],
] as const)(
  'six runs in %s colours, %i px wide: axe-core finds nothing wrong and nothing sticks out',
  async (colorScheme, width) => {
    const names = runNames.map((name) => `with=${encodeURIComponent(`trials/steps/${name}`)}`);
    const { page } = await lab.open(`${names.join('&')}&with=nowhere`, {
      colorScheme,
      viewport: { width, height: 900 },
    });
    await charts(page)
      .getByText(/look at the list of runs again/)
      .waitFor();
    await charts(page).getByText('Finished at step 30.').nth(3).waitFor();
    await page.evaluate(axe);
    const wrong = await page.evaluate(async () => {
      const { axe: checker } = window as unknown as { axe: typeof import('axe-core') };
      return (await checker.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
    });
    expect(wrong).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await page.close();
  },
);
