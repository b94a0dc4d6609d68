// Twenty seeds of R1 to 100 % held-out accuracy, two processes of one thread at a time, against PyTorch doing the same.

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { node, python } from './peers/environment.mjs';
import { rounded } from './statistics.mjs';

const SEEDS = 20;
const PROCESSES = 2;
const exec = promisify(execFile);

/** @param {string} file */
const pathOf = (file) => fileURLToPath(new URL(`peers/${file}`, import.meta.url));

/** @type {import('./measurement.mjs').Measurement} */
export const measurement = {
  name: 'pool',
  about: `${SEEDS} runs of R1 to 100 % held-out accuracy, ${PROCESSES} processes of one thread at a time`,
  measure,
};

async function measure() {
  const kinds = [
    {
      title: 'grokscope, Node 24',
      program: await node(24),
      words: [pathOf('r1-pool.mjs')],
    },
    { title: 'grokscope, Node 20', program: await node(20), words: [pathOf('r1-pool.mjs')] },
    {
      title: 'PyTorch, eager',
      program: await python(),
      words: [pathOf('python/torch_r1.py'), '1', '1', '0'],
    },
  ];
  const results = [];
  for (const { title, program, words } of kinds) {
    if ('missing' in program) {
      console.log(`  Left out: ${program.missing}`);
      continue;
    }
    const start = performance.now();
    const parts = await Promise.all(
      Array.from({ length: PROCESSES }, (_, i) =>
        exec(program.path, [...words, ...seedsOf(i)]).then(({ stdout }) => JSON.parse(stdout)),
      ),
    );
    const seconds = rounded((performance.now() - start) / 1000, 2);
    /** @type {Record<string, number>} */
    const steps = Object.assign({}, ...parts);
    const total = Object.values(steps).reduce((sum, count) => sum + count, 0);
    results.push({
      what: `${SEEDS} runs of R1: ${title}`,
      value: seconds,
      unit: 's',
      remark: `${total} steps in all, the start of the processes included`,
      raw: { title, seconds, steps },
    });
  }
  return results;
}

/** Every second seed, and so on. @param {number} process */
function seedsOf(process) {
  return Array.from({ length: SEEDS }, (_, seed) => seed)
    .filter((seed) => seed % PROCESSES === process)
    .map(String);
}
