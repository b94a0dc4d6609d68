// docs/reproductions.md and its figures, made from the recorded results and from nothing else.

import { figureFile, figureOf } from './figure.mjs';
import { reproductions } from './reproductions.mjs';
import { grouped, judgeAll, medianOf, nameOf } from './verdict.mjs';

/** @typedef {import('./record.mjs').ReproductionRecord} ReproductionRecord */
/** @typedef {import('./reproductions.mjs').Reproduction} Reproduction */
/** @typedef {import('./verdict.mjs').Finding} Finding */
/** @typedef {typeof import('../../src/figures/line-chart.ts').lineChart} LineChartFunction */

/** Enough of a SHA-256 to compare by eye; the whole is in the JSON. */
const SHOWN_DIGITS = 16;

/**
 * Every file of the document, by its path below docs/.
 * @param {readonly ReproductionRecord[]} records
 * @param {LineChartFunction} lineChart
 * @returns {Map<string, string>}
 */
export function documentFiles(records, lineChart) {
  const present = reproductions.flatMap((reproduction) => {
    const record = records.find(({ id }) => id === reproduction.id);
    return record ? [{ reproduction, record, ...judgeAll(reproduction, record.runs) }] : [];
  });
  /** @type {Map<string, string>} */
  const files = new Map();
  for (const { reproduction, record } of present) {
    const figure = figureOf(reproduction, record, lineChart);
    if (figure !== undefined) files.set(figureFile(reproduction), figure);
  }
  const rows = present.map(({ reproduction, record, reproduced }) => [
    `[${reproduction.id}](#${reproduction.id.toLowerCase()})`,
    reproduction.title,
    String(record.runs.length),
    verdictWord(reproduced),
  ]);
  const sections = [
    opening,
    table(['', 'claim', 'runs', 'verdict'], rows),
    ...present.map(({ reproduction, record, findings, reproduced }) =>
      section(reproduction, record, findings, reproduced),
    ),
  ];
  files.set('reproductions.md', `${sections.join('\n\n')}\n`);
  return files;
}

const opening = `# Reproductions

Published results, and whether this implementation shows them. What was expected was written down before the runs and stands in
\`bench/reproduce/reproductions.mjs\`; a verdict is never tuned. A run that does not reach something within its steps is
*censored*: it counts as later than all others and is never dropped.

\`npm run reproduce R1\` (or R2, R5, P53; \`--seeds 10\` for more seeds) runs one again and says whether your machine got the same
bits. This page and its figures are made by that command from the JSON files in \`bench/results/reproductions/\`, which hold
every evaluation; \`npm run reproduce document\` only makes them again.`;

/**
 * @param {Reproduction} reproduction
 * @param {ReproductionRecord} record
 * @param {Finding[]} findings
 * @param {boolean} reproduced
 */
function section(reproduction, record, findings, reproduced) {
  const { id, title, about, source, config, overrides } = reproduction;
  const { machine, runs } = record;
  const changed = overrides.length === 0 ? '' : ` with ${overrides.map((text) => `\`${text}\``).join(' ')}`;
  const seconds = medianOf(runs.map(({ cpu_seconds }) => cpu_seconds));
  const figure = reproduction.curves
    ? [`![Accuracies of ${id}, one curve per seed](${figureFile(reproduction)})`]
    : [];
  return [
    `## ${id}`,
    `**${title}.** ${about}`,
    `Source: ${source}. Configuration: [${config}](../${config})${changed}.`,
    table(
      ['expected', `seen: ${runsInWords(reproduction, record)}`, ''],
      findings.map((finding) => [finding.expected, seenInWords(finding), judgement(finding)]),
    ),
    `Verdict: **${verdictWord(reproduced)}**.`,
    ...figure,
    `Ran on ${record.date}: grokscope ${record.version}, numeric version ${record.numeric_version}, ${record.kernels} kernels, ` +
      `Node ${machine.node}, ${machine.cpu}, one thread; ${seconds.toFixed(1)} s of processor time a run in the median.`,
    table(
      ['run', 'steps', 'SHA-256 of the final parameters'],
      runs.map((run) => [
        nameOf(run),
        grouped(run.steps),
        `\`${run.parameters_sha256.slice(0, SHOWN_DIGITS)}…\``,
      ]),
    ),
  ].join('\n\n');
}

/** @param {boolean} reproduced */
export function verdictWord(reproduced) {
  return reproduced ? 'reproduced' : 'not reproduced';
}

/** @param {Finding} finding */
export function judgement({ met }) {
  if (met === undefined) return 'for comparison';
  return met ? 'as expected' : 'not as expected';
}

/** @param {Finding} finding */
export function seenInWords({ seen, median }) {
  const [first] = seen;
  const values =
    seen.length > 1 && seen.every((value) => value === first) ? `${first} in all` : seen.join(' · ');
  return median === undefined ? values : `${values}; median ${median}`;
}

/**
 * @param {Reproduction} reproduction
 * @param {ReproductionRecord} record
 */
export function runsInWords({ cases }, { runs }) {
  const seeds = [...new Set(runs.map(({ seed }) => seed))].join(', ');
  const names = cases.map(({ name }) => name).filter((name) => name !== '');
  return `${names.length === 0 ? '' : `${names.join(', ')} with `}seeds ${seeds}`;
}

/**
 * @param {string[]} head
 * @param {string[][]} rows
 */
function table(head, rows) {
  const line = (/** @type {string[]} */ cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
