/** Which checkpoints of a run are looked into, and in which order: the latest first, for it is what the page shows. */

import { strideOf } from '../run/thinned.ts';

/** A checkpoint is a network's size, and each look runs all examples through it. */
const MOST_LOOKED_INTO = 60;

/** At most `most` + 1 of the steps: every second, every fourth, … so that more steps change little, and the last. */
export function chosenSteps(steps: readonly number[], most = MOST_LOOKED_INTO): number[] {
  const stride = strideOf(steps.length, most);
  return steps.filter((_, place) => place % stride === 0 || place === steps.length - 1);
}

/** The step to look into next: the latest if it is not known yet, then from the beginning; undefined when all are known. */
export function nextLook(steps: readonly number[], known: ReadonlySet<number>): number | undefined {
  const latest = steps.at(-1);
  if (latest !== undefined && !known.has(latest)) return latest;
  return steps.find((step) => !known.has(step));
}
