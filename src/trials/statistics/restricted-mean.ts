/**
 * The mean time to an event within a horizon, the area below the Kaplan–Meier curve up to there (J. Irwin 1949; P. Royston &
 * M. Parmar, Restricted mean survival time, BMC Medical Research Methodology 13, 2013), and each run's share in it.
 */

import { type CensoredTime, kaplanMeier } from './kaplan-meier.ts';

/** Area below the Kaplan–Meier curve from 0 to the horizon; beyond the last time the curve stays as it is. */
export function restrictedMean(times: readonly CensoredTime[], horizon: number): number {
  const curve = kaplanMeier(times, 0.05);
  let area = 0;
  for (let i = 0; i < curve.length; i++) {
    const from = Math.min(curve[i].time, horizon);
    const to = i + 1 < curve.length ? Math.min(curve[i + 1].time, horizon) : horizon;
    area += curve[i].survival * (to - from);
  }
  return area;
}

/**
 * One number for each run whose mean is the restricted mean. Where nothing is censored before the horizon it is the smaller of
 * time and horizon; otherwise the pseudo-observation n·mean − (n−1)·mean without the run (P. Andersen, M. Hansen & J. Klein,
 * Regression analysis of restricted mean survival time based on pseudo-observations, Lifetime Data Analysis 10, 2004).
 */
export function restrictedTimes(times: readonly CensoredTime[], horizon: number): Float64Array {
  if (times.every(({ value, observed }) => observed || value >= horizon)) {
    return Float64Array.from(times, ({ value }) => Math.min(value, horizon));
  }
  const n = times.length;
  const whole = restrictedMean(times, horizon);
  return Float64Array.from(times, (_, run) => {
    const others = times.filter((_, other) => other !== run);
    return n === 1 ? whole : n * whole - (n - 1) * restrictedMean(others, horizon);
  });
}

/**
 * How far the curves of all groups reach: the budget, or the last time at which runs of a group were still watched when that
 * is earlier. A group whose last time is an event is known for ever after: its curve is at 0.
 */
export function commonHorizon(groups: readonly (readonly CensoredTime[])[], budget: number): number {
  let horizon = budget;
  for (const times of groups) {
    const last = Math.max(...times.map(({ value }) => value));
    if (times.some(({ value, observed }) => value === last && !observed)) horizon = Math.min(horizon, last);
  }
  return horizon;
}
