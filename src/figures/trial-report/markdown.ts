/** The report of a trial as Markdown: the words and tables of the HTML page, and links to its figures. */
import type { Block, ReportPart } from './report-part.ts';
import { reportParts } from './report-parts.ts';
import type { TrialReport } from './trial-report.ts';
import { verdictReason } from './verdict-words.ts';

/** The whole document; figures are links to `report.html` beside it. Equal reports give equal bytes. */
export function trialReportMarkdown(report: TrialReport): string {
  const { trial, analysis } = report;
  const parts = reportParts(report);
  const blocks = [
    ...parts.filter(({ anchor }) => anchor === 'pilot').flatMap(partLines),
    `# ${plainText(trial.question)}`,
    `**Claim:** ${plainText(trial.claim)}`,
    `Source: ${plainText(trial.source)}`,
    `**Verdict: ${analysis.verdict}.** ${plainText(verdictReason(trial.rule, analysis))}`,
    'The same with figures: [report.html](report.html).',
    ...parts.filter(({ anchor }) => anchor !== 'pilot').flatMap(partLines),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function partLines({ anchor, heading, blocks, warning }: ReportPart): string[] {
  const lines = [`## ${plainText(heading)}`, ...blocks.map((block) => blockText(block, anchor))];
  return warning === true ? [lines.join('\n\n').replace(/^/gm, '> ').replace(/^> $/gm, '>')] : lines;
}

function blockText(block: Block, anchor: string): string {
  switch (block.kind) {
    case 'text':
      return plainText(block.words);
    case 'list':
      return block.items.map((item) => `- ${plainText(item)}`).join('\n');
    case 'code':
      return `\`\`\`sh\n${block.text}\n\`\`\``;
    case 'folded':
      return `${plainText(block.summary)}:\n\n${blockText(block.block, anchor)}`;
    case 'figure':
      return block.markup === '' ? '' : `[${plainText(block.words)}](report.html#${anchor})`;
    case 'table': {
      const line = (cells: readonly string[]) =>
        `| ${cells.map((cell) => plainText(cell).replace(/\|/g, '\\|')).join(' | ')} |`;
      return [
        line(block.columns),
        `|${block.columns.map(() => '---').join('|')}|`,
        ...block.rows.map(line),
      ].join('\n');
    }
  }
}

/** Words in which nothing is taken for markup. */
function plainText(words: string): string {
  return words
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_[\]#]/g, '\\$&')
    .replace(/</g, '&lt;');
}
