/** A pilot: a trial with another number of seeds than it states, to see how long it takes and what it may find. */

import type { Trial } from './trial.ts';

/**
 * The trial over `count` seeds: the first of those it states, then those that follow.
 * @returns the trial itself where it states as many
 */
export function pilotOf(trial: Trial, count: number): Trial {
  const { seeds } = trial;
  if (count === seeds.length) return trial;
  const last = seeds[seeds.length - 1];
  const more = Array.from({ length: Math.max(0, count - seeds.length) }, (_, index) => last + 1 + index);
  return { ...trial, seeds: [...seeds.slice(0, count), ...more] };
}
