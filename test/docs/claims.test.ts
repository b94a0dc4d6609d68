import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { claimsPage } from '../../scripts/claims-page.mjs';
import { linksOf } from '../../scripts/markdown.mjs';
import { root } from '../../scripts/run.mjs';
import { comparisonText, readClaims } from '../../src/cli/claims.ts';
import { claimsLedger } from '../../src/trials/claims.ts';
import { simulatedReport } from '../trials/simulated-trial.ts';

const trials = join(root, 'trials');

test('docs/claims.md is what the committed results say (node scripts/docs-claims.mjs writes it anew)', () => {
  const ledger = existsSync(trials) ? readClaims(trials) : { entries: [], waiting: [] };
  const page = readFileSync(join(root, 'docs', 'claims.md'), 'utf8');
  expect(page).toBe(claimsPage(ledger, comparisonText));
});

test('each claim stands on the page with its verdict, its comparisons and the way to its report', () => {
  const { trial, results, analysis } = simulatedReport({ arms: { none: 900, 'decay 1': 120 }, seeds: 8 });
  const rule = { key: 'rule.level', there: '0.05', here: '0.1' };
  const entries = claimsLedger([{ trial, results, analysis, changes: [rule] }]);
  const page = claimsPage({ entries, waiting: ['parity'] }, comparisonText);
  expect(page).toContain(`| **${analysis.verdict}** | 8 | 2026-11-25 |`);
  for (const { name } of trial.rule.comparisons) expect(page).toContain(`| ${name} | `);
  expect(page).toContain('**Its file was changed after the first run');
  const source = { key: 'source', there: 'one', here: 'two' };
  const reworded = claimsLedger([{ trial, results, analysis, changes: [source] }]);
  expect(claimsPage({ entries: reworded, waiting: [] }, comparisonText)).toContain(
    'by which nothing is judged',
  );
  expect(page).toContain('not run yet: parity');
  expect(linksOf(page).map(({ target }) => target)).toContain('../trials/results/weight-decay/report.md');
});
