// The table of targets: set before anything was measured, and computed from the results of one run. The targets stay.

import { THREADS } from './peers/works.mjs';
import { median, rounded } from './statistics.mjs';

/** @typedef {import('./measurement.mjs').Result} Result */
/** @typedef {import('./peers/contest.mjs').Standing} Standing */
/** @typedef {Readonly<Record<string, readonly Result[]>>} Results by measurement */
/** @typedef {'node24' | 'node20'} Column */
/** @typedef {{ atLeast: number } | { atMost: number }} Bound */

/**
 * @typedef {object} Target
 * @property {string} what
 * @property {string} unit behind a number, such as ` MB` or ` ×`
 * @property {Partial<Record<Column, Bound>>} bounds
 * @property {(results: Results, column: Column) => number | undefined} value undefined when it was not measured
 */

/** `met` is undefined where nothing was measured. @typedef {{ text: string, met: boolean | undefined }} Verdict */

/** @type {readonly Target[]} */
export const targets = [
  faster('reference transformer p 113 against torch.compile', 'p113', ['torch-compile'], 4, 2),
  faster('reference transformer p 113 against JAX jit', 'p113', ['jax'], 4, 2),
  faster('reference transformer p 113 against PyTorch eager', 'p113', ['torch'], 5, 2.5),
  faster('p 53, 50 % against the better of the two compilers', 'p53', ['torch-compile', 'jax'], 5, 3),
  faster('R1 against torch.compile', 'r1', ['torch-compile'], 3, 1.5),
  {
    what: 'reference transformer p 113 against jax-js (WASM), both in Chromium',
    unit: ' ×',
    bounds: { node20: { atLeast: 20 } },
    value: (results) => ratio(results, 'p113', ['jax-js'], 'chromium'),
  },
  {
    what: 'second thread, reference transformer p 113',
    unit: ' ×',
    bounds: { node24: { atLeast: 1.8 }, node20: { atLeast: 1.8 } },
    value: (results, column) => {
      const [one, two] = [1, THREADS].map((threads) =>
        stepTime(
          standings(results, 'threads').filter((found) => found.threads === threads),
          'p113',
          column,
        ),
      );
      return one && two && THREADS > 1 ? one / two : undefined;
    },
  },
  {
    what: 'resident memory, reference transformer p 113',
    unit: ' MB',
    bounds: { node24: { atMost: 250 }, node20: { atMost: 250 } },
    value: (results, column) =>
      standings(results, 'peers').find(({ work, contestant }) => work === 'p113' && contestant === column)
        ?.peak_mb,
  },
  {
    what: 'heap growth in 10,000 steady steps',
    unit: ' kB',
    bounds: { node20: { atMost: 80 } },
    value: (results) => results.heap?.find(({ what }) => what.startsWith('heap growth'))?.value,
  },
  {
    what: 'garbage collections in 10,000 steady steps',
    unit: '',
    bounds: { node20: { atMost: 0 } },
    value: (results) => results.heap?.find(({ what }) => what.startsWith('garbage'))?.value,
  },
];

/**
 * @param {string} what
 * @param {string} work
 * @param {string[]} peers the fastest of them counts
 * @param {number} newer
 * @param {number} older
 * @returns {Target}
 */
function faster(what, work, peers, newer, older) {
  return {
    what,
    unit: ' ×',
    bounds: { node24: { atLeast: newer }, node20: { atLeast: older } },
    value: (results, column) => ratio(results, work, peers, column),
  };
}

/**
 * The standings of contests among the results of a measurement.
 * @param {Results} results
 * @param {string} measurement
 */
export function standings(results, measurement) {
  return (results[measurement] ?? []).map(({ raw }) => /** @type {Standing} */ (raw));
}

/**
 * Median ms per step; undefined when it was not measured.
 * @param {readonly Standing[]} found
 * @param {string} work
 * @param {string} contestant
 */
export function stepTime(found, work, contestant) {
  const one = found.find((standing) => standing.work === work && standing.contestant === contestant);
  return one && median(one.step_ms);
}

/**
 * How many times faster than the fastest of `peers` a contestant of ours is.
 * @param {Results} results
 * @param {string} work
 * @param {readonly string[]} peers all of them must have been measured
 * @param {string} ours
 */
export function ratio(results, work, peers, ours) {
  const found = standings(results, 'peers');
  const own = stepTime(found, work, ours);
  const theirs = peers.map((peer) => stepTime(found, work, peer) ?? Number.NaN);
  const fastest = Math.min(...theirs);
  return own === undefined || Number.isNaN(fastest) ? undefined : fastest / own;
}

/**
 * What was measured beside what was wanted; undefined where no target is set.
 * @param {Target} target
 * @param {Results} results
 * @param {Column} column
 * @returns {Verdict | undefined}
 */
export function verdict({ bounds, unit, value }, results, column) {
  const bound = bounds[column];
  if (bound === undefined) return undefined;
  const wanted = 'atLeast' in bound ? `≥ ${bound.atLeast}${unit}` : `≤ ${bound.atMost}${unit}`;
  const measured = value(results, column);
  if (measured === undefined) return { text: `${wanted}: not measured`, met: undefined };
  const met = 'atLeast' in bound ? measured >= bound.atLeast : measured <= bound.atMost;
  const shown = rounded(measured, unit === ' ×' ? 2 : 1);
  return { text: `${wanted}: ${shown}${unit}, ${met ? 'met' : 'NOT MET'}`, met };
}

/** The table, a row for each target: what it is about, and the verdicts. @param {Results} results */
export function targetsTable(results) {
  return targets.map((target) => ({
    what: target.what,
    node24: verdict(target, results, 'node24')?.text ?? '',
    node20: verdict(target, results, 'node20')?.text ?? '',
  }));
}

/** The same for a terminal, in columns. @param {Results} results */
export function targetsInColumns(results) {
  const rows = [
    { what: 'target', node24: 'Node ≥ 24', node20: 'Node 20, Chromium' },
    ...targetsTable(results),
  ];
  const width = (/** @type {'what' | 'node24'} */ key) => Math.max(...rows.map((row) => row[key].length));
  const [first, second] = [width('what'), width('node24')];
  return rows
    .map(({ what, node24, node20 }) =>
      `  ${what.padEnd(first)}  ${node24.padEnd(second)}  ${node20}`.trimEnd(),
    )
    .join('\n');
}
