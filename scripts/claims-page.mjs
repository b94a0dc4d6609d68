// docs/claims.md as a function of the ledger: each claim, its trial, the verdict and every comparison behind it.

/**
 * What the page reads of an entry; src/trials/claims.ts has all of it.
 * @typedef {{ name: string, verdict: string, seeds: number, seeds_needed: number | null }} Comparison
 * @typedef {{
 *   claim: string, source: string, trial: string, question: string, verdict: string, seeds: number, date: string,
 *   changed_after_first_run: number, judged_as_registered: boolean,
 * }} Entry
 */

const opening = `# Claims

What the field says of grokking, put to trial: each claim was stated with its rule in a file before the first run, and judged
over paired seeds. *Supported* and *contradicted* are findings about the task and the networks of the trial, with the chance of a
false verdict bounded by its level; *undecided* says that its runs cannot tell. [trials.md](trials.md) teaches how to read the
reports and how to put another claim to trial.

This page is generated from the committed results in [trials/](../trials) by \`node scripts/docs-claims.mjs\`. \`grokscope claims\`
prints the same.
`;

/**
 * @template {Comparison} C
 * @param {{ entries: readonly (Entry & { comparisons: readonly C[] })[], waiting: readonly string[] }} ledger
 * @param {(comparison: C) => string} effect the words for an effect with its interval
 * @returns {string} Markdown
 */
export function claimsPage({ entries, waiting }, effect) {
  const parts = [entries.length > 0 ? opening : opening.replace('[trials/](../trials)', '`trials/`')];
  if (entries.length === 0) parts.push('No trial has results yet.');
  else {
    parts.push(
      table(
        ['claim', 'trial', 'verdict', 'seeds', 'first run'],
        entries.map(({ claim, trial, verdict, seeds, date }) => [
          plain(claim),
          `[${plain(trial)}](#${trial})`,
          `**${verdict}**`,
          String(seeds),
          date,
        ]),
      ),
    );
    for (const entry of entries) parts.push(...sectionOf(entry, effect));
  }
  if (waiting.length > 0) parts.push(`Stated and not run yet: ${waiting.map(plain).join(', ')}.`);
  return `${parts.map((part) => part.trim()).join('\n\n')}\n`;
}

/**
 * @template {Comparison} C
 * @param {Entry & { comparisons: readonly C[] }} entry
 * @param {(comparison: C) => string} effect
 */
function sectionOf(
  { trial, question, claim, source, verdict, changed_after_first_run, judged_as_registered, comparisons },
  effect,
) {
  const changed =
    changed_after_first_run > 0
      ? [
          judged_as_registered
            ? 'Words by which nothing is judged were changed after the first run; the report names them.'
            : '**Its file was changed after the first run; the report names each change.**',
        ]
      : [];
  return [
    `## ${trial}`,
    `${plain(question)} ${plain(claim)} (${plain(source)})`,
    `**Verdict: ${verdict}.** [The trial](../trials/${trial}.yaml), [its report](../trials/results/${trial}/report.md).`,
    ...changed,
    table(
      ['comparison', 'effect with interval', 'seeds', 'verdict', 'seeds needed'],
      comparisons.map((one) => [
        plain(one.name),
        effect(one),
        String(one.seeds),
        one.verdict,
        one.seeds_needed === null ? '–' : String(one.seeds_needed),
      ]),
    ),
  ];
}

/** @param {string} words in which nothing shall be taken for markup */
function plain(words) {
  return words
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_[\]#|]/g, '\\$&')
    .replace(/</g, '&lt;');
}

/**
 * @param {readonly string[]} columns
 * @param {readonly (readonly string[])[]} rows
 */
function table(columns, rows) {
  const line = (/** @type {readonly string[]} */ cells) => `| ${cells.join(' | ')} |`;
  return [line(columns), `|${columns.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}
