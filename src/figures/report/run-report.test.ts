import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  everySteps,
  simulatedPlane,
  simulatedRun,
  simulatedSpectrum,
} from '../../../test/figures/simulated-run.ts';
import { isBalanced } from '../../../test/figures/well-formed.ts';
import { evenlyChosen, type RunReport, runReport } from './run-report.ts';

const bare: RunReport = {
  ...simulatedRun({ name: 'bare', steps: everySteps(20, 2000), memorized: 100, grokked: 900 }),
  trained: 'A network learns a < b & more.',
  finished: true,
  configText: 'seed: 0 # <script>alert("1")</script>\n',
  runId: 'abc123',
  numericVersion: '2',
  machine: 'A machine, 2 threads',
  command: "grokscope train --config 'my r1.yaml'",
  repeat: 'grokscope train --config config.yaml --run runs/bare',
};
const full: RunReport = {
  ...bare,
  ...simulatedRun({
    name: 'full',
    steps: everySteps(20, 2000),
    memorized: 100,
    grokked: 900,
    spectral: true,
  }),
  spectra: [0, 100, 200, 300, 400, 500, 600].map((step) => ({
    step,
    power: simulatedSpectrum(7, [2], 0.01),
  })),
  planes: [{ step: 600, planes: [simulatedPlane(7, 2, 1, 1, 0.1)] }],
};

function headings(html: string): string[] {
  return [...html.matchAll(/<h2>([^<]*)<\/h2>/g)].map(([, heading]) => heading);
}

/** Elements that HTML does not close. */
const withoutVoid = (html: string) => html.replace(/<!DOCTYPE html>|<meta [^>]*>/g, '');

test('it is one well-formed page that asks nothing of the network and runs nothing', () => {
  const html = runReport(full);
  expect(html).toMatch(/^<!DOCTYPE html>\n<html lang="en">/);
  expect(isBalanced(withoutVoid(html).replace(/<style>[^<]*<\/style>/g, ''))).toBe(true);
  expect(html.replaceAll('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(
    /https?:|src=|href=|url\(|@import|<script|<link|<iframe/,
  );
});

test('what the run has is shown under headings, what it has not is left out', () => {
  expect(headings(runReport(full))).toEqual([
    'Milestones',
    'Accuracy and loss',
    'Geometry',
    'Spectra of the logits',
    'Embedding',
    'Settings',
    'How to repeat it',
  ]);
  const kept = headings(runReport(full)).filter((heading) => !/Geometry|Spectra|Embedding/.test(heading));
  expect(headings(runReport(bare))).toEqual(kept);
  expect(headings(runReport({ ...bare, rows: [] }))).toEqual(['Milestones', 'Settings', 'How to repeat it']);
  expect(runReport(full).match(/<h1>/g)).toHaveLength(1);
});

test('every figure has a title and a description for those who do not see it', () => {
  const svgs = runReport(full).match(/<svg .*?<\/svg>/gs) ?? [];
  // Accuracy, loss, measures and planes for two widths, and six maps.
  expect(svgs).toHaveLength(14);
  for (const svg of svgs)
    expect(svg).toMatch(/^<svg [^>]*role="img"[^>]*>\n<title>[^<]+<\/title>\n<desc>[^<]+<\/desc>/);
});

test('all words are escaped', () => {
  const html = runReport({
    ...bare,
    name: '<img>',
    command: '<b>',
    machine: '<i>',
    runId: '<u>',
    repeat: '<s>',
  });
  expect(html).toContain('seed: 0 # &lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;');
  expect(html).toContain('A network learns a &lt; b &amp; more.');
  expect(html).not.toMatch(/<(img|b|i|u|s)>/);
});

test('milestones are a table with their thresholds; a run that has not grokked says so', () => {
  const html = runReport(bare, { grokThreshold: 0.9, grokPatience: 1 });
  expect(html).toMatch(/memorised: train accuracy 99%<\/th><td>step \d+</);
  expect(html).toContain('first crossing: held-out accuracy 90%');
  expect(html).toContain('grokked: the same for one evaluation');
  const slow = simulatedRun({ name: 'slow', steps: everySteps(20, 2000), memorized: 100, grokked: 90_000 });
  const unfinished = runReport({ ...bare, ...slow, finished: false });
  expect(unfinished).toContain('<td>not by step 2,000</td>');
  expect(unfinished).toContain('The run is not finished.');
  expect(unfinished).toContain('<tr><th scope="row">delay</th><td>–</td></tr>');
});

test('items are chosen evenly, with the first and the last', () => {
  expect(evenlyChosen([...'abcdefghijk'], 6)).toEqual([...'acegik']);
  fc.assert(
    fc.property(fc.nat(100), fc.integer({ min: 2, max: 8 }), (length, count) => {
      const items = Array.from({ length }, (_, i) => i);
      const chosen = evenlyChosen(items, count);
      expect(chosen).toHaveLength(Math.min(length, count));
      expect(new Set(chosen).size).toBe(chosen.length);
      expect([chosen.at(0), chosen.at(-1)]).toEqual([items.at(0), items.at(-1)]);
    }),
  );
});
