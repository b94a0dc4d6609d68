// The report of a reproduction on the terminal: expected, seen, verdict.

import { judgement, runsInWords, seenInWords, verdictWord } from './document.mjs';
import { judgeAll } from './verdict.mjs';

/**
 * @param {import('./reproductions.mjs').Reproduction} reproduction
 * @param {import('./record.mjs').ReproductionRecord} record
 * @param {string | undefined} bits what `sameBits` says
 */
export function reportOf(reproduction, record, bits) {
  const { findings, reproduced } = judgeAll(reproduction, record.runs);
  const lines = findings.flatMap((finding) => [
    `  expected  ${finding.expected}`,
    `  seen      ${seenInWords(finding)}  (${judgement(finding)})`,
    '',
  ]);
  const seeds = new Set(record.runs.map(({ seed }) => seed)).size;
  const fewer =
    seeds < reproduction.seeds ? `, on ${seeds} of the ${reproduction.seeds} seeds it asks for` : '';
  return [
    `${reproduction.id}: ${runsInWords(reproduction, record)}`,
    '',
    ...lines,
    ...(bits === undefined ? [] : [`  ${bits}`, '']),
    `${reproduction.id} ${verdictWord(reproduced)}${fewer}`,
  ].join('\n');
}
