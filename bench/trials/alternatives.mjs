// Why restricted means are held to two standards: how either errs alone, and the plain percentile bootstrap.

import { PAIRS } from './settings.mjs';
import { drawPair, truthOf } from './simulated-trial.mjs';

/** @typedef {import('./settings.mjs').Setting} Setting */

/**
 * @typedef {object} Pieces
 * @property {typeof import('../../src/engine/philox.ts').Stream} Stream
 * @property {typeof import('../../src/trials/statistics/studentised-bootstrap.ts')} bootstrap
 * @property {typeof import('../../src/trials/statistics/sign-flips.ts')} flips
 */

/** @type {Setting} */
const base = {
  ...{ kind: 'time', shape: 'Weibull 1', censored: 0, correlation: 0.7 },
  ...{ truth: 'none', test: 'restricted_mean', expect: 'smaller' },
};

/** @type {Setting[]} */
export const alternativeSettings = [
  { ...base },
  { ...base, censored: 0.7 },
  { ...base, shape: 'Weibull 0.7', truth: 'minimal' },
  { ...base, shape: 'Weibull 0.7', censored: 0.7, truth: 'minimal' },
];

/**
 * Shares of trials in which intervals at 95 % hold the true ratio of restricted means, and in which the one-sided test at 5 %
 * refutes an effect at least as large as the true one.
 * @param {Setting} setting
 * @param {number} trials
 * @param {Pieces} pieces
 */
export function alternatives(setting, trials, { Stream, bootstrap, flips }) {
  const truth = truthOf(setting);
  const stream = new Stream(2, JSON.stringify(setting));
  const resamples = bootstrap.resamplesOf(PAIRS, new Stream(2, 'alternatives', 0));
  const subsets = flips.subsetsOf(PAIRS, new Stream(2, 'alternatives', 1));
  const counts = {
    percentiles: 0,
    studentised: 0,
    exchanges: 0,
    studentised_refutes: 0,
    exchanges_refute: 0,
  };
  for (let trial = 0; trial < trials; trial++) {
    const pairs = Array.from({ length: PAIRS }, () => drawPair(setting, truth, stream));
    const [x, y] = [0, 1].map((side) => Float64Array.from(pairs, (pair) => pair[side].value ?? Number.NaN));
    const studentised = bootstrap.studentisedBootstrap(x, y, 'ratio', resamples);
    if (studentised === null) continue;
    const level = 0.05;
    counts.studentised += holds(studentised.interval(level), truth.effect);
    counts.percentiles += holds(percentiles(x, y, resamples, level), truth.effect);
    const bounds = { low: 0, high: Number.POSITIVE_INFINITY };
    counts.exchanges += holds(flips.flipInterval(x, y, subsets, level, bounds), truth.effect);
    if (studentised.tails(truth.effect).greater < level) counts.studentised_refutes++;
    const differences = x.map((value, pair) => value - truth.effect * y[pair]);
    if (flips.flipTails(differences, subsets).greater < level) counts.exchanges_refute++;
  }
  const { shape, censored, truth: effect } = setting;
  const shares = Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, count / trials]));
  return { shape, censored, truth: effect, trials, ...shares };
}

/**
 * @param {Float64Array} x
 * @param {Float64Array} y
 * @param {import('../../src/trials/statistics/studentised-bootstrap.ts').Resamples} resamples
 * @param {number} level
 */
function percentiles(x, y, { pairs, count, times }, level) {
  const ratios = Float64Array.from({ length: count }, (_, b) => {
    let [top, bottom] = [0, 0];
    for (let pair = 0; pair < pairs; pair++) {
      top += times[b * pairs + pair] * x[pair];
      bottom += times[b * pairs + pair] * y[pair];
    }
    return top / bottom;
  }).sort();
  const beyond = Math.floor((level / 2) * (count + 1)) - 1;
  return { low: ratios[beyond], high: ratios[count - 1 - beyond] };
}

/**
 * @param {{ low: number, high: number }} interval
 * @param {number} value
 */
function holds({ low, high }, value) {
  return low <= value && value <= high ? 1 : 0;
}
