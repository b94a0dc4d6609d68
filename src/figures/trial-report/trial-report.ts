/** What the report of a trial tells of, and how its arms are coloured. */
import type { ConfigDifference } from '../../runs/run-id.ts';
import type { Analysis } from '../../trials/analysis.ts';
import type { TrialResults } from '../../trials/results.ts';
import type { Trial } from '../../trials/trial.ts';
import type { Meaning } from '../palette.ts';

/** A trial with everything that came of it. */
export interface TrialReport {
  readonly trial: Trial;
  readonly results: TrialResults;
  /** What the statistics make of these results by the trial's rule. */
  readonly analysis: Analysis;
  /** What the file states (`here`) otherwise than when the first run began (`there`). */
  readonly changes: readonly ConfigDifference[];
  /** For a pilot, how many seeds the file asks for; `trial.seeds` are those of the pilot. */
  readonly pilot: { readonly registeredSeeds: number } | null;
  /** The way from the page to the folder of the trial's runs, with `/` and without one at its end. */
  readonly runs: string;
  /** The command line that runs the trial again. */
  readonly repeat: string;
}

const colors = ['arm1', 'arm2', 'arm3', 'arm4', 'arm5', 'arm6', 'arm7', 'arm8'] as const satisfies Meaning[];

/** How an arm is drawn: the same in every figure of the page. Beyond eight arms colours come again, dashed. */
export interface ArmStyle {
  readonly color: (typeof colors)[number];
  readonly dash: string | undefined;
}

/** The style of each arm by its name, in the order of the trial. */
export function armStyles({ arms }: Pick<Trial, 'arms'>): ReadonlyMap<string, ArmStyle> {
  return new Map(
    arms.map(({ name }, i) => [
      name,
      { color: colors[i % colors.length], dash: i < colors.length ? undefined : '6 3' },
    ]),
  );
}

/** The style of the arm; one that the trial does not know is drawn as the first. */
export function styleOf(styles: ReadonlyMap<string, ArmStyle>, arm: string): ArmStyle {
  return styles.get(arm) ?? { color: 'arm1', dash: undefined };
}
