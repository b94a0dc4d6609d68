// Asks a Node for its outcomes.

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const program = fileURLToPath(new URL('outcomes-in-process.mjs', import.meta.url));

/**
 * Trains the experiments under a Node and its flags.
 * @param {string} node its program
 * @param {{ options?: import('./experiments.mjs').Host, flags?: readonly string[], steps: number }} how
 * @returns {Promise<import('./experiments.mjs').Outcome[]>}
 * @throws {Error} with what it wrote to stderr, when it fails
 */
export async function outcomesOf(node, { options = {}, flags = [], steps }) {
  const { stdout } = await promisify(execFile)(node, [
    ...flags,
    program,
    JSON.stringify(options),
    String(steps),
  ]);
  return JSON.parse(stdout);
}
