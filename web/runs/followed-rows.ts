/** The rows of a metrics.csv that comes in parts, each row once. */

import type { MetricsRow } from 'grokscope';
import { readMetrics } from '../../src/runs/metrics-reader.ts';

/**
 * Rows of one run. When its file was written anew (a column came at the right, or a resumed run took rows back), it comes
 * again from its beginning; rows are a function of the run, so those of steps that are known are known already.
 */
export class FollowedRows {
  readonly #file: string;
  #header = '';
  #lastStep = -1;
  /** Of the rows of that step. */
  #lastSplits = new Set<string>();

  /** @param file what messages call it */
  constructor(file: string) {
    this.#file = file;
  }

  /**
   * The rows that are new, ascending by step; where a line is not what it should be, those before it, and the fault. Lines that
   * go back to earlier steps, as where two files were put together, are left out, and `goesBack` says so.
   * @param text whole lines
   * @param from byte of the file at which they begin
   */
  take(text: string, from: number): { rows: MetricsRow[]; fault?: Error; goesBack: boolean } {
    if (text === '') return { rows: [], goesBack: false };
    if (from === 0) this.#header = text.slice(0, text.indexOf('\n') + 1);
    const whole = from === 0 ? text : this.#header + text;
    const { rows, fault } = this.#read(whole);
    const goesBack = rows.some(({ step }, i) => step < (rows[i - 1]?.step ?? 0));
    return { rows: rows.filter((row) => this.#isNew(row)), fault, goesBack };
  }

  #isNew({ step, split }: MetricsRow): boolean {
    if (step < this.#lastStep || (step === this.#lastStep && this.#lastSplits.has(split))) return false;
    if (step > this.#lastStep) this.#lastSplits = new Set();
    this.#lastStep = step;
    this.#lastSplits.add(split);
    return true;
  }

  #read(text: string): { rows: readonly MetricsRow[]; fault?: Error } {
    const read = (part: string) => readMetrics(part, { file: this.#file, needed: ['loss', 'accuracy'] }).rows;
    try {
      return { rows: read(text) };
    } catch (error) {
      const fault = error instanceof Error ? error : new Error(String(error));
      return { rows: longestReadable(text, read), fault };
    }
  }
}

/** The rows of as many lines from the first as can be read; with a line that cannot, no longer part can either. */
function longestReadable(text: string, read: (part: string) => readonly MetricsRow[]): readonly MetricsRow[] {
  const lines = text.split('\n');
  let rows: readonly MetricsRow[] = [];
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    try {
      rows = read(`${lines.slice(0, middle).join('\n')}\n`);
      low = middle + 1;
    } catch {
      high = middle;
    }
  }
  return rows;
}
