/**
 * The hazard ratio of two groups: D. Cox, Regression models and life-tables (1972), ties by B. Efron (1977), with the variance
 * robust to pairs of E. Lee, L. Wei & D. Amato, Cox-type regression analysis for large numbers of small groups of correlated
 * failure time observations (1992).
 *
 * Why not stratified by pair: within a pair only who was first would count, so that an effect strong enough to win every pair
 * has no finite estimate, and pairs with a tie are lost. Here all runs share one baseline, and the pair enters where it
 * belongs, in the variance.
 */

import { exponential } from '../../engine/exponential.ts';
import type { Interval } from '../analysis.ts';
import { type CensoredTime, eventTimes } from './kaplan-meier.ts';
import { studentQuantile } from './student-quantile.ts';

export interface HazardRatio {
  /** Logarithm of the hazard of the first group over that of the second. */
  readonly logRatio: number;
  /** Of it: the sandwich over pairs, without correction for their small number. */
  readonly robustError: number;
  /** Of it, were the runs independent. */
  readonly naiveError: number;
  readonly ratio: number;
  /** Of the ratio, at 1 − level; the robust error times √(n/(n − 1)), and Student's t with n − 1 degrees of freedom for n pairs. */
  readonly interval: Interval;
}

/** One of the d factors that Efron gives a time with d events: the j-th sees the share j/d of those events gone. */
interface Factor {
  readonly gone: number;
  /** At risk, less what is gone. */
  readonly first: number;
  readonly second: number;
}

interface EventTime {
  readonly time: number;
  readonly events: number;
  readonly ofFirst: number;
  readonly factors: readonly Factor[];
}

const LARGEST_LOG_RATIO = 30;

/** first[i] and second[i] are a pair. Null where the likelihood has no maximum: no events in a group, or one all before the other. */
export function hazardRatio(
  first: readonly CensoredTime[],
  second: readonly CensoredTime[],
  level: number,
): HazardRatio | null {
  const times = eventTimesOf(first, second);
  // The score at −∞ and +∞: all mass of each factor then lies in one group.
  const atMinus = sum(times, ({ ofFirst, factors }) => ofFirst - factors.filter((f) => f.second <= 0).length);
  const atPlus = sum(times, ({ ofFirst, factors }) => ofFirst - factors.filter((f) => f.first > 0).length);
  if (first.length < 2 || !(atMinus > 0 && atPlus < 0)) return null;

  // The score falls with the coefficient: halving never fails, and Newton's step is taken where it stays between the bounds.
  let [low, high, logRatio] = [-LARGEST_LOG_RATIO, LARGEST_LOG_RATIO, 0];
  for (let iteration = 0; iteration < 200; iteration++) {
    const { score, information } = derivatives(times, logRatio);
    if (score > 0) low = logRatio;
    else high = logRatio;
    const newton = logRatio + score / information;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - logRatio) <= 1e-14 * (1 + Math.abs(next))) break;
    logRatio = next;
  }
  const { information } = derivatives(times, logRatio);
  const squares = first.reduce((total, time, pair) => {
    const residual =
      scoreResidual(times, logRatio, time, 1) + scoreResidual(times, logRatio, second[pair], 0);
    return total + residual * residual;
  }, 0);
  const robustError = Math.sqrt(squares) / information;
  const n = first.length;
  const reach = studentQuantile(1 - level / 2, n - 1) * robustError * Math.sqrt(n / (n - 1));
  return {
    logRatio,
    robustError,
    naiveError: 1 / Math.sqrt(information),
    ratio: exponential(logRatio),
    interval: { low: exponential(logRatio - reach), high: exponential(logRatio + reach) },
  };
}

function eventTimesOf(first: readonly CensoredTime[], second: readonly CensoredTime[]): EventTime[] {
  return eventTimes([...first, ...second]).map((time) => {
    const atRisk = [first, second].map((group) => group.filter(({ value }) => value >= time).length);
    const died = [first, second].map(
      (group) => group.filter(({ value, observed }) => observed && value === time).length,
    );
    const events = died[0] + died[1];
    const factors = Array.from({ length: events }, (_, j) => ({
      gone: j / events,
      first: atRisk[0] - (j * died[0]) / events,
      second: atRisk[1] - (j * died[1]) / events,
    }));
    return { time, events, ofFirst: died[0], factors };
  });
}

/** Of the logarithm of Efron's partial likelihood. */
function derivatives(times: readonly EventTime[], logRatio: number): { score: number; information: number } {
  const hazard = exponential(logRatio);
  let [score, information] = [0, 0];
  for (const { ofFirst, factors } of times) {
    score += ofFirst;
    for (const { first, second } of factors) {
      const share = (hazard * first) / (hazard * first + second);
      score -= share;
      information += share * (1 - share);
    }
  }
  return { score, information };
}

/** By how much the score would change were the run counted a little more often; `covariate` is 1 for the first group. */
function scoreResidual(
  times: readonly EventTime[],
  logRatio: number,
  run: CensoredTime,
  covariate: 0 | 1,
): number {
  const hazard = exponential(logRatio);
  const own = covariate === 1 ? hazard : 1;
  let residual = 0;
  for (const { time, events, factors } of times) {
    if (time > run.value) break;
    const dies = run.observed && time === run.value;
    for (const { gone, first, second } of factors) {
      const total = hazard * first + second;
      const distance = covariate - (hazard * first) / total;
      residual -= ((dies ? 1 - gone : 1) * own * distance) / total;
      if (dies) residual += distance / events;
    }
  }
  return residual;
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
