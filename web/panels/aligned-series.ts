/** Several growing series on one axis of steps, as a chart wants them, without reading again what was read before. */

import type { Series } from '../run/series.ts';

/** `null` interrupts a curve (a value that is not finite), `undefined` does not (nothing was measured at this step). */
export type DrawnValue = number | null | undefined;

export class AlignedSeries {
  readonly #series: readonly Series[];
  readonly #starts: readonly number[];
  readonly #read: number[];
  #steps: number[] = [];
  #columns: DrawnValue[][];

  /** @param starts by series, the place from which it is read */
  constructor(series: readonly Series[], starts: readonly number[] = series.map(() => 0)) {
    this.#series = series;
    this.#starts = starts;
    this.#read = [...starts];
    this.#columns = series.map(() => []);
  }

  /** Takes in what the series have gained; the same arrays, grown. Steps ascend, each once. */
  update(): { steps: readonly number[]; columns: readonly (readonly DrawnValue[])[] } {
    // A series that was behind the others and now fills in earlier steps: rare, so all is read again.
    if (this.#series.some(({ steps }, i) => steps[this.#read[i]] <= (this.#steps.at(-1) ?? -1))) {
      this.#steps = [];
      this.#columns = this.#series.map(() => []);
      for (const [i, start] of this.#starts.entries()) this.#read[i] = start;
    }
    for (;;) {
      let next = Number.POSITIVE_INFINITY;
      for (const [i, { steps }] of this.#series.entries()) {
        if (this.#read[i] < steps.length) next = Math.min(next, steps[this.#read[i]]);
      }
      if (next === Number.POSITIVE_INFINITY) return { steps: this.#steps, columns: this.#columns };
      this.#steps.push(next);
      for (const [i, { steps, values }] of this.#series.entries()) {
        const at = this.#read[i];
        if (at < steps.length && steps[at] === next) {
          this.#columns[i].push(Number.isFinite(values[at]) ? values[at] : null);
          this.#read[i]++;
        } else this.#columns[i].push(undefined);
      }
    }
  }
}
