// One simulated trial: runs drawn from a known truth, in the shape in which a trial's results are kept.

import { effects, LEVEL, PAIRS } from './settings.mjs';

/** @typedef {import('./settings.mjs').Setting} Setting */
/** @typedef {import('../../src/engine/philox.ts').Stream} Stream */
/** @typedef {import('../../src/trials/trial.ts').Trial} Trial */
/** @typedef {import('../../src/trials/trial.ts').Comparison} Comparison */
/** @typedef {import('../../src/trials/results.ts').TrialResults} TrialResults */
/** @typedef {import('../../src/trials/results.ts').EndpointValue} EndpointValue */

/**
 * What is true of a setting.
 * @typedef {object} Truth
 * @property {number} effect as the comparison estimates it
 * @property {number} scale times: of the arm's times over those of the other
 * @property {number} budget
 * @property {number} difference of restricted means
 * @property {number | null} hazardRatio
 * @property {(time: number) => number} survival of the other arm
 */

/**
 * @param {Setting} setting
 * @returns {Truth}
 */
export function truthOf({ kind, shape, censored, truth }) {
  const effect = effects[kind][truth];
  if (kind === 'value') {
    return { effect, scale: 1, budget: 1, difference: effect, hazardRatio: null, survival: () => 1 };
  }
  const power = Number(shape.split(' ')[1]);
  /** @param {number} time */
  const survival = (time) => Math.exp(-(time ** power));
  // 60 is beyond all times of these shapes.
  const budget = censored === 0 ? 60 : (-Math.log(censored)) ** (1 / power);
  /** @param {number} scale */
  const mean = (scale) => scale * area(survival, budget / scale);
  const scale = solve((candidate) => mean(candidate) / mean(1) - effect, 1e-6, 1);
  const difference = mean(scale) - mean(1);
  return { effect, scale, budget, difference, hazardRatio: scale ** -power, survival };
}

/**
 * Below a falling curve from 0 on, by the midpoint rule on points that are denser near 0.
 * @param {(x: number) => number} curve
 * @param {number} end
 */
function area(curve, end) {
  const points = 20000;
  let sum = 0;
  for (let i = 0; i < points; i++) {
    const u = (i + 0.5) / points;
    sum += curve(end * u ** 3) * 3 * u * u;
  }
  return (sum * end) / points;
}

/**
 * The zero of a rising function.
 * @param {(x: number) => number} rising
 * @param {number} low
 * @param {number} high
 */
function solve(rising, low, high) {
  if (Math.abs(rising(high)) < 1e-9) return high;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (rising(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** What a test estimates of the standard exponential distribution: mean, median of means of two, median. */
const CENTRES = { restricted_mean: 1, wilcoxon: 0.8391734950083302, sign: Math.LN2, log_rank: Number.NaN };

/**
 * Endpoint `e` of the arms `arm` and `other` for one pair.
 * @param {Setting} setting
 * @param {Truth} truth
 * @param {Stream} stream
 * @returns {[EndpointValue, EndpointValue]}
 */
export function drawPair(setting, truth, stream) {
  const { kind, shape, correlation } = setting;
  const common = Math.sqrt(correlation) * stream.normal();
  const own = Math.sqrt(1 - correlation);
  if (kind === 'time') {
    const power = Number(shape.split(' ')[1]);
    const time = () => (-Math.log(normalTail(common + own * stream.normal()))) ** (1 / power);
    const limit = () => truth.budget * (setting.early ? 0.5 + 0.5 * stream.uniform() : 1);
    return [censored(truth.scale * time(), limit()), censored(time(), limit())];
  }
  const exponential = () => -Math.log(1 - stream.uniform());
  const around = () => (shape === 'normal' ? own * stream.normal() : own * (exponential() - 1));
  if (setting.alone) {
    const noise = exponential() - CENTRES[setting.test];
    const value = truth.effect + (shape === 'skewed down' ? -noise : noise);
    return [
      { value, observed: true },
      { value: 0, observed: true },
    ];
  }
  return [
    { value: truth.effect + common + around(), observed: true },
    { value: common + around(), observed: true },
  ];
}

/**
 * @param {number} time
 * @param {number} limit
 */
function censored(time, limit) {
  return time <= limit ? { value: time, observed: true } : { value: limit, observed: false };
}

/**
 * P(Z > x), to about 1e-7 (Abramowitz & Stegun 26.2.17): enough to draw times from.
 * @param {number} x
 * @returns {number}
 */
function normalTail(x) {
  if (x < 0) return 1 - normalTail(-x);
  const t = 1 / (1 + 0.2316419 * x);
  const sum =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * sum;
}

/**
 * The rule of a setting.
 * @param {Setting} setting
 * @returns {Comparison}
 */
export function comparisonOf({ kind, test, expect, alone }) {
  const by = Math.abs(effects[kind].minimal);
  const against = alone ? { number: 0 } : { arm: 'other' };
  return { name: 'arm against other', arm: 'arm', endpoint: 'e', against, expect, by, test };
}

/**
 * A trial of these comparisons over one endpoint `e`.
 * @param {'time' | 'value'} kind
 * @param {readonly Comparison[]} comparisons
 * @returns {Trial}
 */
export function trialOf(kind, comparisons) {
  const names = new Set(
    comparisons.flatMap(({ arm, against }) => [arm, ...('arm' in against ? [against.arm] : [])]),
  );
  return {
    ...{ name: 'simulated', question: '', claim: '', source: '', limits: [] },
    seeds: Array.from({ length: PAIRS }, (_, seed) => seed),
    arms: [...names].map((name) => ({ name, about: '', experiment: never })),
    endpoints: {
      e:
        kind === 'time'
          ? { kind: 'time', event: { milestone: 'grokked' }, after: null }
          : { kind: 'value', column: 'e', split: 'train', at: 'last' },
    },
    rule: { level: LEVEL, supportedWhen: 'all', comparisons },
  };
}

/** @returns {never} */
function never() {
  throw new Error('a simulated trial trains nothing');
}

/**
 * Results of a trial from the endpoint of each arm, seed by seed.
 * @param {Readonly<Record<string, readonly EndpointValue[]>>} arms
 * @param {number} budget
 * @returns {TrialResults}
 */
export function resultsOf(arms, budget) {
  const runs = Object.entries(arms).flatMap(([arm, readings]) =>
    readings.map((reading, seed) => ({
      ...{ arm, seed, run_id: '', folder: '', budget, last_step: budget, diverged_at: null, curve: [] },
      endpoints: { e: reading },
    })),
  );
  const registered = { date: '', hash: '', plan: null };
  return { format: 1, trial: 'simulated', registered, grokscope: '', numeric_version: 0, machines: [], runs };
}
