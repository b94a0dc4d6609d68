/** The plan of a trial: everything its file states, in a form whose hash tells whether anything has been changed since. */

import { createHash } from 'node:crypto';
import { type Experiment, meaningOf } from '../config/index.ts';
import { type ConfigDifference, canonicalJson, configDifferences } from '../runs/index.ts';
import type { Trial } from './trial.ts';

/** What results.json keeps of a trial as it stood before the first run. */
export interface Plan
  extends Pick<Trial, 'question' | 'claim' | 'source' | 'limits' | 'seeds' | 'endpoints'> {
  readonly arms: Readonly<Record<string, PlannedArm>>;
  readonly rule: Trial['rule'];
}

export interface PlannedArm {
  readonly about: string;
  /** What determines its numbers, but for the seeds of the pair. */
  readonly experiment: object;
}

/** Plain JSON. */
export function planOf(trial: Trial): Plan {
  const { question, claim, source, limits, seeds, endpoints, rule } = trial;
  const arms = Object.fromEntries(
    trial.arms.map(({ name, about, experiment }) => [
      name,
      { about, experiment: seedless(experiment(seeds[0])) },
    ]),
  );
  const plan: Plan = { question, claim, source, limits, seeds, arms, endpoints, rule };
  return JSON.parse(JSON.stringify(plan));
}

function seedless(experiment: Experiment): object {
  const { seed: _, dataset, spectral, ...rest } = meaningOf(experiment) as Experiment;
  const { seed: _ofSplit, ...examples } = dataset;
  const { seed: drawn, ...spectrum } = spectral;
  // By default that of the experiment, which is the pair's.
  const ofDimensions = drawn === experiment.seed ? {} : { seed: drawn };
  return { ...rest, dataset: examples, spectral: { ...spectrum, ...ofDimensions } };
}

/** SHA-256 of the plan in canonical form, in hexadecimal digits. */
export function planHash(plan: unknown): string {
  return createHash('sha256').update(canonicalJson(plan)).digest('hex');
}

/** What has changed since the first run. */
export interface PlanChanges {
  /** Arms, or settings of them, by which other runs are computed: the results are those of another trial. */
  readonly runs: readonly ConfigDifference[];
  /** Everything else: question, rule, endpoints, seeds, words. */
  readonly words: readonly ConfigDifference[];
}

/** `registered` is the plan of results.json; keys are dotted paths. */
export function planChanges(registered: unknown, now: Plan): PlanChanges {
  const then = registered as Plan;
  const runs: ConfigDifference[] = [];
  const words: ConfigDifference[] = [];
  for (const name of new Set([...Object.keys(now.arms), ...Object.keys(then.arms ?? {})])) {
    const [a, b] = [then.arms?.[name], now.arms[name]];
    const key = `arms.${name}`;
    if (a === undefined || b === undefined) {
      runs.push({ key, there: a && 'there', here: b && 'there' });
      continue;
    }
    runs.push(...configDifferences(a.experiment, b.experiment, `${key}.experiment`));
    words.push(...configDifferences(a.about, b.about, `${key}.about`));
  }
  words.unshift(...configDifferences(armless(then), armless(now)));
  return { runs, words };
}

/** With the comparisons by their names, so that a difference says in which of them it is. */
function armless({ arms: _, rule, ...rest }: Plan): object {
  const comparisons = Object.fromEntries((rule?.comparisons ?? []).map(({ name, ...one }) => [name, one]));
  return { ...rest, rule: { ...rule, comparisons } };
}
