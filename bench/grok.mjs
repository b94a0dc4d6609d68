// From the shell to a grokked network: the command that trains R1, against a PyTorch script with the same criterion.

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { root } from '../scripts/run.mjs';
import { command } from './grokscope.mjs';
import { node, python } from './peers/environment.mjs';
import { THREADS } from './peers/works.mjs';
import { inFolder } from './process.mjs';
import { median, rounded } from './statistics.mjs';

const ROUNDS = 5;
const exec = promisify(execFile);
const script = fileURLToPath(new URL('peers/python/torch_r1.py', import.meta.url));

/** @type {import('./measurement.mjs').Measurement} */
export const measurement = {
  name: 'grok',
  about: 'R1 from the shell until it has grokked, command to result',
  measure,
};

/**
 * Trains with the command; returns the steps it took.
 * @param {string} program
 */
function trained(program) {
  return inFolder(async (folder) => {
    const run = join(folder, 'r1');
    await exec(program, [command, 'train', '--config', 'configs/r1.yaml', '--run', run], { cwd: root });
    return Number(JSON.parse(readFileSync(join(run, 'summary.json'), 'utf8')).last_step);
  });
}

async function measure() {
  const { 24: newer, 20: older, script: scripted } = await programs();
  /** @type {{ title: string, found: import('./peers/environment.mjs').Found, train: (program: string) => Promise<number> }[]} */
  const all = [
    { title: 'grokscope train, Node 24', found: newer, train: trained },
    { title: 'grokscope train, Node 20', found: older, train: trained },
    {
      title: 'PyTorch script, eager',
      found: scripted,
      train: async (program) => {
        const { stdout } = await exec(program, [script, String(THREADS), '0.95', '10', '0']);
        return Number(JSON.parse(stdout)['0']);
      },
    },
  ];
  const present = all.flatMap(({ title, found, train }) => {
    if ('path' in found)
      return [{ title, train: () => train(found.path), seconds: /** @type {number[]} */ ([]), steps: 0 }];
    console.log(`  Left out: ${found.missing}`);
    return [];
  });
  for (let round = 0; round < ROUNDS; round++) {
    for (const entry of present) {
      const start = performance.now();
      entry.steps = await entry.train();
      entry.seconds.push(rounded((performance.now() - start) / 1000, 3));
    }
  }
  return present.map(({ title, seconds, steps }) => ({
    what: `R1 until it has grokked: ${title}`,
    value: median(seconds),
    unit: 's',
    remark: `${steps} steps, evaluated after each; ${Math.min(...seconds)} to ${Math.max(...seconds)} s`,
    raw: { title, seconds, steps },
  }));
}

async function programs() {
  return { 24: await node(24), 20: await node(20), script: await python() };
}
