/** Which moments of a run are kept: all at first, then every second evaluation, every fourth, … so that memory stays bounded. */

import type { Moment } from './moment.ts';

/** Evaluations from one kept moment to the next, once `evaluations` have been made and at most `most` are to be kept: a power of 2. */
export function strideOf(evaluations: number, most: number): number {
  let stride = 1;
  while (evaluations > most * stride) stride *= 2;
  return stride;
}

/** Bytes of its arrays. */
export function sizeOf({ predictions, embeddings = [], spectrum }: Moment): number {
  const tables = embeddings.reduce((sum, { values }) => sum + values.byteLength, 0);
  return tables + (predictions?.byteLength ?? 0) + (spectrum?.power.byteLength ?? 0);
}

const MOST_MOMENTS = 200;
/** Of one run: pages on telephones are ended when they take some hundred megabytes. */
const MOST_BYTES = 64e6;
const FEWEST_MOMENTS = 20;

/** How many moments as large as this one may be kept. */
export function mostMoments(moment: Moment): number {
  const affordable = Math.floor(MOST_BYTES / Math.max(1, sizeOf(moment)));
  return Math.max(FEWEST_MOMENTS, Math.min(MOST_MOMENTS, affordable));
}

interface Kept {
  readonly evaluation: number;
  readonly moment: Moment;
}

/** The moments of one run; the first and the latest given are always among them. */
export class KeptMoments {
  #kept: readonly Kept[] = [];

  /** @param evaluation its place among the evaluations of the run, from 0 */
  add(evaluation: number, moment: Moment): void {
    const most = mostMoments(this.#kept[0]?.moment ?? moment);
    const stride = strideOf(evaluation + 1, most);
    const others = this.#kept.filter(
      (kept) => kept.evaluation % stride === 0 && kept.moment.step < moment.step,
    );
    this.#kept = [...others, { evaluation, moment }];
  }

  /** Ascending by step; a new array after each `add`. */
  get all(): readonly Moment[] {
    return this.#kept.map(({ moment }) => moment);
  }
}
