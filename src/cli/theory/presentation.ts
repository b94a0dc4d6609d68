/** Shows what a theory command found: its numbers on the terminal, figures and data in a folder. */

import { svgToPng } from '../../figures/png.ts';
import { formatNumber } from '../../runs/index.ts';
import { CommandFailure } from '../failure.ts';
import type { Host } from '../host.ts';
import { quoted } from '../quoted.ts';
import { tableText } from './number-table.ts';
import { openOutputFolder } from './output-folder.ts';
import type { CsvData, TheoryReport } from './report.ts';

export interface PresentationOptions {
  readonly out: string;
  readonly png?: boolean;
  readonly json?: boolean;
}

/** @throws UsageError, RunError; CommandFailure when PNG cannot be made on this machine (the other files are there then) */
export async function presentReport(
  name: string,
  report: TheoryReport,
  { out, png = false, json = false }: PresentationOptions,
  host: Host,
): Promise<void> {
  const figures = [...report.figures].map(([stem, svg]) => ({ stem, svg }));
  const names = [
    ...figures.map(({ stem }) => `${stem}.svg`),
    ...[...report.data.keys()].map((stem) => `${stem}.csv`),
    ...(png ? figures.map(({ stem }) => `${stem}.png`) : []),
  ];
  const command = ['grokscope', ...host.words.map(quoted)].join(' ');
  const folder = openOutputFolder(out, names, command);
  const written: string[] = [];
  for (const { stem, svg } of figures) written.push(folder.write(`${stem}.svg`, svg));
  for (const [stem, data] of report.data) written.push(folder.write(`${stem}.csv`, csvText(data)));
  host.out.write(json ? jsonText(name, report, written) : peopleText(report, written));
  if (!png) return;
  for (const { stem, svg } of figures) {
    const path = folder.write(`${stem}.png`, await asPng(svg));
    if (!json) host.out.write(`${path}\n`);
  }
}

function peopleText({ tables, remarks = [] }: TheoryReport, written: readonly string[]): string {
  const parts = [...tables.map(tableText), ...remarks, written.join('\n')];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function jsonText(
  name: string,
  { tables, remarks = [], json }: TheoryReport,
  files: readonly string[],
): string {
  const named = tables.map(({ title, columns, rows }) => ({
    title,
    rows: rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i]]))),
  }));
  return `${JSON.stringify({ theory: name, ...(json ?? { tables: named }), remarks, files }, null, 2)}\n`;
}

function csvText({ columns, rows }: CsvData): string {
  const lines = [columns.join(',')];
  for (const row of rows)
    lines.push(row.map((cell) => (typeof cell === 'number' ? formatNumber(cell) : cell)).join(','));
  return `${lines.join('\n')}\n`;
}

async function asPng(svg: string): Promise<Uint8Array> {
  try {
    return await svgToPng(svg);
  } catch (error) {
    throw new CommandFailure(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
