// One process of a pool: trains R1 for each seed it is given until all held-out pairs are right. r1-pool.mjs SEED [SEED …].

import { loadLibrary } from '../grokscope.mjs';
import { experimentOf } from './work-file.mjs';

const { Machine, allowRevectorizer, train } = await loadLibrary();
await allowRevectorizer(); // as the command does
/** @type {Record<string, number>} */
const steps = {};
for (const seed of process.argv.slice(2)) {
  const experiment = await experimentOf({ config: 'configs/r1.yaml', overrides: [`seed=${seed}`] });
  const options = { kernels: /** @type {const} */ ('auto'), threads: 1 };
  for await (const { step, metrics } of train(experiment, { machine: await Machine.open(options) })) {
    steps[seed] = step;
    if (metrics?.val.accuracy === 1) break;
  }
}
console.log(JSON.stringify(steps));
// Threads of the engine would keep the process alive.
process.exit();
