// The tables of docs/trials-statistics.md from the rates of simulated trials.

/** @typedef {import('./settings.mjs').Setting & import('./rates.mjs').Rates & { false_verdicts: number }} Row */
/** @typedef {{ comparisons: number, any_false_verdict: number }} Several */
/** @typedef {{ shape: string, censored: number, truth: string } & Record<string, unknown>} Alone */

const BEGIN = '<!-- tables: node bench/trials/simulate.mjs -->';
const END = '<!-- end of tables -->';

/**
 * The page with its tables replaced.
 * @param {string} page
 * @param {{ settings: readonly Row[], several: readonly Several[], alone: readonly Alone[] }} results
 */
export function withTables(page, { settings, several, alone }) {
  const [before, after] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (before < 0 || after < before) throw new Error(`the page has no place for tables: ${BEGIN} … ${END}`);
  const times = table(
    settings.filter(({ kind }) => kind === 'time'),
    timeColumns,
  );
  const values = table(
    settings.filter(({ kind }) => kind === 'value'),
    valueColumns,
  );
  const many = table(several, {
    comparisons: ({ comparisons }) => String(comparisons),
    'any false verdict': ({ any_false_verdict }) => percent(any_false_verdict),
  });
  const either = table(alone, {
    times: ({ shape }) => (shape === 'Weibull 1' ? 'exponential' : shape),
    censored: ({ censored }) => percent(censored),
    truth: ({ truth }) => truth,
    'percentiles hold it': ({ percentiles }) => percent(Number(percentiles)),
    'studentised bootstrap': ({ studentised }) => percent(Number(studentised)),
    exchanges: ({ exchanges }) => percent(Number(exchanges)),
    'bootstrap refutes it': ({ studentised_refutes }) => percent(Number(studentised_refutes)),
    'exchanges refute it': ({ exchanges_refute }) => percent(Number(exchanges_refute)),
  });
  const tables = [
    ['Times.', times],
    ['Values (effects in standard deviations of the noise: minimal −0.5, large −1.5).', values],
    [
      'Restricted means by one standard alone, correlation 0.7: intervals at 95 %, and one-sided tests at 5 % of the true effect.',
      either,
    ],
    ['Several comparisons, half without an effect, half with exactly the minimal one.', many],
  ].flatMap(([title, lines]) => [title, '', lines, '']);
  return `${page.slice(0, before)}${BEGIN}\n\n${tables.join('\n')}${page.slice(after)}`;
}

/** @type {Record<string, (row: Row) => string>} */
const outcomes = {
  supported: ({ supported }) => percent(supported),
  contradicted: ({ contradicted }) => percent(contradicted),
  false: ({ false_verdicts, truth }) => (truth === 'large' ? '' : `**${percent(false_verdicts)}**`),
  'effect covered': ({ effect_covered }) => percent(effect_covered),
};

/** @type {Record<string, (row: Row) => string>} */
const rule = {
  test: ({ test, expect }) => (expect === 'same' ? `${test}, same` : test),
  truth: ({ truth }) => truth,
};

/** @type {Record<string, (row: Row) => string>} */
const timeColumns = {
  ...rule,
  times: ({ shape }) => (shape === 'Weibull 1' ? 'exponential' : shape),
  censored: ({ censored, early }) => `${percent(censored)}${early ? ' and before' : ''}`,
  correlation: ({ correlation }) => String(correlation),
  ...outcomes,
  difference: ({ difference_covered }) => percent(difference_covered),
  'hazard ratio': ({ hazard_ratio_covered }) => percent(hazard_ratio_covered),
  curve: ({ survival_covered }) => percent(survival_covered),
};

/** @type {Record<string, (row: Row) => string>} */
const valueColumns = {
  ...rule,
  noise: ({ shape, alone }) => (alone ? `${shape}, one arm against 0` : shape),
  ...outcomes,
};

/**
 * @template T
 * @param {readonly T[]} rows
 * @param {Record<string, (row: T) => string>} columns
 */
function table(rows, columns) {
  const lines = [Object.keys(columns), Object.keys(columns).map(() => '---')];
  for (const row of rows) lines.push(Object.values(columns).map((cell) => cell(row)));
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** @param {number | null} share */
function percent(share) {
  return share === null ? '' : `${(100 * share).toFixed(1).replace(/\.0$/, '')} %`;
}
