// How near the step of the reference transformer comes to what the processor can do: the operations and bytes of the plan, the
// time of its instructions, and the limits measured beside it. One thread.

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { root } from '../scripts/run.mjs';
import { command } from './grokscope.mjs';
import { node } from './peers/environment.mjs';
import { workNamed } from './peers/works.mjs';
import { rounded } from './statistics.mjs';

const exec = promisify(execFile);
const program = fileURLToPath(new URL('roofline-in-process.mjs', import.meta.url));
/** A plan as JSON is longer than what Node takes from a process by default. */
const MOST_OUTPUT = 100_000_000;

/**
 * What belongs together: kinds of the plan (units of explain-plan) and the instructions that they become.
 * @type {Readonly<Record<string, { units: string[], instructions: string[] }>>}
 */
export const groups = {
  products: {
    units: ['einsum', 'einsumOverExamples', 'sumOfProducts', 'scatterProduct'],
    instructions: ['contract', 'sparseProduct', 'pack', 'finite', 'direct', 'weighted'],
  },
  'table rows': {
    units: ['gather', 'scatterAdd', 'take', 'place'],
    instructions: ['gather', 'scatterAdd', 'take', 'place'],
  },
  sums: {
    units: ['sum', 'sumExamples', 'max'],
    instructions: ['reduceRows', 'reduceAxis', 'sumExamples', 'sumLanes'],
  },
  softmax: { units: ['softmax', 'logSoftmax'], instructions: ['softmax'] },
  elementwise: { units: ['elementwise'], instructions: ['elementwise'] },
};
const OTHER = 'other';

/** @typedef {{ group: string, ms: number, flops: number, bytes: number }} GroupCost */
/** @typedef {{ node: string, limits: { gflops: number, gigabytes_per_s: Record<string, number> }, groups: GroupCost[] }} Roofline */

/** @type {import('./measurement.mjs').Measurement} */
export const measurement = {
  name: 'roofline',
  about: 'the step of the reference transformer against the limits of the processor, on one thread',
  measure,
};

async function measure() {
  const units = await plannedUnits();
  const results = [];
  for (const major of /** @type {const} */ ([24, 20])) {
    const found = await node(major);
    if ('missing' in found) {
      console.log(`  Left out: ${found.missing}`);
      continue;
    }
    const { stdout } = await exec(found.path, [program], { cwd: root });
    const { limits, profile_ms } = JSON.parse(stdout);
    const costs = costsOf(units, profile_ms);
    const total = costs.reduce((sum, { ms }) => sum + ms, 0);
    const products = costs.find(({ group }) => group === 'products');
    const reached = products ? products.flops / products.ms / 1e6 : Number.NaN;
    results.push({
      what: `products in a step of p 113 on Node ${major}, of the measured limit`,
      value: rounded((100 * reached) / limits.gflops, 1),
      unit: '%',
      remark:
        `${rounded(reached, 1)} of ${limits.gflops} GFLOP/s on one thread; ` +
        costs.map(({ group, ms }) => `${group} ${Math.round((100 * ms) / total)} %`).join(', '),
      raw: { node: `Node ${major}`, limits, groups: costs, profile_ms },
    });
  }
  return results;
}

/** The units of the plan, all stages together. @returns {Promise<{ kind: string, flops: number, bytes: number }[]>} */
async function plannedUnits() {
  const { config, overrides } = workNamed('p113');
  const words = [command, 'explain-plan', '--config', config, '--json', ...overrides];
  const { stdout } = await exec(process.execPath, words, { cwd: root, maxBuffer: MOST_OUTPUT });
  /** @type {{ units: { kind: string, flops: number, bytes: number }[] }[]} */
  const stages = JSON.parse(stdout).program.stages;
  return stages.flatMap((stage) => stage.units);
}

/**
 * @param {readonly { kind: string, flops: number, bytes: number }[]} units
 * @param {Readonly<Record<string, number>>} profile ms by instruction
 * @returns {GroupCost[]} the longest first
 */
function costsOf(units, profile) {
  const groupOf = (/** @type {'units' | 'instructions'} */ key, /** @type {string} */ kind) =>
    Object.entries(groups).find(([, members]) =>
      kind.split(' ').some((word) => members[key].includes(word)),
    )?.[0] ?? OTHER;
  return [...Object.keys(groups), OTHER]
    .map((group) => {
      const planned = units.filter(({ kind }) => groupOf('units', kind) === group);
      const spent = Object.entries(profile).filter(([kind]) => groupOf('instructions', kind) === group);
      return {
        group,
        ms: rounded(
          spent.reduce((sum, [, ms]) => sum + ms, 0),
          3,
        ),
        flops: planned.reduce((sum, { flops }) => sum + flops, 0),
        bytes: planned.reduce((sum, { bytes }) => sum + bytes, 0),
      };
    })
    .filter(({ ms }) => ms > 0)
    .sort((a, b) => b.ms - a.ms);
}
