// What a measurement is: a name, what it measures, and a function that gives results with their targets and raw numbers.

/**
 * One number, its target as it was set before anything was measured, and everything it was computed from.
 * @typedef {object} Result
 * @property {string} what
 * @property {number} value
 * @property {string} unit
 * @property {{ atMost: number } | { atLeast: number }} [target] in the same unit
 * @property {string} [remark]
 * @property {unknown} raw numbers, as JSON can hold them
 */

/** @typedef {{ name: string, about: string, measure: () => Promise<Result[]> }} Measurement */

/**
 * Whether a result meets its target; undefined when it has none.
 * @param {Result} result
 */
export function isMet({ value, target }) {
  if (target === undefined) return undefined;
  return 'atMost' in target ? value <= target.atMost : value >= target.atLeast;
}

/** @param {Result} result */
export function targetInWords({ target, unit }) {
  if (target === undefined) return '';
  return 'atMost' in target ? `≤ ${target.atMost} ${unit}` : `≥ ${target.atLeast} ${unit}`;
}
