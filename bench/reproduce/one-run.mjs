// One seed of a reproduction, in a process of its own: trains, simulates or compares, and sends progress and then its record to the parent.

import { directionRun } from './direction-run.mjs';
import { isolatedRun } from './isolated-run.mjs';
import { trainedRun } from './trained-run.mjs';

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

/** @typedef {'trained' | 'isolated' | 'direction'} RunKind */

/**
 * @typedef {{ case: string, seed: number, config: string, overrides: string[], columns: string[], kind: RunKind }} RunRequest
 */

/** @typedef {{ progress: { step: number, total: number } } | { record: RunRecord, kernels: string }} RunMessage */

/** @type {Record<RunKind, (request: RunRequest, send: (message: RunMessage) => void) => Promise<void>>} */
const kinds = { trained: trainedRun, isolated: isolatedRun, direction: directionRun };

/** @type {RunRequest} */
const request = JSON.parse(process.argv[2]);
await kinds[request.kind](request, (message) => process.send?.(message));
// The channel to the parent would keep this process alive.
process.disconnect?.();
