// One seed of a reproduction, in a process of its own: trains or simulates, and sends progress and then its record to the parent.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/run.mjs';
import { loadLibrary, loadRuns, loadTheory } from '../grokscope.mjs';

/**
 * What a run left behind. Accuracies are fractions, rounded to six decimals.
 * @typedef {object} RunRecord
 * @property {string} case what sets it apart from runs of the same seed, such as `p 23`; empty when nothing does
 * @property {number} seed
 * @property {number} steps
 * @property {string} run_id SHA-256 of the resolved configuration and the numeric version
 * @property {string} parameters_sha256 of the final parameters: their names and bytes, in the order of the model
 * @property {number} cpu_seconds
 * @property {number} wall_seconds
 * @property {[number, number]} weight_norm ‖θ‖ at the first and the last evaluation
 * @property {{ step: number[], train: number[], held_out: number[] } & Record<string, number[]>} evaluations with the
 *   columns of metrics.csv that were asked for
 */

/**
 * `simulated`: not trained, but simulated by the isolated dynamics.
 * @typedef {{ case: string, seed: number, config: string, overrides: string[], columns: string[], simulated: boolean }} RunRequest
 */

/** @typedef {{ progress: { step: number, total: number } } | { record: RunRecord, kernels: string }} RunMessage */

/** @param {number} accuracy */
const rounded = (accuracy) => Math.round(accuracy * 1e6) / 1e6;

/**
 * @param {RunRequest} request
 * @param {(message: RunMessage) => void} send
 */
async function runOne(request, send) {
  const { allowRevectorizer, openMeasures, parseExperiment, Machine, NUMERIC_VERSION, train } =
    await loadLibrary();
  await allowRevectorizer();
  const { runId } = await loadRuns();
  const { experiment } = parseExperiment(readFileSync(join(root, request.config), 'utf8'), {
    file: request.config,
    overrides: [...request.overrides, `seed=${request.seed}`],
  });
  const machine = await Machine.open();
  /** @type {RunRecord['evaluations']} */
  const evaluations = { step: [], train: [], held_out: [] };
  for (const column of request.columns) evaluations[column] = [];
  /** @type {number[]} */
  const norms = [];
  /** @type {import('grokscope').OpenMeasure | undefined} */
  let measures;
  const parameters = createHash('sha256');
  let steps = 0;
  const [wall, cpu] = [performance.now(), process.cpuUsage()];
  for await (const snapshot of train(experiment, { machine })) {
    const { step, metrics, weightNorm = Number.NaN } = snapshot;
    if (metrics !== undefined) {
      evaluations.step.push(step);
      evaluations.train.push(rounded(metrics.train.accuracy));
      evaluations.held_out.push(rounded((metrics.test ?? metrics.val).accuracy));
      norms.push(Math.round(weightNorm * 1e3) / 1e3);
      measures ??= openMeasures(snapshot.probe);
      const measured = measures.values(step);
      const all = { ...measured, weight_norm: weightNorm };
      for (const column of request.columns)
        evaluations[column].push(Number(Number(all[/** @type {'weight_norm'} */ (column)]).toPrecision(6)));
      send({ progress: { step, total: experiment.train.total_steps } });
    }
    if (snapshot.last) {
      steps = step;
      for (const [name, { values }] of snapshot.parameters()) {
        parameters.update(`${name}\n`);
        parameters.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
      }
    }
  }
  const used = process.cpuUsage(cpu);
  send({
    record: {
      case: request.case,
      seed: request.seed,
      steps,
      run_id: runId(experiment, NUMERIC_VERSION),
      parameters_sha256: parameters.digest('hex'),
      cpu_seconds: Math.round((used.user + used.system) / 1e4) / 100,
      wall_seconds: Math.round((performance.now() - wall) / 10) / 100,
      weight_norm: [norms[0], norms[norms.length - 1]],
      evaluations,
    },
    kernels: machine.mode,
  });
}

/** Steps between two observations of a simulation. */
const OBSERVE_EVERY = 50;

/**
 * The isolated dynamics of an experiment; its parameters are W₁, its columns those of `observationColumns`.
 * @param {RunRequest} request
 * @param {(message: RunMessage) => void} send
 */
async function simulateOne(request, send) {
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

/** @type {RunRequest} */
const request = JSON.parse(process.argv[2]);
const run = request.simulated ? simulateOne : runOne;
await run(request, (message) => process.send?.(message));
// The channel to the parent would keep this process alive.
process.disconnect?.();
