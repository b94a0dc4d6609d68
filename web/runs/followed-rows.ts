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

  /** @param file what messages call it */
  constructor(file: string) {
    this.#file = file;
  }

  /**
   * The rows that are new, ascending by step.
   * @param text whole lines
   * @param from byte of the file at which they begin
   * @throws Error (RunError) naming line and column where a line is not what it should be
   */
  take(text: string, from: number): MetricsRow[] {
    if (text === '') return [];
    if (from === 0) this.#header = text.slice(0, text.indexOf('\n') + 1);
    const { rows } = readMetrics(from === 0 ? text : this.#header + text, {
      file: this.#file,
      needed: ['loss', 'accuracy'],
    });
    const known = this.#lastStep;
    const fresh = rows.filter(({ step }) => step > known);
    this.#lastStep = fresh.reduce((last, { step }) => Math.max(last, step), known);
    return fresh;
  }
}
