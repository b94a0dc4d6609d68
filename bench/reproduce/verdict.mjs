// What the runs of a reproduction show, beside what was expected of them.

/** @typedef {import('./one-run.mjs').RunRecord} RunRecord */
/** @typedef {import('./reproductions.mjs').Reproduction} Reproduction */
/** @typedef {import('./reproductions.mjs').Expectation} Expectation */
/** @typedef {import('./reproductions.mjs').Quantity} Quantity */

/**
 * An expectation beside the runs. `seen` has one number, in words, for each run; `met` is undefined where nothing is judged.
 * @typedef {{ expected: string, seen: string[], median: string | undefined, met: boolean | undefined }} Finding
 */

/** Stands for "not within this run" and sorts after every step. */
const CENSORED = Number.POSITIVE_INFINITY;

/**
 * @param {Quantity} quantity
 * @param {Pick<RunRecord, 'evaluations' | 'weight_norm'>} run
 * @returns {number}
 */
export function measured(quantity, { evaluations, weight_norm }) {
  if ('ahead' in quantity) {
    const [early, late] = [quantity.ahead, quantity.of].map((first) =>
      measured(first, { evaluations, weight_norm }),
    );
    return early === CENSORED ? Number.NEGATIVE_INFINITY : late - early;
  }
  if ('first' in quantity) {
    const at = evaluations[quantity.first].findIndex((accuracy) => accuracy >= quantity.reaching);
    return at < 0 ? CENSORED : evaluations.step[at];
  }
  if ('column' in quantity) {
    const { column, at } = quantity;
    const series = evaluations[column];
    if (at === 'largest') return Math.max(...series);
    if (at === 'last') return series[series.length - 1];
    const step = typeof at === 'number' ? at : measured(at, { evaluations, weight_norm });
    return series[evaluations.step.indexOf(step)] ?? Number.NaN;
  }
  if (quantity.last === 'weight_norm') return weight_norm[1];
  return evaluations[quantity.last][evaluations[quantity.last].length - 1];
}

/**
 * The middle value; the mean of both for an even number of them.
 * @param {readonly number[]} values at least one
 */
export function medianOf(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * @param {Expectation} expectation
 * @param {readonly RunRecord[]} all at least one of the expectation's case
 * @returns {Finding}
 */
export function judge({ expected, quantity, over, between, case: only }, all) {
  const runs = only === undefined ? all : all.filter((run) => run.case === only);
  const values = runs.map((run) => measured(quantity, run));
  const longest = Math.max(...runs.map(({ steps }) => steps));
  const judged = over === 'median' ? [medianOf(values)] : values;
  return {
    expected,
    seen: values.map((value, i) => inWords(quantity, value, runs[i].steps)),
    median: over === 'median' ? inWords(quantity, judged[0], longest) : undefined,
    met: between && within(judged, between) >= (over === 'nine in ten' ? 0.9 : 1) * judged.length,
  };
}

/**
 * How many values lie in a range, both ends included.
 * @param {readonly number[]} values
 * @param {[number, number]} range
 */
function within(values, [low, high]) {
  return values.filter((value) => value >= low && value <= high).length;
}

/**
 * @param {Reproduction} reproduction
 * @param {readonly RunRecord[]} runs at least one
 * @returns {{ findings: Finding[], reproduced: boolean }}
 */
export function judgeAll(reproduction, runs) {
  const findings = reproduction.expectations.map((expectation) => judge(expectation, runs));
  return { findings, reproduced: findings.every(({ met }) => met !== false) };
}

/**
 * @param {Quantity} quantity
 * @param {number} value
 * @param {number} steps of the run
 */
function inWords(quantity, value, steps) {
  if ('ahead' in quantity)
    return Number.isFinite(value) ? grouped(value) : `more than ${grouped(steps)} apart`;
  if ('first' in quantity) return value === CENSORED ? `not by ${grouped(steps)}` : grouped(value);
  if ('column' in quantity) return Number.isNaN(value) ? 'not reached' : String(Number(value.toPrecision(3)));
  return quantity.last === 'weight_norm' ? value.toFixed(1) : value.toFixed(4);
}

/**
 * 12,345: the same wherever it is printed.
 * @param {number} value
 */
export function grouped(value) {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** @param {RunRecord} run */
export function nameOf(run) {
  return run.case === '' ? `seed ${run.seed}` : `${run.case}, seed ${run.seed}`;
}
