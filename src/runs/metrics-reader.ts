/** Reads metrics from any program: one row per step and split (long), or train_loss, val_accuracy, … (wide). */

import { parseNumber, splitCells, splitLines } from './csv.ts';
import type { MetricsRow } from './metrics-table.ts';
import { RunError } from './run-error.ts';

/** The rows of a metrics file, and the columns it has. */
export interface MetricsTable {
  /** The columns of values, in the file's order: without step and split, and without the split of wide names. */
  readonly columns: readonly string[];
  /** In the file's order. Cells that are empty or not numbers are absent from `values`. */
  readonly rows: readonly MetricsRow[];
  /** What a person should know about the reading, such as a torn last line that was left out. */
  readonly notices: readonly string[];
}

/** Where a text comes from, and what it must hold. */
export interface ReadingOptions {
  /** How messages call the file. */
  readonly file: string;
  /** Columns that must be there and hold numbers or nothing, such as ['loss', 'accuracy']. */
  readonly needed?: readonly string[];
}

/** Where a column of the file goes: which value, and of which split (undefined: of every split of the line). */
interface Target {
  readonly index: number;
  readonly name: string;
  readonly value: string;
  readonly split: string | undefined;
}

const wideName = /^(train|val|validation|test)_(.+)$/;
const longForm = 'step,split,loss,accuracy';
const wideForm = 'step,train_loss,train_accuracy,val_loss,val_accuracy';

function badMetrics(where: string, problem: string, hint: string): RunError {
  return new RunError('bad-metrics', `${where}: ${problem}`, hint);
}

class Header {
  readonly names: readonly string[];
  readonly step: number;
  /** Position of the split column, −1 in the wide form. */
  readonly split: number;
  readonly targets: readonly Target[];

  constructor(line: string, { file, needed = [] }: ReadingOptions) {
    this.names = splitCells(line).map((name) => name.trim());
    this.step = this.names.indexOf('step');
    this.split = this.names.indexOf('split');
    const repeated = this.names.find((name, index) => name !== '' && this.names.indexOf(name) !== index);
    if (repeated !== undefined) {
      throw badMetrics(`${file}:1`, `column '${repeated}' is there twice`, 'give each column its own name');
    }
    const wide = this.split === -1;
    this.targets = this.names.flatMap((name, index) => {
      if (name === '' || index === this.step || index === this.split) return [];
      const match = wide ? wideName.exec(name) : null;
      const split = match?.[1] === 'validation' ? 'val' : match?.[1];
      return [{ index, name, value: match ? match[2] : name, split }];
    });
    const missing = [
      ...(this.step === -1 ? ['step'] : []),
      ...(wide && this.targets.every(({ split }) => split === undefined) ? ['split'] : []),
      ...needed.filter(
        (name) => !this.targets.some((target) => target.value === name && (!wide || target.split)),
      ),
    ];
    if (missing.length > 0) {
      throw badMetrics(
        `${file}:1`,
        `needs the column${missing.length > 1 ? 's' : ''} ${missing.join(', ')}, has ${this.names.join(', ')}`,
        `write metrics as ${longForm},… or ${wideForm},…`,
      );
    }
  }

  /** The rows of one line, one per split that has a value in it. */
  rowsOf(cells: readonly string[], where: string, needed: readonly string[]): MetricsRow[] {
    if (cells.length !== this.names.length) {
      throw badMetrics(
        where,
        `${cells.length} cells under ${this.names.length} columns`,
        'give each line as many cells as the header has',
      );
    }
    const step = parseNumber(cells[this.step]);
    if (step === undefined || !Number.isSafeInteger(step) || step < 0) {
      const problem = `column 'step' holds '${cells[this.step]}'`;
      throw badMetrics(where, problem, 'expected a whole number ≥ 0');
    }
    const found: (Target & { number: number })[] = [];
    for (const target of this.targets) {
      const cell = cells[target.index];
      const number = parseNumber(cell);
      if (number !== undefined) {
        found.push({ ...target, number });
      } else if (cell.trim() !== '' && needed.includes(target.value)) {
        const problem = `column '${target.name}' holds '${cell}'`;
        throw badMetrics(where, problem, 'expected a number, nan, inf, -inf or nothing');
      }
    }
    const valuesOf = (split: string | undefined) =>
      Object.fromEntries(
        found
          .filter((target) => target.split === undefined || target.split === split)
          .map(({ value, number }) => [value, number]),
      );
    if (this.split !== -1) {
      const split = cells[this.split].trim();
      if (split === '') throw badMetrics(where, `column 'split' is empty`, 'expected train, val or test');
      return [{ step, split, values: valuesOf(undefined) }];
    }
    const splits = new Set(found.flatMap(({ split }) => (split === undefined ? [] : [split])));
    return [...splits].map((split) => ({ step, split, values: valuesOf(split) }));
  }
}

/**
 * Long form: step and split, other columns in any order. Wide form: step and columns named after a split. A last
 * line without a line feed is read when it is whole and left out, with a notice, when it is torn.
 * @throws RunError with file, line and column when a needed column is missing or a cell is not what it should be.
 */
export function readMetrics(text: string, options: ReadingOptions): MetricsTable {
  const { file, needed = [] } = options;
  const { lines, tail } = splitLines(text);
  const [first = tail, ...body] = lines;
  const last = lines.length === 0 ? '' : tail;
  if (first.trim() === '') {
    throw badMetrics(`${file}:1`, 'there is no header', `begin it with ${longForm} or ${wideForm}`);
  }
  const header = new Header(first, options);
  const rowsOf = (line: string, index: number) =>
    line.trim() === '' ? [] : header.rowsOf(splitCells(line), `${file}:${index + 2}`, needed);
  const rows = body.flatMap(rowsOf);
  const notices: string[] = [];
  if (last.trim() !== '') {
    const where = `${file}:${body.length + 2}: the last line has no line feed`;
    try {
      rows.push(...rowsOf(last, body.length));
      notices.push(`${where} and was read as if whole`);
    } catch (error) {
      if (!(error instanceof RunError)) throw error;
      notices.push(`${where}, is torn, and was left out`);
    }
  }
  return { columns: [...new Set(header.targets.map(({ value }) => value))], rows, notices };
}
