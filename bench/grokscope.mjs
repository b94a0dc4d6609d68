// The built library, as users get it, with the types of its sources.

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../scripts/run.mjs';

/** The command's file in dist. */
export const command = join(root, 'dist', 'cli', 'main.js');

/**
 * Loads a module of dist by its path there, such as `index.js`. Needs a build.
 * @param {string} path
 */
function built(path) {
  return import(pathToFileURL(join(root, 'dist', path)).href);
}

/** @returns {Promise<typeof import('../src/index.ts')>} */
export const loadLibrary = () => built('index.js');

/** @returns {Promise<typeof import('../src/runs/index.ts')>} */
export const loadRuns = () => built('runs/index.js');

/** @returns {Promise<typeof import('../src/theory/index.ts')>} */
export const loadTheory = () => built('theory/index.js');

/** @returns {Promise<typeof import('../src/figures/line-chart.ts')>} */
export const loadLineChart = () => built('figures/line-chart.js');

/** @returns {Promise<typeof import('../src/engine/opcodes.ts')>} */
export const loadOpcodes = () => built('engine/opcodes.js');

/** @returns {Promise<typeof import('../src/training/batches.ts')>} */
export const loadBatches = () => built('training/batches.js');

/** @returns {Promise<typeof import('../src/theory/isolated/kernel-step.ts')>} */
export const loadKernelStep = () => built('theory/isolated/kernel-step.js');
/** What trials are judged with, and the chance that simulated ones are drawn from. */
export async function loadJudge() {
  /** @type {typeof import('../src/trials/analyse.ts')} */
  const { analyse } = await built('trials/analyse.js');
  /** @type {typeof import('../src/engine/philox.ts')} */
  const { Stream } = await built('engine/philox.js');
  return { analyse, Stream };
}

/** The two standards of restricted means, each alone. */
export async function loadStandards() {
  /** @type {typeof import('../src/trials/statistics/studentised-bootstrap.ts')} */
  const bootstrap = await built('trials/statistics/studentised-bootstrap.js');
  /** @type {typeof import('../src/trials/statistics/sign-flips.ts')} */
  const flips = await built('trials/statistics/sign-flips.js');
  return { bootstrap, flips };
}

/** What figures are drawn with. */
export async function loadDrawing() {
  /** @type {typeof import('../src/figures/svg.ts')} */
  const svg = await built('figures/svg.js');
  /** @type {typeof import('../src/figures/value-axis.ts')} */
  const valueAxis = await built('figures/value-axis.js');
  /** @type {typeof import('../src/figures/text-width.ts')} */
  const textWidth = await built('figures/text-width.js');
  /** @type {typeof import('../src/figures/number-labels.ts')} */
  const labels = await built('figures/number-labels.js');
  /** @type {typeof import('../src/figures/end-labels.ts')} */
  const endLabels = await built('figures/end-labels.js');
  return { ...svg, ...valueAxis, ...textWidth, ...labels, ...endLabels };
}

/** @typedef {Awaited<ReturnType<typeof loadDrawing>>} Drawing */
