import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../scripts/run.mjs';
import {
  buildDataset,
  digest,
  type ObservedStep,
  parseExperiment,
  type TrainerState,
  train,
} from '../../src/index.ts';
import { grokscope } from '../cli/command.ts';
import { LabInChromium } from './lab-page.ts';

let lab: LabInChromium;
let runs: string;

beforeAll(async () => {
  runs = mkdtempSync(join(tmpdir(), 'grokscope-fork-links-'));
  lab = await LabInChromium.start(runs);
});

afterAll(async () => {
  await lab?.close();
  rmSync(runs, { recursive: true, force: true });
});

/** Small enough to end in a second. */
const small = [
  ...['dataset.N=13', 'model.hidden_dim=32', 'train.total_steps=60', 'train.eval_every_steps=4'],
  ...['train.checkpoint_every_steps=10', 'train.stop_after_grok_steps=null'],
];
const text = readFileSync(join(root, 'configs', 'r1.yaml'), 'utf8');

/** Trains in Node; whatever leaves the run at a step does so from its state there. */
async function trained(
  overrides: readonly string[],
  from?: { state: TrainerState; history: ObservedStep[] },
) {
  const { experiment } = parseExperiment(text, { overrides });
  const history = [...(from?.history ?? [])];
  const states = new Map<number, { state: TrainerState; history: ObservedStep[] }>();
  let weights = '';
  for await (const snapshot of train(experiment, { resume: from, dataset: buildDataset(experiment) })) {
    const { step, metrics } = snapshot;
    if (metrics !== undefined)
      history.push({ step, train: metrics.train.accuracy, val: metrics.val.accuracy });
    states.set(step, { state: snapshot.state(), history: [...history] });
    if (snapshot.last) weights = await digest(snapshot.parameters());
  }
  return { weights, states };
}

const settings = small.map((override) => `set=${override}`).join('&');
const forks = 'fork=0@24;train.weight_decay=0&fork=1@36;train.lr=0.02';
const list = (page: Page) => page.getByRole('list', { name: 'Runs in the charts' });

/** The final weights of a run in the list. */
async function weightsOf(page: Page, name: string): Promise<string | null> {
  await list(page).getByRole('button', { name, exact: true }).click({ timeout: 60_000 });
  return page.locator('#weights').textContent({ timeout: 60_000 });
}

async function allWeights(page: Page) {
  const weights: (string | null)[] = [];
  for (const name of ['original', 'fork 1', 'fork 2']) weights.push(await weightsOf(page, name));
  return weights;
}

/** Waits until so many steps can be shown: checkpoints are looked into one after the other. */
const stepsOf = (page: Page, count: number) => page.locator(`#step-shown[max="${count - 1}"]`).waitFor();

/** What the address says, when it has been written. */
async function addressOf(page: Page): Promise<URLSearchParams> {
  await page.waitForTimeout(500);
  return new URLSearchParams(new URL(page.url()).hash.slice(1));
}

let expected: string[];

test('a link trains the original and forks it again at the very steps, to the bits that the library computes', async () => {
  const original = await trained(small);
  const first = await trained([...small, 'train.weight_decay=0'], original.states.get(24));
  const second = await trained([...small, 'train.weight_decay=0', 'train.lr=0.02'], first.states.get(36));
  expected = [original.weights, first.weights, second.weights];
  expect(new Set(expected).size).toBe(3);

  const { page, problems } = await lab.open(`play=yes&${settings}&${forks}&select=2&hide=1`);
  await list(page).getByText('From fork 1 at step 36: train.lr=0.02.').waitFor();
  await list(page).getByRole('button', { name: 'fork 2', pressed: true }).waitFor({ timeout: 60_000 });
  expect(await page.locator('#weights').textContent({ timeout: 60_000 })).toBe(expected[2]);
  expect(await list(page).getByRole('checkbox', { name: 'Draw fork 1' }).isChecked()).toBe(false);
  expect(await page.locator('[id="train.lr"]').inputValue()).toBe('0.02');
  const address = await addressOf(page);
  expect(address.getAll('fork')).toEqual(['0@24;train.weight_decay=0', '1@36;train.lr=0.02']);
  expect([address.get('select'), address.get('hide'), address.get('play')]).toEqual(['2', '1', 'yes']);
  expect(address.getAll('set')).toEqual(small);
  expect(await allWeights(page)).toEqual(expected);

  // Everything was saved: a reload trains nothing again.
  await page.reload();
  await list(page)
    .getByText(/From fork 1 at step 36.* Finished at step 60\./)
    .waitFor({ timeout: 60_000 });
  expect(await allWeights(page)).toEqual(expected);
  await page.getByText('This fork goes on from step 60, where it was saved in this browser.').waitFor();
  await list(page).getByRole('button', { name: 'Remove fork 1 with fork 2' }).click();
  await list(page).waitFor({ state: 'detached' });
  expect((await addressOf(page)).getAll('fork')).toEqual([]);
  expect(problems).toEqual([]);
  await page.close();
});

test('a page that is reloaded in mid-run goes on with its forks, to the same bits', async () => {
  const { page, problems } = await lab.open(`play=yes&pace=10&${settings}&${forks}`);
  await list(page)
    .getByText(/From fork 1 at step 36: .*\. Training, step (3[7-9]|4\d)/)
    .waitFor({ timeout: 60_000 });
  await page.reload();
  await list(page)
    .getByText(/From original .* Training, step (3[2-9]|4\d)/)
    .waitFor({ timeout: 60_000 });
  await page.getByLabel('Speed').selectOption('Infinity');
  expect(await allWeights(page)).toEqual(expected);
  expect(problems).toEqual([]);

  // Opened by an address that starts nothing, the page offers what is saved.
  await page.goto('about:blank');
  await page.goto(`${lab.url}#${settings}&${forks}`);
  await page
    .getByText('A training with these settings is saved in this browser, finished at step 60.')
    .waitFor();
  await list(page).getByText('Begins when original gets there.').waitFor();
  await page.getByText('Paused at step 0', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Show it' }).click();
  expect(await allWeights(page)).toEqual(expected);
  expect(problems).toEqual([]);
  await page.close();
});

test('of a link what is not possible is said, and the rest is done', async () => {
  const broken = 'fork=0@13&fork=0@8;model.hidden_dim=7&fork=0@24;train.weight_decay=0&fork=x';
  const { page, problems } = await lab.open(`play=yes&${settings}&${broken}&select=3`);
  for (const sentence of [
    'fork=0@13, which is left out: the original is evaluated every 4 steps',
    'fork=0@8;model.hidden_dim=7, which is left out: model.hidden_dim cannot change in a fork',
    'fork=x, which is left out: FROM@STEP;section.key=value',
  ])
    await page.getByText(sentence).waitFor();
  expect(await weightsOf(page, 'fork 3')).toBe(expected[1]);
  expect((await addressOf(page)).getAll('fork')).toEqual(['0@24;train.weight_decay=0']);
  expect(problems).toEqual([]);
  await page.close();
});

test('a recorded run is forked at a checkpoint: with nothing changed it ends at the same bits, and a link does so too', async () => {
  const folder = join(runs, 'recorded');
  await grokscope(['train', '--config', 'r1', '--run', folder, '--threads', '1', ...small]);
  const { page, problems } = await lab.open('run=recorded&step=33');
  await page.getByText('The settings of the recorded run recorded').waitFor();
  expect(await page.locator('[id="dataset.N"]').inputValue()).toBe('13');
  await page.getByText('That is the step nearest before 33 that has a checkpoint.').waitFor();
  await page.getByRole('button', { name: 'Fork at step 30' }).click();
  expect(await page.locator('#weights').textContent({ timeout: 60_000 })).toBe(expected[0]);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save metrics.csv' }).click(),
  ]);
  expect(readFileSync(await download.path(), 'utf8')).toBe(readFileSync(join(folder, 'metrics.csv'), 'utf8'));

  // Step 20 is one of an evaluation, too: there the run of the page would be forked as well.
  await list(page).getByRole('button', { name: 'recorded' }).click();
  await page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });
  await page.locator('[id="train.weight_decay"]').fill('0');
  await page.locator('[id="train.weight_decay"]').press('Enter');
  await page.getByRole('button', { name: 'Fork at step 60' }).waitFor();
  await page.getByText('The run ends at step 60').waitFor();
  await stepsOf(page, 7);
  await page.locator('#step-shown').fill('2');
  await page.getByRole('button', { name: 'Fork at step 20' }).click();
  const weights = await page.locator('#weights').textContent({ timeout: 60_000 });
  const original = await trained(small);
  expect(weights).toBe((await trained([...small, 'train.weight_decay=0'], original.states.get(20))).weights);

  const address = await addressOf(page);
  expect(address.get('run')).toBe('recorded');
  expect(address.getAll('fork')).toEqual(['0@30', '0@20;train.weight_decay=0']);
  const link = new URL(page.url()).hash.slice(1);
  await page.close();
  const other = await lab.open(link);
  await list(other.page)
    .getByText(/From recorded at step 30: nothing changed\. Finished/)
    .waitFor({ timeout: 60_000 });
  expect(await weightsOf(other.page, 'fork 2')).toBe(weights);
  expect(await weightsOf(other.page, 'fork 1')).toBe(expected[0]);

  // The same run from files: it is forked alike, and no link leads there.
  await other.page.locator('#run-folder').setInputFiles(folder);
  await list(other.page).waitFor({ state: 'detached' });
  await stepsOf(other.page, 7);
  await other.page.locator('#step-shown').fill('3');
  await other.page.getByRole('button', { name: 'Fork at step 30' }).click();
  await list(other.page).getByRole('button', { name: 'fork 1', pressed: true }).waitFor();
  expect(await other.page.locator('#weights').textContent({ timeout: 60_000 })).toBe(expected[0]);
  await other.page.getByText('No link leads to runs opened from files, nor to their forks.').waitFor();
  expect(await other.page.getByRole('button', { name: 'Copy link' }).count()).toBe(0);
  expect((await addressOf(other.page)).getAll('fork')).toEqual([]);
  expect([...problems, ...other.problems]).toEqual([]);
  await other.page.close();
});
