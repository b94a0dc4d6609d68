// The largest resident memory of R1, trained by the command.

import { trainR1, usageOf } from './process.mjs';
import { median, rounded } from './statistics.mjs';

const ROUNDS = 5;

/** @type {import('./measurement.mjs').Measurement} */
export const measurement = { name: 'memory', about: 'peak resident memory of R1', measure };

async function measure() {
  const [r1, node] = [[], []].map(() => /** @type {number[]} */ ([]));
  for (let round = 0; round < ROUNDS; round++) {
    r1.push(rounded((await trainR1()).peak_mb, 1));
    node.push(rounded((await usageOf('-e', ['0'])).peak_mb, 1));
  }
  return [
    {
      what: 'peak resident memory of R1',
      value: median(r1),
      unit: 'MB',
      target: { atMost: 250 },
      remark: `Node alone ${median(node)} MB`,
      raw: { r1, node },
    },
  ];
}
