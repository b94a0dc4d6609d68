/** Which moments of a run are kept: as many as fit into the memory that a page may take. */

import type { Moment } from './moment.ts';
import { Thinned } from './thinned.ts';

/** Bytes of its arrays. */
export function sizeOf({ predictions, embeddings = [], spectrum, neurons }: Moment): number {
  const tables = embeddings.reduce((sum, { values }) => sum + values.byteLength, 0);
  const ofNeurons = (neurons?.frequency.byteLength ?? 0) + (neurons?.share.byteLength ?? 0);
  return tables + ofNeurons + (predictions?.byteLength ?? 0) + (spectrum?.power.byteLength ?? 0);
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

/** The moments of one run; the first and the latest given are always among them. */
export class KeptMoments extends Thinned<Moment> {
  constructor() {
    super(mostMoments);
  }
}
