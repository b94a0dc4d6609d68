// Runs of a reproduction side by side. A run computes on one thread, so as many as there are cores go at once, at most two:
// a laptop stays usable, and memory small.

import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

/** @typedef {import('./one-run.mjs').RunRequest} RunRequest */
/** @typedef {import('./one-run.mjs').RunRecord} RunRecord */
/** @typedef {{ record: RunRecord, kernels: string }} FinishedRun */

const program = fileURLToPath(new URL('one-run.mjs', import.meta.url));
const mostProcesses = 2;

/**
 * Runs them all; resolves with their records in the order of the requests.
 * @param {readonly RunRequest[]} requests
 * @param {{
 *   onProgress?: (steps: readonly { request: RunRequest, step: number, total: number }[]) => void,
 *   onFinished?: (run: FinishedRun) => void,
 * }} [observers] told of every evaluation of the runs under way, and of every run that ended
 * @returns {Promise<FinishedRun[]>}
 * @throws {Error} when a run fails; its own message stands on the terminal
 */
export async function runAll(requests, { onProgress, onFinished } = {}) {
  /** @type {FinishedRun[]} */
  const finished = [];
  /** @type {Map<number, { request: RunRequest, step: number, total: number }>} */
  const underWay = new Map();
  let next = 0;

  async function worker() {
    for (let i = next++; i < requests.length; i = next++) {
      finished[i] = await inProcess(requests[i], (progress) => {
        underWay.set(i, { request: requests[i], ...progress });
        onProgress?.([...underWay.values()]);
      });
      underWay.delete(i);
      onFinished?.(finished[i]);
    }
  }

  await Promise.all(Array.from({ length: Math.min(mostProcesses, availableParallelism()) }, worker));
  return finished;
}

/**
 * @param {RunRequest} request
 * @param {(progress: { step: number, total: number }) => void} onProgress
 * @returns {Promise<FinishedRun>}
 */
function inProcess(request, onProgress) {
  return new Promise((resolve, reject) => {
    const child = fork(program, [JSON.stringify(request)]);
    /** @type {FinishedRun | undefined} */
    let run;
    child.on('message', (/** @type {import('./one-run.mjs').RunMessage} */ message) => {
      if ('progress' in message) onProgress(message.progress);
      else run = message;
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (run !== undefined && code === 0) resolve(run);
      else reject(new Error(`${request.config} with seed ${request.seed} ended with ${signal ?? code}`));
    });
  });
}
