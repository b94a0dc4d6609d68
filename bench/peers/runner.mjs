// A training that runs on request: a process, or a page in a browser, that does a number of steps and says how long they took.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { root } from '../../scripts/run.mjs';

/** The time of `steps` steps by the clock and of the processor, and what they left. @typedef {{ wall_ns: number, cpu_ns?: number, loss: number, peak_mb?: number }} Turn */

/**
 * @typedef {object} Runner
 * @property {{ version: string, threads: number }} about
 * @property {(steps: number) => Promise<Turn>} run
 * @property {(steps: number) => Promise<number[]>} losses the loss of each of the next steps
 * @property {() => Promise<void>} close
 */

/** What is kept of a failed program's words. */
const SHOWN = 400;

/**
 * Starts a process that speaks the protocol of python/turns.py.
 * @param {string} program
 * @param {string[]} words
 * @param {NodeJS.ProcessEnv} [env] in addition
 * @returns {Promise<Runner>}
 * @throws {Error} when it ends before it is ready, with the last line it wrote to stderr
 */
export async function startProcess(program, words, env = {}) {
  const child = spawn(program, words, { cwd: root, env: { ...process.env, ...env }, stdio: 'pipe' });
  let errors = '';
  child.stderr.on('data', (text) => {
    errors = (errors + text).slice(-10_000);
  });
  const ended = new Promise((resolve) => {
    child.on('error', (error) => {
      errors += error.message;
      resolve(undefined);
    });
    child.on('close', resolve);
  });
  child.stdin.on('error', () => {}); // the process has ended: the missing answer says so
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (!done) return JSON.parse(value);
    await ended;
    throw new Error(errors.trim().split('\n').pop()?.slice(0, SHOWN) || `${program} ended without a word`);
  };
  const ask = (/** @type {object} */ request) => {
    child.stdin.write(`${JSON.stringify(request)}\n`);
    return next();
  };
  const { ready } = await next();
  return {
    about: ready,
    run: (steps) => ask({ run: steps }),
    losses: async (steps) => (await ask({ losses: steps })).losses,
    close: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
