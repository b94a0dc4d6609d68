/** The colours of the runs in one chart, one for each: forks and runs beside share them, so that none stands for two. */

import type { Meaning } from '../../src/figures/palette.ts';

export const runColors: readonly [Meaning, ...Meaning[]] = ['arm1', 'arm2', 'arm3', 'arm4', 'arm5', 'arm6'];

/** As many as can be told apart. */
export const MOST_RUNS = runColors.length;

/** The first that none of the others has; where all are taken, the first. */
export function freeColor(others: readonly { readonly color: Meaning }[]): Meaning {
  return runColors.find((one) => others.every(({ color }) => color !== one)) ?? runColors[0];
}
