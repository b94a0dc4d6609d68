import fc from 'fast-check';
import { expect, test } from 'vitest';
import { simulatedReport } from '../../../test/trials/simulated-trial.ts';
import { escaped } from '../svg.ts';
import { trialReportHtml } from './html.ts';
import { readReportHead, unescaped } from './report-head.ts';
import { verdictReason } from './verdict-words.ts';

test('the head of a report is read as it was written', () => {
  const report = simulatedReport({ arms: { none: 900, 'decay 1': 120 }, seeds: 6 });
  const { trial, analysis } = report;
  const head = {
    question: trial.question,
    verdict: analysis.verdict,
    reason: verdictReason(trial.rule, analysis),
    isPilot: false,
  };
  expect(readReportHead(trialReportHtml(report))).toEqual(head);
  const asked = {
    ...report,
    trial: { ...trial, question: 'Is 1 < 2 & "so"?' },
    pilot: { registeredSeeds: 24 },
  };
  expect(readReportHead(trialReportHtml(asked))).toEqual({
    ...head,
    question: 'Is 1 < 2 & "so"?',
    isPilot: true,
  });
});

test('a page that is no report has no head', () => {
  expect(readReportHead('<!doctype html><h1>lab</h1>')).toBeUndefined();
  expect(
    readReportHead('<div class="verdict surely"><b>Surely</b><span>yes</span></div><h1>a</h1>'),
  ).toBeUndefined();
});

test('what was escaped is what it was', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      // Characters that XML cannot hold are replaced for good.
      fc.pre(!escaped(text).includes('\ufffd'));
      expect(unescaped(escaped(text))).toBe(text);
    }),
  );
});
