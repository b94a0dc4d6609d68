// Starts a program of this repository and waits for it, output passed through.

import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

/** The repository's folder, with a trailing separator. */
export const root = fileURLToPath(new URL('../', import.meta.url));

/**
 * Runs a program in the repository's folder; resolves with its exit code (128 + signal number when a signal ended it).
 * On Ctrl-C the program receives the signal from the terminal and we wait for it, so that it can leave a checkpoint.
 * @param {string} program
 * @param {string[]} parameters
 * @param {{ env?: NodeJS.ProcessEnv, shell?: boolean }} [options]
 * @returns {Promise<number>}
 */
export function run(program, parameters, options = {}) {
  return new Promise((resolve, reject) => {
    const waitForChild = () => {};
    process.on('SIGINT', waitForChild);
    const child = spawn(program, parameters, { cwd: root, stdio: 'inherit', ...options });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      process.off('SIGINT', waitForChild);
      resolve(signal === null ? (code ?? 1) : 128 + constants.signals[signal]);
    });
  });
}

/**
 * Runs a JavaScript file with this Node.
 * @param {string} file
 * @param {string[]} parameters
 * @param {{ env?: NodeJS.ProcessEnv }} [options]
 */
export function runNode(file, parameters, options) {
  return run(process.execPath, [file, ...parameters], options);
}

/**
 * Runs npm: the one that started us if there is one, else the one on the path.
 * @param {string[]} parameters
 */
export function runNpm(parameters) {
  const npm = process.env.npm_execpath;
  if (npm?.endsWith('npm-cli.js')) return runNode(npm, parameters);
  return run('npm', parameters, { shell: process.platform === 'win32' });
}
