// A run of a reproduction that follows the direction of its training: cos(Δθ, g̃) of `grokscope theory direction`.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/run.mjs';
import { loadLibrary, loadRuns, loadTheory } from '../grokscope.mjs';
import { rounded } from './rounded.mjs';

/** @typedef {import('./one-run.mjs').RunRecord} RunRecord */
/** @typedef {import('./one-run.mjs').RunRequest} RunRequest */
/** @typedef {import('./one-run.mjs').RunMessage} RunMessage */

/** Steps at which updates are compared: those of the published figures, and some between. */
const COMPARED_AT = [100, 200, 500, 1000, 2000, 4000, 7000, 10_000, 14_000, 20_000];

/**
 * Columns are the numbers of a comparison, as `DirectionRow` has them.
 * @param {RunRequest} request
 * @param {(message: RunMessage) => void} send
 */
export async function directionRun(request, send) {
  const { allowRevectorizer, Machine, parseExperiment, NUMERIC_VERSION } = await loadLibrary();
  const { directionOverTraining } = await loadTheory();
  await allowRevectorizer();
  const { runId } = await loadRuns();
  const { experiment } = parseExperiment(readFileSync(join(root, request.config), 'utf8'), {
    file: request.config,
    overrides: [...request.overrides, `seed=${request.seed}`],
  });
  const total = experiment.train.total_steps;
  const steps = COMPARED_AT.filter((step) => step <= total);
  const [wall, cpu] = [performance.now(), process.cpuUsage()];
  const { rows, final } = await directionOverTraining(experiment, {
    steps,
    onRow: ({ step }) => send({ progress: { step, total } }),
  });
  const used = process.cpuUsage(cpu);
  const digest = createHash('sha256');
  for (const [name, { values }] of final.tensors) {
    digest.update(`${name}\n`);
    digest.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  /** @type {RunRecord['evaluations']} */
  const evaluations = {
    step: rows.map(({ step }) => step),
    train: rows.map(({ trainAccuracy }) => rounded(trainAccuracy)),
    held_out: rows.map(({ heldOutAccuracy }) => rounded(heldOutAccuracy)),
  };
  for (const column of request.columns)
    evaluations[column] = rows.map((row) =>
      Number(Number(row[/** @type {'cosine'} */ (column)]).toPrecision(6)),
    );
  const norms = rows.map(({ weightNorm }) => Math.round(weightNorm * 1e3) / 1e3);
  const machine = await Machine.open();
  send({
    record: {
      case: request.case,
      seed: request.seed,
      steps: final.step,
      run_id: runId(experiment, NUMERIC_VERSION),
      parameters_sha256: digest.digest('hex'),
      cpu_seconds: Math.round((used.user + used.system) / 1e4) / 100,
      wall_seconds: Math.round((performance.now() - wall) / 10) / 100,
      weight_norm: [norms[0], norms[norms.length - 1]],
      evaluations,
    },
    kernels: machine.mode,
  });
  await machine.close();
}
