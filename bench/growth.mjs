// How the time of a step and the memory grow with the width of the network. Growth with p is among the works of peers.mjs.

import { resultsOf } from './peers/contest.mjs';
import { contestantsNamed } from './peers/contestants.mjs';
import { THREADS, widths } from './peers/works.mjs';

const ROUNDS = 5;

/** @type {import('./measurement.mjs').Measurement} */
export const measurement = {
  name: 'growth',
  about: `time per step against the width of transformer and R1 on ${THREADS} threads`,
  measure: () =>
    resultsOf(
      Object.values(widths).flatMap(({ values, work }) =>
        values.map((value) => ({
          work: work(value),
          entries: contestantsNamed('node24', 'node20', 'torch', 'jax').map((contestant) => ({
            contestant,
            threads: THREADS,
          })),
        })),
      ),
      ROUNDS,
    ),
};
