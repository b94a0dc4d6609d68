/** The report of a trial as one HTML page that needs no other file, runs no script and follows the reader's choice of light or dark. */
import { type Paper, palette } from '../palette.ts';
import { page } from '../report/page.ts';
import { escaped } from '../svg.ts';
import { verdictColors } from './forest-plot.ts';
import type { Block, ReportPart } from './report-part.ts';
import { reportParts } from './report-parts.ts';
import { thumbnailStyles } from './run-thumbnails.ts';
import { armStyles, type TrialReport } from './trial-report.ts';
import { verdictReason } from './verdict-words.ts';

const used = ['train', 'val', 'grokked', 'muted'] as const;
const armColors = ['arm1', 'arm2', 'arm3', 'arm4', 'arm5', 'arm6', 'arm7', 'arm8'] as const;

function colors(paper: Paper): string {
  return [...used, ...armColors].map((name) => `--gs-${name}:${palette[paper][name]}`).join(';');
}

/** The red of warnings, contrast above 4.5 on either paper. */
const red = { light: '#b3001b', dark: '#ff7a85' } as const;

const styles = `
:root{${colors('light')};--red:${red.light}}
@media (prefers-color-scheme:dark){:root{${colors('dark')};--red:${red.dark}}}
h3{font-size:1rem;margin:1rem 0 .25rem}
ul{max-width:44rem;margin:.5rem 0;padding-left:1.25rem}
li{margin:.25rem 0;overflow-wrap:anywhere}
p{overflow-wrap:anywhere}
.verdict{font-size:1.15rem;margin:1rem 0;padding:.75rem 1rem;border:1px solid var(--grid);border-left:6px solid currentColor;max-width:44rem}
.verdict b{font-size:1.4rem;display:block}
.verdict span{color:var(--ink);font-size:1rem}
${Object.entries(verdictColors)
  .map(([verdict, color]) => `.${verdict}{color:var(--gs-${color})}`)
  .join('\n')}
.warning{color:var(--red);border:2px solid var(--red);padding:0 1rem .5rem;margin:1.5rem 0;max-width:46rem}
.warning h2{margin-top:.75rem;border:0}
.chip{display:inline-block;width:.75em;height:.75em;margin-right:.45em;border-radius:2px}
${armColors.map((name, i) => `.c${i + 1}{background:var(--gs-${name})}`).join('\n')}
td,.data th{padding-right:1rem}
.data{font-size:.92rem}
.data td.words{white-space:normal;min-width:11rem}
.data thead th{vertical-align:bottom;max-width:9rem}
.data tbody th{min-width:9rem}
summary{cursor:pointer;margin:.75rem 0}
.scroll{overflow-x:auto}
@media screen and (max-width:640px){
.data thead{display:none}
.data,.data tbody,.data tr,.data td,.data tbody th{display:block}
.data tr{border-bottom:1px solid var(--grid);padding:.4rem 0}
.data td,.data tbody th{border:0;padding:.05rem 0;white-space:normal}
.data tbody th{font-weight:600}
.data td::before{content:attr(data-label) ": ";color:var(--muted)}
.data td.words,.data tbody th{min-width:0}
}
${thumbnailStyles}`;

/** The whole document. Equal reports give equal bytes. */
export function trialReportHtml(report: TrialReport): string {
  const { trial, analysis } = report;
  const parts = reportParts(report);
  const section = (part: ReportPart) => sectionOf(report, part);
  return page(
    `${trial.name} – trial – grokscope`,
    [
      ...parts.filter(({ anchor }) => anchor === 'pilot').map(section),
      '<header>',
      `<h1>${escaped(trial.question)}</h1>`,
      `<p><b>Claim:</b> ${escaped(trial.claim)}</p>`,
      `<p class="muted">Source: ${escaped(trial.source)}</p>`,
      `<div class="verdict ${analysis.verdict}"><b>${capital(analysis.verdict)}</b><span>${escaped(verdictReason(trial.rule, analysis))}</span></div>`,
      '</header>',
      ...parts.filter(({ anchor }) => anchor !== 'pilot').map(section),
    ],
    styles,
  );
}

function sectionOf(report: TrialReport, { anchor, heading, blocks, warning }: ReportPart): string {
  const content = blocks.map((block) => blockMarkup(report, block)).filter((markup) => markup !== '');
  const attributes = `id="${anchor}"${warning === true ? ' class="warning"' : ''}`;
  return `<section ${attributes}>\n<h2>${escaped(heading)}</h2>\n${content.join('\n')}\n</section>`;
}

function blockMarkup(report: TrialReport, block: Block): string {
  switch (block.kind) {
    case 'text':
      return `<p>${escaped(block.words)}</p>`;
    case 'list':
      if (block.items.length === 0) return '';
      return `<ul>\n${block.items.map((item) => `<li>${escaped(item)}</li>`).join('\n')}\n</ul>`;
    case 'code':
      return `<pre><code>${escaped(block.text)}</code></pre>`;
    case 'folded':
      return `<details>\n<summary>${escaped(block.summary)}</summary>\n${blockMarkup(report, block.block)}\n</details>`;
    case 'figure':
      return block.markup;
    case 'table':
      return tableMarkup(report, block.columns, block.rows);
  }
}

/** Cells longer than this are sentences and may be broken into lines. */
const LONG = 24;

/** On phones each row is a card and each cell says what it is. */
function tableMarkup(
  { trial }: TrialReport,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const arms = [...armStyles(trial).keys()];
  const cell = (content: string, column: number) => {
    const arm = columns[column] === 'arm' ? arms.indexOf(content) : -1;
    const chip = arm < 0 ? '' : `<span class="chip c${(arm % armColors.length) + 1}"></span>`;
    const shown =
      columns[column] === 'verdict' ? `<b class="${content}">${content}</b>` : chip + escaped(content);
    if (column === 0) return `<th scope="row">${shown}</th>`;
    const words = content.length > LONG ? ' class="words"' : '';
    return `<td data-label="${escaped(columns[column])}"${words}>${shown}</td>`;
  };
  const head = columns.map((column) => `<th scope="col">${escaped(column)}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('\n');
  return `<div class="scroll"><table class="data">\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body}\n</tbody>\n</table></div>`;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
