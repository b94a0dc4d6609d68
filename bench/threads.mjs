// What a second thread is worth: the same training on one thread and on two, in turns.

import { resultsOf } from './peers/contest.mjs';
import { contestantsNamed } from './peers/contestants.mjs';
import { THREADS, workNamed } from './peers/works.mjs';

const ROUNDS = 11;

/** @type {import('./measurement.mjs').Measurement} */
export const measurement = {
  name: 'threads',
  about: 'time per step against the number of threads',
  measure: () =>
    resultsOf(
      ['p113', 'r1'].map((name) => ({
        work: workNamed(name),
        entries: contestantsNamed('node24', 'node20', 'torch', 'jax').flatMap((contestant) =>
          [...new Set([1, THREADS])].map((threads) => ({ contestant, threads })),
        ),
      })),
      ROUNDS,
    ),
};
