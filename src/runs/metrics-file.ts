/** metrics.csv on the disk: while a run writes it, it is a function of the rows appended so far, and of nothing else. */

import { AppendFile } from './append-file.ts';
import { writeAtomically } from './atomic-file.ts';
import { type FileSystem, nodeFileSystem } from './file-system.ts';
import { type MetricsTable, readMetrics } from './metrics-reader.ts';
import { columnsWith, fixedColumns, formatRow, type MetricsRow, widened } from './metrics-table.ts';
import { explained, RunError } from './run-error.ts';
import { readWholeLines } from './through-step.ts';

/**
 * Reads a metrics file of any program (readMetrics).
 * @throws RunError also when the file is missing or a folder.
 */
export function readMetricsFile(
  path: string,
  needed: readonly string[] = [],
  disk: FileSystem = nodeFileSystem,
): MetricsTable {
  const bytes = explained('reading it', path, () => disk.read(path));
  return readMetrics(new TextDecoder().decode(bytes), { file: path, needed });
}

export class MetricsFile {
  readonly path: string;
  readonly #disk: FileSystem;
  #file: AppendFile;
  #columns: readonly string[];
  #rows = 0;
  #lastStep = -1;
  #splitsOfLastStep: readonly string[] = [];

  /** Opens the file, repairing a torn last line, or creates it with the header `step,split,loss,accuracy`. */
  constructor(path: string, disk: FileSystem = nodeFileSystem) {
    this.path = path;
    this.#disk = disk;
    this.#file = new AppendFile(path, disk);
    try {
      if (this.#file.length === 0) this.#file.append(`${fixedColumns.join(',')}\n`);
      const [header, ...lines] = readWholeLines(path, disk).split('\n').slice(0, -1);
      this.#columns = header.split(',');
      if (fixedColumns.some((name, index) => this.#columns[index] !== name)) {
        throw new RunError(
          'damaged',
          `${path}:1: the header is '${header}', expected ${fixedColumns.join(',')},…`,
          'correct the header, or train again with --overwrite',
        );
      }
      for (const line of lines) {
        const [step, split] = line.split(',');
        this.#count(Number(step), split);
      }
    } catch (error) {
      this.#file.close();
      throw error;
    }
  }

  /** Number of rows in the file. */
  get rows(): number {
    return this.#rows;
  }

  /**
   * Appends rows in one write, steps ascending and one row per split; a value under a new name makes a new column
   * at the right. When that fails the file is as it was.
   * @throws RunError
   */
  append(rows: readonly MetricsRow[]): void {
    this.#refuseRepeats(rows);
    const columns = columnsWith(this.#columns, rows);
    const lines = rows.map((row) => formatRow(columns, row)).join('');
    if (columns === this.#columns) {
      this.#file.append(lines);
    } else {
      const text = widened(readWholeLines(this.path, this.#disk), this.#columns, columns) + lines;
      this.#replace(text);
      this.#columns = columns;
    }
    for (const { step, split } of rows) this.#count(step, split);
  }

  /** Returns once all rows are on the disk. */
  sync(): void {
    this.#file.sync();
  }

  close(): void {
    this.#file.close();
  }

  /** Closed first, because not every system renames over an open file. */
  #replace(text: string): void {
    this.#file.close();
    try {
      writeAtomically(this.path, text, this.#disk);
    } finally {
      this.#file = new AppendFile(this.path, this.#disk);
    }
  }

  #refuseRepeats(rows: readonly MetricsRow[]): void {
    let lastStep = this.#lastStep;
    let splits = [...this.#splitsOfLastStep];
    for (const { step, split } of rows) {
      if (step < lastStep || (step === lastStep && splits.includes(split))) {
        throw new Error(`internal: a row for step ${step}, split ${split} after step ${lastStep}, ${splits}`);
      }
      if (step > lastStep) splits = [];
      lastStep = step;
      splits.push(split);
    }
  }

  #count(step: number, split: string): void {
    this.#splitsOfLastStep = step === this.#lastStep ? [...this.#splitsOfLastStep, split] : [split];
    this.#lastStep = step;
    this.#rows += 1;
  }
}
