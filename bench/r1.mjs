// R1 from nothing to 100 % held-out accuracy on one thread, evaluated after every step: inside a process, and from the shell.

import { fileURLToPath } from 'node:url';
import { trainR1, usageOf } from './process.mjs';
import { median, rounded } from './statistics.mjs';

const ROUNDS = 7;
const program = fileURLToPath(new URL('r1-in-process.mjs', import.meta.url));

/** @type {import('./measurement.mjs').Measurement} */
export const measurement = {
  name: 'r1',
  about: 'R1 to 100 % held-out accuracy on one thread, once built',
  measure,
};

async function measure() {
  /** @type {{ step: number, wall_s: number, cpu_s: number }[]} */
  const inProcess = [];
  /** @type {{ wall_s: number, cpu_s: number }[]} */
  const shell = [];
  for (let round = 0; round < ROUNDS; round++) {
    const { loaded, understood } = JSON.parse((await usageOf(program, [])).stdout);
    inProcess.push({
      step: understood.step,
      wall_s: seconds(understood.wall_ms - loaded.wall_ms),
      cpu_s: seconds(understood.cpu_ms - loaded.cpu_ms),
    });
    const whole = await trainR1();
    shell.push({ wall_s: seconds(whole.wall_ms), cpu_s: seconds(whole.cpu_ms) });
  }
  return [
    {
      what: `R1 to 100 % held-out (step ${inProcess[0].step}), wall time in a process`,
      value: median(inProcess.map(({ wall_s }) => wall_s)),
      unit: 's',
      target: { atMost: 4 },
      remark: `processor ${median(inProcess.map(({ cpu_s }) => cpu_s))} s; building the network to the evaluation that shows it`,
      raw: inProcess,
    },
    {
      what: 'grokscope train --config configs/r1.yaml, all of it from the shell',
      value: median(shell.map(({ wall_s }) => wall_s)),
      unit: 's',
      remark: `processor ${median(shell.map(({ cpu_s }) => cpu_s))} s; to the end of the run, its folder written`,
      raw: shell,
    },
  ];
}

/** @param {number} ms */
function seconds(ms) {
  return rounded(ms / 1000, 3);
}
