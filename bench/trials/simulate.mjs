// `node bench/trials/simulate.mjs [trials]`: how often the verdicts of trials are false and their intervals miss, from simulated
// trials with known truth (2,000 a setting unless told; a quarter of an hour on one core). Writes
// bench/results/trials/rates.json and the tables of docs/trials-statistics.md. Needs a build.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/run.mjs';
import { loadJudge, loadStandards } from '../grokscope.mjs';
import { readableJson } from '../readable-json.mjs';
import { alternativeSettings, alternatives } from './alternatives.mjs';
import { anyFalseVerdict, falseVerdicts, ratesOf } from './rates.mjs';
import { LEVEL, PAIRS, settings } from './settings.mjs';
import { withTables } from './tables.mjs';

const trials = Number(process.argv[2] ?? 2000);
const judge = await loadJudge();
const standards = { ...judge, ...(await loadStandards()) };

const rows = settings.map((setting) => {
  const rates = ratesOf(setting, trials, judge);
  const row = { ...setting, ...rates, false_verdicts: falseVerdicts(setting, rates) };
  console.log(
    Object.values(setting).join(' '),
    `false ${row.false_verdicts}, covered ${rates.effect_covered}`,
  );
  return row;
});
const several = [1, 2, 4, 8].map((comparisons) => {
  const any_false_verdict = anyFalseVerdict(comparisons, trials, judge);
  console.log(`${comparisons} comparisons: any false ${any_false_verdict}`);
  return { comparisons, trials, any_false_verdict };
});

const alone = alternativeSettings.map((setting) => alternatives(setting, trials, standards));

const results = { level: LEVEL, pairs: PAIRS, settings: rows, several, alone };
writeFileSync(join(root, 'bench/results/trials/rates.json'), readableJson(results));
const page = join(root, 'docs/trials-statistics.md');
writeFileSync(page, withTables(readFileSync(page, 'utf8'), results));
