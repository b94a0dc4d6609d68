// A run of a reproduction that is not trained but simulated by the isolated dynamics of its configuration.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/run.mjs';
import { loadLibrary, loadRuns, loadTheory } from '../grokscope.mjs';
import { rounded } from './rounded.mjs';

/** @typedef {import('./one-run.mjs').RunRecord} RunRecord */
/** @typedef {import('./one-run.mjs').RunRequest} RunRequest */
/** @typedef {import('./one-run.mjs').RunMessage} RunMessage */

/** Steps between two observations of a simulation. */
const OBSERVE_EVERY = 50;

/**
 * The isolated dynamics of an experiment; its parameters are W₁, its columns those of `observationColumns`.
 * @param {RunRequest} request
 * @param {(message: RunMessage) => void} send
 */
export async function isolatedRun(request, send) {
  const { allowRevectorizer, buildDataset, parseExperiment, NUMERIC_VERSION } = await loadLibrary();
  const { KernelStep, isolatedSetting, observationColumns, observationRows, simulate } = await loadTheory();
  await allowRevectorizer();
  const { runId } = await loadRuns();
  const { experiment } = parseExperiment(readFileSync(join(root, request.config), 'utf8'), {
    file: request.config,
    overrides: [...request.overrides, `seed=${request.seed}`],
  });
  const { analytic_steps: steps, analytic_lr: stepSize } = experiment;
  const { problem, initialWeights, modulus } = isolatedSetting(experiment, buildDataset(experiment), {
    ridge: 0,
  });
  const [wall, cpu] = [performance.now(), process.cpuUsage()];
  const step = await KernelStep.open(problem);
  const weights = initialWeights();
  /** @type {RunRecord['evaluations']} */
  const evaluations = { step: [], train: [], held_out: [] };
  for (const column of request.columns) evaluations[column] = [];
  /** @type {number[]} */
  const norms = [];
  const plan = {
    steps,
    stepSize,
    integrator: /** @type {const} */ ('euler'),
    observeEvery: OBSERVE_EVERY,
    modulus,
  };
  for (const { observation } of simulate(step, weights, plan)) {
    const [row] = observationRows([observation]);
    evaluations.step.push(observation.step);
    evaluations.train.push(rounded(observation.train.accuracy));
    evaluations.held_out.push(rounded(observation.heldOut.accuracy));
    for (const column of request.columns)
      evaluations[column].push(Number(row[observationColumns.indexOf(column)].toPrecision(4)));
    norms.push(Math.round(observation.firstNorm * 1e3) / 1e3);
    send({ progress: { step: observation.step, total: steps } });
    await new Promise((resolve) => setImmediate(resolve));
  }
  const used = process.cpuUsage(cpu);
  const bytes = new Uint8Array(weights.buffer, weights.byteOffset, weights.byteLength);
  send({
    record: {
      case: request.case,
      seed: request.seed,
      steps,
      run_id: runId(experiment, NUMERIC_VERSION),
      parameters_sha256: createHash('sha256').update('W_1\n').update(bytes).digest('hex'),
      cpu_seconds: Math.round((used.user + used.system) / 1e4) / 100,
      wall_seconds: Math.round((performance.now() - wall) / 10) / 100,
      weight_norm: [norms[0], norms[norms.length - 1]],
      evaluations,
    },
    kernels: step.mode,
  });
  await step.close();
}
