/** The rows of a run as columns of numbers that grow, so that a chart of 10⁵ points is not gathered anew at every row. */

import type { MetricsRow } from 'grokscope';

/** One column for one split: equally long arrays, ascending by step. */
export interface Series {
  readonly steps: readonly number[];
  readonly values: readonly number[];
}

interface GrowingSeries {
  readonly steps: number[];
  readonly values: number[];
}

/** Columns by split and name. Rows come in ascending order of step; of two for the same step and split the later counts. */
export class SeriesTable {
  readonly #series = new Map<string, GrowingSeries>();

  append(rows: readonly MetricsRow[]): void {
    for (const { step, split, values } of rows) {
      for (const [column, value] of Object.entries(values)) {
        if (value === undefined) continue;
        const { steps, values: known } = this.#of(split, column);
        if (steps.at(-1) === step) known[known.length - 1] = value;
        else {
          steps.push(step);
          known.push(value);
        }
      }
    }
  }

  /** The same object at every call; empty until the first value comes. */
  get(split: string, column: string): Series {
    return this.#of(split, column);
  }

  #of(split: string, column: string): GrowingSeries {
    const key = `${split} ${column}`;
    let series = this.#series.get(key);
    if (series === undefined) {
      series = { steps: [], values: [] };
      this.#series.set(key, series);
    }
    return series;
  }
}

/** The value at the latest step at or before `step`; undefined before the first. */
export function valueAt({ steps, values }: Series, step: number): number | undefined {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle] as number) <= step) low = middle + 1;
    else high = middle;
  }
  return values[low - 1];
}
