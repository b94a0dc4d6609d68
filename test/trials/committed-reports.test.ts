import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../scripts/run.mjs';
import { type CommittedTrial, committedTrials } from '../../src/cli/trial/committed-trials.ts';
import { REPORT_FILES, trialReportOf, writeTrialReport } from '../../src/cli/trial/report.ts';
import { trialReportHtml } from '../../src/figures/trial-report/html.ts';
import { trialReportMarkdown } from '../../src/figures/trial-report/markdown.ts';
import { planHash, planOf } from '../../src/trials/plan.ts';
import { resultsText } from '../../src/trials/results-file.ts';
import { readTrial } from '../../src/trials/trial-file.ts';
import { temporaryFolder } from '../disks/temporary-folder.ts';
import { simulatedReport } from './simulated-trial.ts';

/** Pages of a folder of trials that are not what is made of their results now. */
function stalePages(folder: string): string[] {
  return committedTrials(folder)
    .filter(({ hasResults }) => hasResults)
    .flatMap(stalePagesOf);
}

function stalePagesOf({ file, places }: CommittedTrial): string[] {
  const report = trialReportOf(file, places);
  const pages = { html: trialReportHtml(report), markdown: trialReportMarkdown(report) };
  return (['html', 'markdown'] as const)
    .map((kind) => ({ path: join(places.out, REPORT_FILES[kind]), page: pages[kind] }))
    .filter(({ path, page }) => !existsSync(path) || readFileSync(path, 'utf8') !== page)
    .map(({ path }) => path);
}

test('every committed report is, byte for byte, what its results give (grokscope trial report FILE)', () => {
  const folder = join(root, 'trials');
  expect(existsSync(folder) ? stalePages(folder) : []).toEqual([]);
});

const yaml = `
question: Does weight decay alone make a network understand sooner?
claim: Weight decay drives grokking.
source: nobody
experiment: {dataset: {N: 23}, model: {type: two_layer, hidden_dim: 16}, train: {total_steps: 600}}
seeds: 4
arms:
  none: {train.weight_decay: 0}
  decay 1: {train.weight_decay: 1}
endpoints: {time to grok: {time: grokked}}
rule:
  comparisons:
    sooner: {endpoint: time to grok, arm: decay 1, against: none, expect: smaller, by: 0.8, test: restricted_mean}
`;

/** A folder with a trial, results made up for it, and its report. */
function folderWithReport(): { trials: string; results: string } {
  const trials = temporaryFolder();
  const file = join(trials, 'decay.yaml');
  writeFileSync(file, yaml);
  const { results } = simulatedReport({ arms: { none: 900, 'decay 1': 120 }, seeds: 4 });
  const plan = planOf(readTrial(file));
  const out = join(trials, 'results', 'decay');
  mkdirSync(out, { recursive: true });
  const path = join(out, 'results.json');
  const registered = { date: '2026-11-25', hash: planHash(plan), plan };
  writeFileSync(path, resultsText({ ...results, trial: 'decay', registered }));
  const [committed] = committedTrials(trials);
  writeTrialReport(file, committed.places);
  return { trials, results: path };
}

test('a report whose results, rule or page have changed since is stale', () => {
  const { trials, results } = folderWithReport();
  const html = join(trials, 'results', 'decay', 'report.html');
  const markdown = join(trials, 'results', 'decay', 'report.md');
  expect(stalePages(trials)).toEqual([]);

  const page = readFileSync(html, 'utf8');
  writeFileSync(html, `${page}\n`);
  expect(stalePages(trials)).toEqual([html]);
  writeFileSync(html, page);

  const text = readFileSync(results, 'utf8');
  writeFileSync(results, text.replace(/"time to grok":\{"value":\d+,/, '"time to grok":{"value":590,'));
  expect(stalePages(trials)).toEqual([html, markdown]);
  writeFileSync(results, text);

  writeFileSync(join(trials, 'decay.yaml'), yaml.replace('by: 0.8', 'by: 0.9'));
  expect(stalePages(trials)).toEqual([html, markdown]);
});

test('what was changed after the first run is named in the report', () => {
  const { trials } = folderWithReport();
  writeFileSync(join(trials, 'decay.yaml'), yaml.replace('by: 0.8', 'by: 0.9'));
  const [{ file, places }] = committedTrials(trials);
  const { changes } = trialReportOf(file, places);
  expect(changes).toHaveLength(1);
  const page = trialReportMarkdown(trialReportOf(file, places));
  expect(page).toContain('## Changed after the first run');
  expect(page).not.toContain('The rule, fixed before the first run');
});

test.each([
  ['torn results', (text: string) => text.slice(0, 300), /results\.json is not JSON; .*--out/],
  [
    'results of another trial',
    (text: string) => text.replace('"decay"', '"else"'),
    /of trial else, not of decay; .*--out/,
  ],
])('%s are one sentence with the remedy', (_, damage, sentence) => {
  const { trials, results } = folderWithReport();
  writeFileSync(results, damage(readFileSync(results, 'utf8')));
  const [{ file, places }] = committedTrials(trials);
  expect(() => trialReportOf(file, places)).toThrow(sentence);
});

test('results of other arms are refused, and a trial without results says how to get them', () => {
  const { trials } = folderWithReport();
  const file = join(trials, 'decay.yaml');
  writeFileSync(file, yaml.replace('{train.weight_decay: 1}', '{train.weight_decay: 2}'));
  const [{ places }] = committedTrials(trials);
  expect(() => trialReportOf(file, places)).toThrow(
    /another version of the trial: .*weight_decay was 1 and is 2; give/,
  );
  expect(() => trialReportOf(file, { ...places, out: trials })).toThrow(
    /run the trial first: grokscope trial run/,
  );
});
