// Runs a Node program from outside, as a shell does, and says how long it took and what it used.

import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { root } from '../scripts/run.mjs';
import { command } from './grokscope.mjs';

const preload = fileURLToPath(new URL('report-usage.cjs', import.meta.url));

/**
 * `wall_ms` from before the process was started until it had ended, Node's own start included; `peak_mb` its largest
 * resident memory, in 10⁶ bytes.
 * @typedef {{ wall_ms: number, cpu_ms: number, peak_mb: number, stdout: string }} Used
 */

/**
 * @param {string} file
 * @param {readonly string[]} parameters
 * @param {readonly string[]} [nodeFlags]
 * @returns {Promise<Used>}
 * @throws {Error} when it fails, with what it wrote to stderr
 */
export function usageOf(file, parameters, nodeFlags = []) {
  return inFolder(async (folder) => {
    const report = join(folder, 'usage.json');
    const all = ['--require', preload, ...nodeFlags, file, ...parameters];
    const start = performance.now();
    const { stdout } = await promisify(execFile)(process.execPath, all, {
      cwd: root,
      env: { ...process.env, GROKSCOPE_USAGE_FILE: report },
    });
    const wall_ms = performance.now() - start;
    return { wall_ms, ...JSON.parse(readFileSync(report, 'utf8')), stdout };
  });
}

/**
 * Calls back with a new folder that is removed afterwards.
 * @template Value
 * @param {(folder: string) => Promise<Value>} use
 */
export async function inFolder(use) {
  mkdirSync(join(root, '.cache', 'bench'), { recursive: true });
  const folder = mkdtempSync(join(root, '.cache', 'bench', 'run-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Trains R1 with the command, into a folder that is removed.
 * @param {readonly string[]} [overrides]
 */
export function trainR1(overrides = []) {
  return inFolder((folder) =>
    usageOf(command, ['train', '--config', 'configs/r1.yaml', '--run', join(folder, 'r1'), ...overrides]),
  );
}

/**
 * The largest resident memory of this process so far, in 10⁶ bytes. On Linux `maxRSS` may be that of the process that started
 * this one; the status file has our own.
 */
export function peakMb() {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '';
  const own = /^VmHWM:\s+(\d+)/m.exec(status)?.[1];
  return (Number(own ?? process.resourceUsage().maxRSS) * 1024) / 1e6;
}
