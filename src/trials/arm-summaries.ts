/** What each arm did on its own: survival curves of times, and the middle of everything. */

import type { ArmSummary, ArmSurvival } from './analysis.ts';
import { mean } from './contrast.ts';
import { type Reading, reading } from './paired-values.ts';
import type { RunResult, TrialResults } from './results.ts';
import { kaplanMeier, survivalQuantile } from './statistics/kaplan-meier.ts';
import { commonHorizon, restrictedMean } from './statistics/restricted-mean.ts';
import { median } from './statistics/sign-test.ts';
import type { Trial } from './trial.ts';

interface ArmReadings {
  readonly endpoint: string;
  readonly arm: string;
  readonly isTime: boolean;
  readonly runs: readonly RunResult[];
  readonly readings: readonly Reading[];
}

/** Endpoint by endpoint, in each the arms in the order of the trial. */
function readingsOf(trial: Trial, results: TrialResults): ArmReadings[] {
  return Object.entries(trial.endpoints).flatMap(([endpoint, { kind }]) =>
    trial.arms.map(({ name: arm }) => {
      const runs = results.runs.filter((run) => run.arm === arm && trial.seeds.includes(run.seed));
      const readings = runs.map((run) => reading(run.endpoints[endpoint])).filter((value) => value !== null);
      return { endpoint, arm, isTime: kind === 'time', runs, readings };
    }),
  );
}

/** Kaplan–Meier curves with intervals at 1 − level for all endpoints that are times. */
export function armSurvival(trial: Trial, results: TrialResults): ArmSurvival[] {
  return readingsOf(trial, results)
    .filter(({ isTime }) => isTime)
    .map(({ endpoint, arm, runs, readings }) => ({
      endpoint,
      arm,
      budget: budgetOf(runs),
      steps: kaplanMeier(readings, trial.rule.level),
      censored: readings
        .filter(({ observed }) => !observed)
        .map(({ value }) => value)
        .sort((a, b) => a - b),
    }));
}

export function armSummaries(trial: Trial, results: TrialResults): ArmSummary[] {
  return readingsOf(trial, results).map(({ endpoint, arm, isTime, runs, readings }) => ({
    endpoint,
    arm,
    runs: runs.length,
    observed: readings.filter(({ observed }) => observed).length,
    ...(readings.length === 0
      ? { median: null, mean: null, quartiles: null }
      : isTime
        ? middleOfTimes(readings, budgetOf(runs))
        : middleOfValues(readings)),
  }));
}

function middleOfTimes(readings: readonly Reading[], budget: number) {
  const curve = kaplanMeier(readings, 0.05);
  const low = survivalQuantile(curve, 0.75);
  return {
    median: survivalQuantile(curve, 0.5),
    mean: restrictedMean(readings, commonHorizon([readings], budget)),
    quartiles: low === null ? null : { low, high: survivalQuantile(curve, 0.25) ?? Infinity },
  };
}

function middleOfValues(readings: readonly Reading[]) {
  const values = readings.map(({ value }) => value).sort((a, b) => a - b);
  return {
    median: median(values),
    mean: mean(values),
    quartiles: { low: quantile(values, 0.25), high: quantile(values, 0.75) },
  };
}

/** Linear between the sorted values (R. Hyndman & Y. Fan, Sample quantiles in statistical packages, 1996: type 7). */
function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}

/** 0 without runs. */
function budgetOf(runs: readonly RunResult[]): number {
  return runs.length === 0 ? 0 : Math.min(...runs.map(({ budget }) => budget));
}
