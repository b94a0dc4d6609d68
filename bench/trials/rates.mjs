// How often a rule is wrong: many simulated trials of one setting, judged.

import { effects, PAIRS } from './settings.mjs';
import { comparisonOf, drawPair, resultsOf, trialOf, truthOf } from './simulated-trial.mjs';

/** @typedef {import('./settings.mjs').Setting} Setting */

/**
 * What is judged with: of the built library, or of its sources.
 * @typedef {object} Judge
 * @property {typeof import('../../src/trials/analyse.ts').analyse} analyse
 * @property {typeof import('../../src/engine/philox.ts').Stream} Stream
 */

/**
 * Shares of the trials. Coverage: of the true value by intervals at 0.95; null where there is none to cover.
 * @typedef {object} Rates
 * @property {number} trials
 * @property {number} supported
 * @property {number} contradicted
 * @property {number} effect_covered
 * @property {number | null} difference_covered
 * @property {number | null} hazard_ratio_covered among trials that have one
 * @property {number | null} survival_covered of the other arm, at its time of survival ½ (or, when censored, 0.8)
 */

/**
 * @param {Setting} setting
 * @param {number} trials
 * @param {Judge} judge
 * @returns {Rates}
 */
export function ratesOf(setting, trials, { analyse, Stream }) {
  const truth = truthOf(setting);
  const trial = trialOf(setting.kind, [comparisonOf(setting)]);
  const share = setting.censored > 0.4 ? 0.8 : 0.5;
  const stream = new Stream(1, JSON.stringify(setting));
  const counts = {
    supported: 0,
    contradicted: 0,
    effect: 0,
    difference: 0,
    hazard: 0,
    hazards: 0,
    survival: 0,
  };
  for (let number = 0; number < trials; number++) {
    const pairs = Array.from({ length: PAIRS }, () => drawPair(setting, truth, stream));
    const arms = { arm: pairs.map(([first]) => first), other: pairs.map(([, second]) => second) };
    const { comparisons, survival } = analyse(trial, resultsOf(arms, truth.budget));
    const [{ verdict, interval, times }] = comparisons;
    if (verdict !== 'undecided') counts[verdict]++;
    counts.effect += covers(interval, truth.effect);
    if (times === null) continue;
    counts.difference += covers(times.restrictedMeanInterval, truth.difference);
    if (times.hazardInterval !== null && truth.hazardRatio !== null) {
      counts.hazards++;
      counts.hazard += covers(times.hazardInterval, truth.hazardRatio);
    }
    const { steps } = survival.filter(({ arm }) => arm === 'other')[0];
    const before = steps.filter(({ time }) => truth.survival(time) >= share);
    counts.survival += covers(before[before.length - 1].interval, share);
  }
  const isTime = setting.kind === 'time';
  return {
    trials,
    supported: counts.supported / trials,
    contradicted: counts.contradicted / trials,
    effect_covered: counts.effect / trials,
    difference_covered: isTime ? counts.difference / trials : null,
    hazard_ratio_covered: counts.hazards > 0 ? counts.hazard / counts.hazards : null,
    survival_covered: isTime ? counts.survival / trials : null,
  };
}

/**
 * @param {{ low: number, high: number }} interval
 * @param {number} value
 */
function covers({ low, high }, value) {
  return low <= value && value <= high ? 1 : 0;
}

/**
 * The share of verdicts that are false by the setting's truth: `supported` without an effect, `contradicted` of one that is as
 * large as the rule asks; expecting the same, `contradicted` without an effect, and `supported` of one on the
 * margin's edge. With a large effect it is `contradicted`, or expecting the same `supported`.
 * @param {Setting} setting
 * @param {Rates} rates
 */
export function falseVerdicts({ truth, expect }, { supported, contradicted }) {
  if (expect === 'same') return truth === 'none' ? contradicted : supported;
  return truth === 'none' ? supported : contradicted;
}

/**
 * Trials of several comparisons, half of them without an effect, half with exactly the minimal one: the share with any false
 * verdict. Noise is small, so that whatever is false is also found to be false, which is when a careless procedure errs most.
 * @param {number} comparisons
 * @param {number} trials
 * @param {Judge} judge
 */
export function anyFalseVerdict(comparisons, trials, { analyse, Stream }) {
  const by = Math.abs(effects.value.minimal) * 4;
  const names = Array.from({ length: comparisons }, (_, index) => `arm ${index}`);
  const rule = names.map((arm) => ({
    ...{ name: arm, arm, endpoint: 'e', against: { arm: 'other' } },
    ...{ expect: /** @type {const} */ ('smaller'), by, test: /** @type {const} */ ('wilcoxon') },
  }));
  const trial = trialOf('value', rule);
  const stream = new Stream(1, `${comparisons} comparisons`);
  let wrong = 0;
  for (let number = 0; number < trials; number++) {
    /** @param {number} shift */
    const draws = (shift) =>
      Array.from({ length: PAIRS }, () => ({ value: shift + stream.normal(), observed: true }));
    /** @type {Record<string, { value: number, observed: boolean }[]>} */
    const arms = { other: draws(0).map(({ observed }) => ({ value: 0, observed })) };
    names.forEach((name, index) => {
      arms[name] = draws(index % 2 === 0 ? 0 : -by);
    });
    const { comparisons: judged } = analyse(trial, resultsOf(arms, 1));
    const isFalse = judged.some(({ verdict }, index) =>
      index % 2 === 0 ? verdict === 'supported' : verdict === 'contradicted',
    );
    if (isFalse) wrong++;
  }
  return wrong / trials;
}
