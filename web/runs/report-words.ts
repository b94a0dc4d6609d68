/** What the list of trial reports says of one beside its verdict, and which runs are its. */

import type { ReportOutline, RunOutline } from '../../src/cli/lab/served-runs.ts';

/** `2 arms, 24 seeds, 48 runs.`, or why that is not known. */
export function reportWords({ arms, seeds, runs, verdict, problem }: ReportOutline): string {
  if (problem !== undefined) return problem;
  const counts = `${counted(arms.length, 'arm')} (${arms.join(', ')}), ${counted(seeds, 'seed')}, ${counted(runs, 'run')}.`;
  return verdict === null ? `${counts} Its page has no verdict in it that is understood here.` : counts;
}

/** The runs below a folder with the name of a trial, as `grokscope trial run` puts them. */
export function runsOfTrial(runs: readonly RunOutline[], trial: string): readonly RunOutline[] {
  return runs.filter(({ name }) => name.split('/').slice(0, -1).includes(trial));
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
