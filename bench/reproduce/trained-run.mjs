// A run of a reproduction that is trained: accuracies at every evaluation, and columns of its measures.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/run.mjs';
import { loadLibrary, loadRuns } from '../grokscope.mjs';
import { rounded } from './rounded.mjs';

/** @typedef {import('./one-run.mjs').RunRecord} RunRecord */
/** @typedef {import('./one-run.mjs').RunRequest} RunRequest */
/** @typedef {import('./one-run.mjs').RunMessage} RunMessage */

/**
 * @param {RunRequest} request
 * @param {(message: RunMessage) => void} send
 */
export async function trainedRun(request, send) {
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
