// Who trains: this project under two versions of Node and in Chromium, and the peers.

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../../scripts/run.mjs';
import { startPage } from './browser.mjs';
import { node, python } from './environment.mjs';
import { startProcess } from './runner.mjs';
import { workFile } from './work-file.mjs';

/** @typedef {import('./works.mjs').Work} Work */
/** @typedef {import('./runner.mjs').Runner} Runner */

/**
 * @typedef {object} Contestant
 * @property {string} name
 * @property {string} title for tables and figures
 * @property {boolean} ours
 * @property {(work: Work, threads: number) => Promise<Runner>} start throws when it cannot be had, with the reason
 */

/** @param {string} file */
const pathOf = (file) => fileURLToPath(new URL(file, import.meta.url));

/** @param {import('./environment.mjs').Found} found */
function pathIn(found) {
  if ('missing' in found) throw new Error(found.missing);
  return found.path;
}

/**
 * @param {20 | 24} major
 * @returns {Contestant}
 */
function ours(major) {
  return {
    name: `node${major}`,
    title: `grokscope, Node ${major}`,
    ours: true,
    start: async (work, threads) => {
      const words = [pathOf('ours.mjs'), JSON.stringify(work), JSON.stringify({ threads })];
      return startProcess(pathIn(await node(major)), words);
    },
  };
}

/**
 * @param {string} name
 * @param {string} title
 * @param {string} file
 * @param {string[]} [words]
 * @returns {Contestant}
 */
function inPython(name, title, file, words = []) {
  return {
    name,
    title,
    ours: false,
    start: async (work, threads) => {
      const program = pathIn(await python());
      return startProcess(
        program,
        [pathOf(`python/${file}`), await workFile(work), String(threads), ...words],
        {
          // What torch.compile has compiled once is kept beside everything else.
          TORCHINDUCTOR_CACHE_DIR: join(root, '.cache', 'bench', 'inductor'),
        },
      );
    },
  };
}

/**
 * @param {string} name
 * @param {string} title
 * @param {'grokscope' | 'jax-js' | 'tfjs'} page
 * @returns {Contestant}
 */
function inChromium(name, title, page) {
  const start = (/** @type {Work} */ work, /** @type {number} */ threads) => startPage(page, work, threads);
  return { name, title, ours: page === 'grokscope', start };
}

/** @type {readonly Contestant[]} */
export const contestants = [
  ours(24),
  ours(20),
  inPython('torch', 'PyTorch, eager', 'torch_peer.py', ['eager']),
  inPython('torch-compile', 'PyTorch, torch.compile', 'torch_peer.py', ['compile']),
  inPython('jax', 'JAX, jit', 'jax_peer.py'),
  inChromium('chromium', 'grokscope, Chromium', 'grokscope'),
  inChromium('jax-js', 'jax-js (WASM), Chromium', 'jax-js'),
  inChromium('tfjs', 'TensorFlow.js (WASM), Chromium', 'tfjs'),
];

/** @param {string[]} names */
export function contestantsNamed(...names) {
  return names.map((name) => {
    const found = contestants.find((contestant) => contestant.name === name);
    if (found === undefined) throw new Error(`internal: no contestant is called ${name}`);
    return found;
  });
}
