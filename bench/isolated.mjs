// The step of the isolated dynamics against the same mathematics in PyTorch, f64, in turns: time, and the share of what the
// processor can do at most.

import { fileURLToPath } from 'node:url';
import { contest, resultOf } from './peers/contest.mjs';
import { node, python } from './peers/environment.mjs';
import { startProcess } from './peers/runner.mjs';
import { THREADS } from './peers/works.mjs';
import { median, rounded } from './statistics.mjs';

const ROUNDS = 15;
/** How much faster than PyTorch, as set before anything was measured. */
const WANTED = { node24: 1, node20: 0.5 };

const work = { name: 'isolated', title: 'isolated dynamics, p 37, 512 units', config: '', overrides: [] };
const here = (/** @type {string} */ file) => fileURLToPath(new URL(`isolated/${file}`, import.meta.url));

/** @typedef {import('./peers/runner.mjs').Runner['about'] & { flops: number, gflops_limit: number }} About */

/** @type {import('./measurement.mjs').Measurement} */
export const measurement = {
  name: 'isolated',
  about: `a step of the isolated dynamics against PyTorch, f64, on ${THREADS} threads`,
  measure,
};

async function measure() {
  /** @type {Map<string, About>} */
  const abouts = new Map();
  /** @param {20 | 24} major */
  const ours = (major) => ({
    name: `node${major}`,
    title: `grokscope, Node ${major}`,
    ours: true,
    start: async (/** @type {unknown} */ _, /** @type {number} */ threads) => {
      const runner = await startProcess(pathOf(await node(major)), [here('ours.mjs'), String(threads)]);
      abouts.set(`node${major}`, /** @type {About} */ (runner.about));
      return runner;
    },
  });
  const torch = {
    name: 'torch',
    title: 'PyTorch eager',
    ours: false,
    start: async (/** @type {unknown} */ _, /** @type {number} */ threads) =>
      startProcess(pathOf(await python()), [here('torch_isolated.py'), String(threads)]),
  };
  const entries = [ours(24), ours(20), torch].map((contestant) => ({ contestant, threads: THREADS }));
  const say = (/** @type {string} */ sentence) => console.log(`  Left out: ${sentence}`);
  const standings = await contest(work, entries, { rounds: ROUNDS, say });
  const results = standings.map((standing) => resultOf(work, standing));
  const theirs = standings.find(({ ours }) => !ours);
  for (const { contestant, title, step_ms } of standings.filter(({ ours }) => ours)) {
    const { flops, gflops_limit, threads } = /** @type {About} */ (abouts.get(contestant));
    const rate = flops / median(step_ms) / 1e6;
    results.push({
      what: `isolated dynamics: ${title}, of the f64 limit`,
      value: rounded((100 * rate) / (gflops_limit * threads), 1),
      unit: '%',
      remark: `${rounded(flops / 1e6, 1)} MFLOP a step, ${rounded(rate, 1)} GFLOP/s; limit ${rounded(gflops_limit, 1)} GFLOP/s a thread`,
      raw: { contestant, flops, gflops_limit, threads },
    });
    if (theirs === undefined) continue;
    // Of neighbouring turns, so that what disturbs the machine disturbs both.
    const ratios = step_ms.map((ms, turn) => theirs.step_ms[turn] / ms).filter(Number.isFinite);
    results.push({
      what: `isolated dynamics: ${title}, times as fast as PyTorch`,
      value: rounded(median(ratios), 2),
      unit: '×',
      target: { atLeast: WANTED[/** @type {'node24' | 'node20'} */ (contestant)] },
      raw: ratios,
    });
  }
  return results;
}

/** @param {import('./peers/environment.mjs').Found} found */
function pathOf(found) {
  if ('missing' in found) throw new Error(found.missing);
  return found.path;
}
