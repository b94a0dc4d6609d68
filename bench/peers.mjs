// Whole training steps of this project and of its peers, in turns.

import { resultsOf } from './peers/contest.mjs';
import { contestantsNamed } from './peers/contestants.mjs';
import { THREADS, works } from './peers/works.mjs';

const ROUNDS = 11;
const everywhere = ['node24', 'node20', 'torch', 'torch-compile', 'jax'];
/** TensorFlow.js needs seconds for a step of the larger ones. */
const inBrowsers = {
  p113: ['chromium', 'jax-js'],
  p53: ['chromium', 'jax-js', 'tfjs'],
  r1: ['chromium', 'jax-js', 'tfjs'],
};

/** @type {import('./measurement.mjs').Measurement} */
export const measurement = {
  name: 'peers',
  about: `time per step against PyTorch, JAX, jax-js and TensorFlow.js on ${THREADS} threads`,
  measure: () =>
    resultsOf(
      works.map((work) => ({
        work,
        entries: contestantsNamed(
          ...everywhere,
          ...(work.name in inBrowsers ? inBrowsers[/** @type {keyof typeof inBrowsers} */ (work.name)] : []),
        ).map((contestant) => ({ contestant, threads: THREADS })),
      })),
      ROUNDS,
    ),
};
