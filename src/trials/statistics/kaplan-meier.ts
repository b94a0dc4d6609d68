/**
 * The share of runs without the event, from censored times: E. Kaplan & P. Meier, Nonparametric estimation from incomplete
 * observations (1958); intervals by Greenwood's variance on the scale log(−log S), which stay within 0 and 1
 * (Kalbfleisch & Prentice, The statistical analysis of failure time data, 1980).
 */

import { exponential } from '../../engine/exponential.ts';
import { logarithm } from '../../engine/logarithm.ts';
import { normalQuantile } from '../../engine/normal-quantile.ts';
import type { Interval } from '../analysis.ts';

/** A time at which the event happened, or (`observed` false) up to which it had not. */
export interface CensoredTime {
  readonly value: number;
  readonly observed: boolean;
}

export interface SurvivalStep {
  readonly time: number;
  readonly survival: number;
  readonly interval: Interval;
  readonly atRisk: number;
}

/**
 * The estimate's steps: time 0 with survival 1, then each time with an event; runs censored at that time are still at risk.
 * Where survival is 0 Greenwood's variance does not exist: the interval is then 0 to the upper bound of the step before.
 */
export function kaplanMeier(times: readonly CensoredTime[], level: number): SurvivalStep[] {
  const z = normalQuantile(1 - level / 2);
  const steps: SurvivalStep[] = [
    { time: 0, survival: 1, interval: { low: 1, high: 1 }, atRisk: times.length },
  ];
  let survival = 1;
  let greenwood = 0;
  for (const time of eventTimes(times)) {
    const atRisk = times.filter(({ value }) => value >= time).length;
    const events = times.filter(({ value, observed }) => observed && value === time).length;
    survival = atRisk === events ? 0 : survival * (1 - events / atRisk);
    greenwood += events / (atRisk * (atRisk - events));
    const interval =
      survival === 0
        ? { low: 0, high: steps[steps.length - 1].interval.high }
        : logLogInterval(survival, z * Math.sqrt(greenwood));
    steps.push({ time, survival, interval, atRisk });
  }
  return steps;
}

function logLogInterval(survival: number, deviation: number): Interval {
  const log = logarithm(survival);
  const spread = exponential(deviation / -log);
  return { low: exponential(log * spread), high: exponential(log / spread) };
}

/** Distinct times with events, ascending. */
export function eventTimes(times: readonly CensoredTime[]): number[] {
  const events = times.filter(({ observed }) => observed).map(({ value }) => value);
  return [...new Set(events)].sort((a, b) => a - b);
}

/** The first time at which at most `share` of the runs are without the event, or null. */
export function survivalQuantile(steps: readonly SurvivalStep[], share: number): number | null {
  // A share such as 15/20 is a product of rounded factors: what is equal on paper counts as reached.
  return steps.find(({ survival }) => survival <= share + 1e-12)?.time ?? null;
}
