import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { collectProblems } from './harness.ts';
import { LabInChromium } from './lab-page.ts';

/** What somebody, or another version of the lab, left for the page: reports, links, databases. It says so, and goes on. */

let lab: LabInChromium;
let folder: string;
let elsewhere: Server;
const asked: string[] = [];

const tiny = ['dataset.N=13', 'model.hidden_dim=16', 'train.eval_every_steps=5'];
const settings = tiny.map((override) => `set=${override}`).join('&');

beforeAll(async () => {
  elsewhere = createServer(({ url }, response) => {
    asked.push(url ?? '');
    response.end('elsewhere');
  });
  await new Promise<void>((listening) => elsewhere.listen(0, '127.0.0.1', listening));
  folder = mkdtempSync(join(tmpdir(), 'grokscope-hostile-'));
  lab = await LabInChromium.start(folder);
});

afterAll(async () => {
  await lab?.close();
  elsewhere?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a report asks for nothing and leads nowhere by itself, whatever is written into it', async () => {
  const there = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
  mkdirSync(join(folder, 't'));
  writeFileSync(join(folder, 't', 'results.json'), '{}');
  writeFileSync(
    join(folder, 't', 'report.html'),
    `<!doctype html><title>t</title><meta http-equiv="refresh" content="0;url=${there}/refresh">
    <link rel="stylesheet" href="${there}/css"><style>@import url(${there}/import);</style>
    <body onload="fetch('${there}/onload')"><h1>A report</h1><script>fetch('${there}/script')</script>
    <img src="${there}/img"><iframe src="${there}/frame"></iframe>
    <form action="${there}/form"><button>go</button></form><a href="#end">on</a><p id="end">The end</p>`,
  );
  const { page } = await lab.open(settings);
  const address = `${lab.url}api/report?folder=runs&name=t`;
  await page.goto(address);
  await page.getByText('A report').waitFor();
  await page.getByRole('button', { name: 'go' }).click();
  await page.waitForTimeout(1000);
  await page.getByRole('link', { name: 'on' }).click();
  expect(page.url()).toBe(`${address}#end`);
  expect(asked).toEqual([]);
  await page.close();
});

test.each([
  ['an alias of nothing', `set=train.lr=*nowhere`, /its value is not usable YAML/],
  [
    'three thousand forks',
    Array(3000)
      .fill('fork=0@1;seed=2')
      .map((fork, i) => fork + i)
      .join('&'),
    /\d+ more of this kind/,
  ],
  ['a run that no fork is', `select=7&hide=9&${settings}`, /names run 7, 9, but asks for 0 forks/],
  ['a name of any length', 'x'.repeat(1e5), /The address names 'x+…/],
] as const)('a link with %s is a sentence, and the rest opens', async (_, hash, sentence) => {
  const { page, problems } = await lab.open(hash);
  await page.getByRole('alert').filter({ hasText: sentence }).waitFor();
  expect((await page.getByRole('alert').first().innerText()).length).toBeLessThan(6000);
  await page.getByText('Paused at step 0').waitFor();
  expect(problems).toEqual([]);
  await page.close();
});

/** Opens the database of saved trainings under a number of its form, and keeps it. */
async function hold(page: Page, form: number): Promise<void> {
  await page.evaluate(async (version) => {
    const request = indexedDB.open('grokscope-lab', version);
    await new Promise((opened) => request.addEventListener('success', opened));
    Object.assign(globalThis, { held: request.result });
  }, form);
}

test.each([
  ['a newer version of the lab used', 99, /a newer version of the lab keeps its trainings here/],
  ['an old page holds', 1, /another page of the lab holds what was saved/],
])('a database that %s is a sentence, and the training goes on', async (_, form, sentence) => {
  const { page: first } = await lab.open(settings);
  const context = await first.context().browser()?.newContext();
  if (context === undefined) throw new Error('there is no browser');
  await first.close();
  const other = await context.newPage();
  await other.goto(`${lab.url}icon.svg`);
  await other.evaluate(
    () =>
      new Promise((gone) => {
        indexedDB.deleteDatabase('grokscope-lab').addEventListener('success', gone);
      }),
  );
  await hold(other, form);
  const page = await context.newPage();
  const problems: string[] = [];
  collectProblems(page, problems);
  await page.goto(`${lab.url}#${settings}`);
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await page.getByText(sentence).waitFor();
  await page.locator('#weights').waitFor();
  expect(problems).toEqual([]);
  await context.close();
});

test('a page whose data are cleared while it trains goes on, and saves what it can', async () => {
  const { page, problems } = await lab.open(`play=yes&pace=30&${settings}`);
  await page
    .getByText(/up to step \d+/)
    .first()
    .waitFor();
  await page.evaluate(
    () =>
      new Promise((gone) => {
        indexedDB.deleteDatabase('grokscope-lab').addEventListener('success', gone);
      }),
  );
  await page.locator('#weights').waitFor();
  const weights = await page.locator('#weights').textContent();
  // What was saved lacks its beginning: it is not gone on from.
  await page.reload();
  await page.locator('#weights').waitFor();
  expect(await page.locator('#weights').textContent()).toBe(weights);
  expect(problems).toEqual([]);
  await page.close();
});

test('twenty changes of the preset leave one thread that trains, and the last preset', async () => {
  const { page, problems } = await lab.open(settings);
  const preset = page.getByLabel('Preset', { exact: true });
  const one = page.workers().length;
  for (let i = 0; i < 20; i++)
    await preset.selectOption(['parity', 'r1', 'copy', 'p53', 'r2'][i % 5] ?? 'r1');
  await preset.selectOption('r1');
  await page.getByText('Paused at step 0').waitFor();
  await expect.poll(() => page.workers().length).toBe(one);
  expect(problems).toEqual([]);
  await page.close();
});
