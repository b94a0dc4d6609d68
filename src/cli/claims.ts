/** `claims`: the ledger over all trials of a folder that have results. */

import pc from 'picocolors';
import { effectLabel, intervalLabel } from '../figures/trial-report/effect-words.ts';
import { type ClaimComparison, type ClaimEntry, claimsLedger } from '../trials/claims.ts';
import { type Host, wantsColor } from './host.ts';
import { committedTrials } from './trial/committed-trials.ts';
import { trialReportOf } from './trial/report.ts';

export interface ClaimsOptions {
  /** The folder of the trials. */
  readonly trials: string;
  readonly json?: boolean;
}

/** The ledger, and the names of trials that have not been run. */
export function readClaims(folder: string): { entries: ClaimEntry[]; waiting: string[] } {
  const all = committedTrials(folder);
  const judged = all
    .filter(({ hasResults }) => hasResults)
    .map(({ file, places }) => {
      const { trial, results, analysis, changes } = trialReportOf(file, places);
      return { trial, results, analysis, changes };
    });
  return {
    entries: claimsLedger(judged),
    waiting: all.filter(({ hasResults }) => !hasResults).map(({ places }) => places.trial.name),
  };
}

/** @throws what committedTrials and trialReportOf do */
export function claims({ trials: folder, json }: ClaimsOptions, host: Host): void {
  const { entries, waiting } = readClaims(folder);
  if (json) {
    host.out.write(`${JSON.stringify({ claims: entries, not_run: waiting }, null, 2)}\n`);
    return;
  }
  const { bold, dim } = pc.createColors(wantsColor(host.out, host.env));
  const texts = entries.map(
    (entry) =>
      `${bold(entry.claim)}\n  ${entry.source}\n  ${bold(entry.verdict)} by trial ${entry.trial}, ${entry.seeds} seeds, ${entry.date}` +
      `${changeText(entry)}\n` +
      entry.comparisons
        .map((one) => `    ${one.name}: ${comparisonText(one)} ${dim(one.verdict)}\n`)
        .join(''),
  );
  if (texts.length === 0) texts.push(`No trial in ${folder} has results.\n`);
  if (waiting.length > 0) texts.push(`Not run yet: ${waiting.join(', ')}.\n`);
  host.out.write(texts.join('\n'));
}

function changeText({ changed_after_first_run, judged_as_registered }: ClaimEntry): string {
  if (changed_after_first_run === 0) return '';
  return judged_as_registered
    ? ', words by which nothing is judged changed after the first run'
    : ', what it is judged by changed after the first run';
}

/** For example: × 0.72 (0.61 to 0.86). */
export function comparisonText({ effect, scale, interval: [low, high] }: ClaimComparison): string {
  const bounds = {
    low: low ?? (scale === 'ratio' ? 0 : Number.NEGATIVE_INFINITY),
    high: high ?? Number.POSITIVE_INFINITY,
  };
  return `${effectLabel(effect ?? Number.NaN, scale)} (${intervalLabel(bounds, scale)})`;
}
