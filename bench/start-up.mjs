// How long the command takes to answer, and how long it takes from nothing to the first step of R1.

import { fileURLToPath } from 'node:url';
import { command } from './grokscope.mjs';
import { trainR1, usageOf } from './process.mjs';
import { median, rounded } from './statistics.mjs';

const ROUNDS = 15;
const program = fileURLToPath(new URL('r1-in-process.mjs', import.meta.url));

/** @type {import('./measurement.mjs').Measurement} */
export const measurement = {
  name: 'start-up',
  about: 'start-up of the command, and time to the first step of R1',
  measure,
};

/** Each started anew every round, in turns; its own time by the clock and of the processor, in ms. */
const starts = {
  'grokscope --version': () => usageOf(command, ['--version']),
  'grokscope --help': () => usageOf(command, ['--help']),
  'grokscope doctor': () => usageOf(command, ['doctor']),
  'first step of R1, library': async () => JSON.parse((await usageOf(program, [])).stdout).firstStep,
  'a run of R1 of one step': () => trainR1(['train.total_steps=1', 'train.eval_every_steps=1']),
  'node -e 0': () => usageOf('-e', ['0']),
};

/** @type {Partial<Record<keyof typeof starts, string>>} */
const remarks = {
  'grokscope doctor': 'with the kernels loaded and tested',
  'first step of R1, library':
    'Node, modules, kernels and their test, data, network, the evaluation at step 0, one step',
  'a run of R1 of one step':
    'the whole command: also the memory check, the folder, another evaluation, a checkpoint, the summary',
  'node -e 0': 'Node alone, for comparison',
};

/** @type {(keyof typeof starts)[]} */
const judged = ['grokscope --version', 'grokscope --help', 'grokscope doctor', 'first step of R1, library'];

async function measure() {
  const names = /** @type {(keyof typeof starts)[]} */ (Object.keys(starts));
  const times = Object.fromEntries(
    names.map((name) => [
      name,
      { wall_ms: /** @type {number[]} */ ([]), cpu_ms: /** @type {number[]} */ ([]) },
    ]),
  );
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of names) {
      const { wall_ms, cpu_ms } = await starts[name]();
      times[name].wall_ms.push(rounded(wall_ms, 1));
      times[name].cpu_ms.push(rounded(cpu_ms, 1));
    }
  }
  return names.map((name) => ({
    what: name,
    value: median(times[name].wall_ms),
    unit: 'ms',
    target: judged.includes(name) ? { atMost: 400 } : undefined,
    remark: [`processor ${median(times[name].cpu_ms)} ms`, remarks[name]].filter(Boolean).join('; '),
    raw: times[name],
  }));
}
