// Truths of simulated trials: what the runs are drawn from, and what the rule asks of them.

/**
 * Two arms, one of them `effect` times as slow (restricted means) or `effect` higher. Times are Weibull, censored at a budget;
 * values are noise of a shape around a common part of each pair.
 * @typedef {object} Setting
 * @property {'time' | 'value'} kind
 * @property {string} shape of the times: `Weibull 1` is exponential; of the noise: normal, skewed (exponential), skewed down
 * @property {number} censored share of the other arm's runs that the budget censors
 * @property {boolean} [early] censored before the budget too, at random from half of it on
 * @property {number} correlation within pairs (times: of their normal scores)
 * @property {'none' | 'minimal' | 'large'} truth
 * @property {import('../../src/trials/trial.ts').ComparisonTest} test
 * @property {'smaller' | 'same'} expect
 * @property {boolean} [alone] values only: one arm against a number, its noise centred on what the test estimates
 */

/** Effects: of times as ratios of restricted means, of values in standard deviations of the noise. */
export const effects = {
  time: { none: 1, minimal: 0.8, large: 0.5 },
  value: { none: 0, minimal: -0.5, large: -1.5 },
};

export const PAIRS = 20;
export const LEVEL = 0.05;

const truths = /** @type {const} */ (['none', 'minimal', 'large']);

/** Where a verdict would just be false. */
const edges = /** @type {const} */ (['none', 'minimal']);

/** @returns {Setting[]} */
function times() {
  const settings = [];
  for (const shape of ['Weibull 1', 'Weibull 0.7', 'Weibull 3'])
    for (const censored of [0, 0.3, 0.7])
      for (const correlation of shape === 'Weibull 1' ? [0, 0.7] : [0.7])
        for (const truth of shape === 'Weibull 1' ? truths : edges)
          settings.push(
            /** @type {Setting} */ ({
              ...{ kind: 'time', shape, censored, correlation, truth, test: 'restricted_mean' },
              expect: 'smaller',
            }),
          );
  return settings;
}

/** @returns {Setting[]} */
function otherTimes() {
  const base = { kind: 'time', shape: 'Weibull 1', correlation: 0.5, expect: 'smaller' };
  const settings = [];
  for (const test of ['log_rank', 'wilcoxon', 'sign'])
    for (const censored of [0, 0.5])
      for (const truth of truths) settings.push({ ...base, censored, test, truth });
  for (const truth of edges)
    settings.push({ ...base, censored: 0.3, early: true, test: 'restricted_mean', truth });
  for (const censored of [0, 0.5])
    for (const truth of edges)
      settings.push({ ...base, censored, test: 'restricted_mean', truth, expect: 'same', correlation: 0.9 });
  return /** @type {Setting[]} */ (settings);
}

/** @returns {Setting[]} */
function values() {
  const base = { kind: 'value', censored: 0, correlation: 0.5, expect: 'smaller' };
  const settings = [];
  for (const test of ['restricted_mean', 'wilcoxon', 'sign'])
    for (const truth of truths) {
      for (const shape of ['normal', 'skewed']) settings.push({ ...base, shape, test, truth });
      for (const shape of ['skewed', 'skewed down'])
        settings.push({ ...base, shape, test, truth, alone: true });
      settings.push({ ...base, shape: 'normal', test, truth, expect: 'same' });
    }
  return /** @type {Setting[]} */ (settings);
}

export const settings = [...times(), ...otherTimes(), ...values()];
