/** The two sides of a comparison, seed by seed. */

import type { EndpointValue, RunResult, TrialResults } from './results.ts';
import type { Comparison, Trial } from './trial.ts';

export interface Pairs {
  readonly first: readonly Reading[];
  readonly second: readonly Reading[];
  /** Seeds without a value on one side. */
  readonly missing: readonly number[];
  /** Steps up to which all runs of the pairs were watched. */
  readonly budget: number;
}

/** A value that could be read off its run. */
export interface Reading {
  readonly value: number;
  readonly observed: boolean;
}

export function pairValues(trial: Trial, results: TrialResults, comparison: Comparison): Pairs {
  const { arm, endpoint, against } = comparison;
  const [first, second, missing]: [Reading[], Reading[], number[]] = [[], [], []];
  let budget = Infinity;
  for (const seed of trial.seeds) {
    const run = runOf(results, arm, seed);
    const other = 'arm' in against ? runOf(results, against.arm, seed) : run;
    const one = reading(run?.endpoints[endpoint]);
    const two =
      'number' in against
        ? { value: against.number, observed: true }
        : reading(other?.endpoints['endpoint' in against ? against.endpoint : endpoint]);
    if (run === undefined || other === undefined || one === null || two === null) {
      missing.push(seed);
      continue;
    }
    first.push(one);
    second.push(two);
    budget = Math.min(budget, run.budget, other.budget);
  }
  return { first, second, missing, budget };
}

function runOf(results: TrialResults, arm: string, seed: number): RunResult | undefined {
  return results.runs.find((run) => run.arm === arm && run.seed === seed);
}

/** null for what could not be read off. */
export function reading(endpoint: EndpointValue | undefined): Reading | null {
  if (endpoint === undefined || endpoint.value === null) return null;
  return { value: endpoint.value, observed: endpoint.observed };
}
