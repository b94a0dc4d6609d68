// R1 through the library in a process of its own, for r1.mjs and start-up.mjs: one line of JSON with the milliseconds, by the
// clock and of the processor, at which things happened, counted from the start of the process.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../scripts/run.mjs';
import { loadLibrary } from './grokscope.mjs';

/** @typedef {{ step: number, wall_ms: number, cpu_ms: number }} Moment */

/** @returns {Moment} */
function momentOf(step = 0) {
  const { user, system } = process.cpuUsage();
  return { step, wall_ms: performance.now(), cpu_ms: (user + system) / 1000 };
}

const { parseExperiment, train } = await loadLibrary();
const file = 'configs/r1.yaml';
const { experiment } = parseExperiment(readFileSync(join(root, file), 'utf8'), { file });
const loaded = momentOf();
/** @type {Moment | undefined} */
let firstStep;
/** @type {Moment | undefined} */
let understood;
const onStep = () => {
  firstStep ??= momentOf(1);
};
for await (const { step, metrics } of train(experiment, { onStep })) {
  if (metrics?.val.accuracy === 1) {
    understood = momentOf(step);
    break;
  }
}
console.log(JSON.stringify({ loaded, firstStep, understood }));
