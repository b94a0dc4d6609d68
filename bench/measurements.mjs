// Everything that `npm run bench` measures, in its order. A new measurement is one file, named here.

import { measurement as grok } from './grok.mjs';
import { measurement as growth } from './growth.mjs';
import { measurement as heap } from './heap.mjs';
import { measurement as isolated } from './isolated.mjs';
import { measurement as lab } from './lab.mjs';
import { measurement as lateSteps } from './late-steps.mjs';
import { measurement as matmul } from './matmul.mjs';
import { measurement as measuring } from './measuring.mjs';
import { measurement as memory } from './memory.mjs';
import { measurement as peers } from './peers.mjs';
import { measurement as pool } from './pool.mjs';
import { measurement as r1 } from './r1.mjs';
import { measurement as roofline } from './roofline.mjs';
import { measurement as startUp } from './start-up.mjs';
import { measurement as steps } from './steps.mjs';
import { measurement as threads } from './threads.mjs';

/** @type {readonly import('./measurement.mjs').Measurement[]} */
export const measurements = [
  ...[matmul, r1, startUp, memory, heap, steps, lateSteps, measuring],
  ...[peers, threads, growth, grok, pool, roofline, isolated, lab],
];
