// What training leaves on the heap: growth over 10,000 steady steps beside the growth over as many turns of an empty loop.

import { fileURLToPath } from 'node:url';
import { usageOf } from './process.mjs';
import { median, rounded } from './statistics.mjs';

const program = fileURLToPath(new URL('heap-in-process.mjs', import.meta.url));

/** @type {import('./measurement.mjs').Measurement} */
export const measurement = {
  name: 'heap',
  about: 'heap growth and garbage collections over 10,000 steady steps of a small model',
  measure,
};

/** The smallest object takes 16 bytes: one kept at every step would make 160 kB, one at every second step this. */
const MOST_GROWTH_KB = 80;

/** @typedef {{ growth_bytes: number, collections: number, collection_ms: number, cpu_us_per_step: number }} Block */

async function measure() {
  /** @type {{ steps: Block[], idle: Block[], garbage_bytes_per_step: number }} */
  const raw = JSON.parse((await usageOf(program, [], ['--expose-gc'])).stdout);
  const { steps, idle, garbage_bytes_per_step } = raw;
  const noise = Math.max(...idle.map(({ growth_bytes }) => Math.abs(growth_bytes)));
  const of = (/** @type {keyof Block} */ key) => median(steps.map((block) => block[key]));
  return [
    {
      what: 'heap growth over 10,000 steps',
      value: rounded(of('growth_bytes') / 1000, 2),
      unit: 'kB',
      target: { atMost: MOST_GROWTH_KB },
      remark: `10,000 turns of an empty loop change it by up to ${rounded(noise / 1000, 2)} kB`,
      raw,
    },
    {
      what: 'garbage collections in 10,000 steps',
      value: of('collections'),
      unit: '',
      remark: `${rounded(of('collection_ms'), 1)} ms; a step takes ${rounded(of('cpu_us_per_step'), 1)} µs and leaves ${garbage_bytes_per_step} bytes`,
      raw: steps.map(({ collections }) => collections),
    },
  ];
}
