import { beforeAll, expect, test } from 'vitest';
import { isBalanced } from '../../../test/figures/well-formed.ts';
import { simulatedReport } from '../../../test/trials/simulated-trial.ts';
import { trialReportHtml } from './html.ts';
import { trialReportMarkdown } from './markdown.ts';
import { armStyles, type TrialReport } from './trial-report.ts';

let report: TrialReport;
let html: string;
let markdown: string;
beforeAll(() => {
  report = simulatedReport({ arms: { none: 900, 'decay 1': 120, 'decay 3': 60 }, seeds: 8, diverging: [4] });
  html = trialReportHtml(report);
  markdown = trialReportMarkdown(report);
});

/** Elements that HTML does not close. */
const withoutVoid = (page: string) => page.replace(/<!DOCTYPE html>|<meta [^>]*>|<style>[^<]*<\/style>/g, '');

test('it is one well-formed page that asks nothing of the network and runs nothing', () => {
  expect(isBalanced(withoutVoid(html))).toBe(true);
  expect(html.replaceAll('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(
    /https?:|src=|url\(|@import|<script|<link|<iframe/,
  );
});

test('equal reports give equal bytes', () => {
  const again = simulatedReport({
    arms: { none: 900, 'decay 1': 120, 'decay 3': 60 },
    seeds: 8,
    diverging: [4],
  });
  expect(trialReportHtml(again)).toBe(html);
  expect(trialReportMarkdown(again)).toBe(markdown);
});

test('both pages have the same parts in the same order', () => {
  const ofHtml = [...html.matchAll(/<h2>([^<]*)<\/h2>/g)].map(([, heading]) => heading);
  const ofMarkdown = [...markdown.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
  expect(ofHtml).toEqual(ofMarkdown);
  expect(ofHtml).toEqual([
    'The rule, fixed before the first run',
    'What came out',
    'How long it took',
    'Values of every pair',
    'Arms',
    'Every run',
    'How times are censored',
    'Limits',
    'How to repeat it',
  ]);
});

test('both pages say question, claim, source, verdict, date and hash of the rule, limits and command', () => {
  const { trial, results, analysis, repeat } = report;
  const words = [
    trial.question,
    trial.claim,
    trial.source,
    results.registered.date,
    results.registered.hash,
    repeat,
  ];
  for (const page of [html, markdown]) {
    for (const expected of words) expect(page).toContain(expected);
    expect(page).toMatch(new RegExp(`verdict[^\\n]*${analysis.verdict}`, 'i'));
    expect(page).toContain('&lt;decay');
  }
});

test('every run has its picture, with a link to its folder and its id; marks show where it grokked or diverged', () => {
  const links = [...html.matchAll(/<a href="([^"]+)" title="([^"]+)">(.*?)<\/a>/g)];
  expect(links).toHaveLength(report.results.runs.length);
  for (const [i, run] of report.results.runs.entries()) {
    const [, href, title, picture] = links[i];
    expect(href).toBe(`../../../runs/trials/weight-decay/${run.folder}/`);
    expect(title).toContain(run.run_id);
    expect(picture.includes('class="g"')).toBe(run.endpoints['time to grok'].observed);
    expect(picture.includes('class="x"')).toBe(run.diverged_at !== null);
  }
});

test('a run that diverged is named', () => {
  for (const page of [html, markdown]) expect(page).toContain('“decay 3”, seed 4 at step 120');
});

test('without changes there is no warning; a pilot says so before anything else, and each change is named', () => {
  expect(html).not.toContain('class="warning"');
  const changes = [
    { key: 'rule.level', there: '0.05', here: '0.1' },
    { key: 'limits', there: undefined, here: '["x"]' },
  ];
  const warned = { ...report, pilot: { registeredSeeds: 20 }, changes };
  for (const page of [trialReportHtml(warned), trialReportMarkdown(warned)]) {
    const pilot = page.indexOf('This is a pilot');
    expect(pilot).toBeGreaterThan(0);
    expect(pilot).toBeLessThan(page.indexOf(report.trial.question));
    expect(page).toContain('rule.level: was 0.05, is 0.1');
    expect(page).toContain('limits: was nothing, is');
  }
});

test('a source or a limit that changed is named, without taking anything from the verdict', () => {
  const words = [
    { key: 'source', there: 'Liu et al.', here: 'Liu et al. 2023' },
    { key: 'limits.2', there: undefined, here: 'One task.' },
    { key: 'arms.decay.about', there: 'decay', here: 'weight decay' },
  ];
  const named = trialReportMarkdown({ ...report, changes: words });
  expect(named).toContain('source: was Liu et al., is Liu et al. 2023');
  expect(named).not.toContain('worth less');
  const withClaim = [...words, { key: 'claim', there: 'It grows.', here: 'It shrinks.' }];
  expect(trialReportMarkdown({ ...report, changes: withClaim })).toContain('worth less');
});

test('runs that are not there yet are named, and the verdict is called preliminary', () => {
  const runs = report.results.runs.filter(({ arm, seed }) => arm !== 'none' || seed !== 5);
  const page = trialReportMarkdown({ ...report, results: { ...report.results, runs } });
  expect(page).toContain('preliminary');
  expect(page).toContain('- “none”: seed 5\n');
});

test('an arm has one colour on the whole page, and beyond eight arms a dash', () => {
  const names = Array.from({ length: 10 }, (_, i) => `arm ${i}`);
  const arms = names.map((name) => ({ ...report.trial.arms[0], name }));
  const styles = [...armStyles({ arms }).values()].map(({ color, dash }) => `${color} ${dash ?? ''}`);
  expect(new Set(styles).size).toBe(10);
  const label = /class="fill-(arm\d)"[^>]*>decay 1</g;
  expect(new Set([...html.matchAll(label)].map(([, color]) => color))).toEqual(new Set(['arm2']));
});

test('the page of six arms over twenty seeds stays below 400 KB', () => {
  const arms = { none: 900, a: 400, b: 300, c: 200, d: 120, e: 60 };
  expect(trialReportHtml(simulatedReport({ arms, seeds: 20 })).length).toBeLessThan(400_000);
});

test('every cell of a Markdown table stays in its column, whatever the names', () => {
  const named = simulatedReport({ arms: { 'a | b': 900, '*c*': 120 }, seeds: 4 });
  const lines = trialReportMarkdown(named).split('\n');
  const cells = (line: string) => line.replace(/\\\|/g, '').split('|').length;
  for (const [i, line] of lines.entries()) {
    if (line.startsWith('|') && lines[i - 1]?.startsWith('|'))
      expect(cells(line), line).toBe(cells(lines[i - 1]));
  }
});
