// Installs the dependencies when node_modules is missing or does not hold what package-lock.json says.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, runNpm } from './run.mjs';

/** @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, peer?: boolean, link?: boolean }} LockedPackage */

/**
 * Why node_modules has to be installed again, in words; undefined when it is as locked. Compares the lock file with npm's
 * own record of what it installed; optional packages may be absent (they depend on the platform).
 * @param {string} folder the folder of package.json
 * @returns {string | undefined}
 */
export function staleness(folder) {
  const record = join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return 'node_modules is missing';
  const lock = join(folder, 'package-lock.json');
  if (!existsSync(lock)) return undefined;
  const installed = packagesOf(record);
  for (const [path, locked] of Object.entries(packagesOf(lock))) {
    if (path === '' || locked.link) continue;
    const found = installed[path];
    if (found === undefined && (locked.optional || locked.devOptional || locked.peer)) continue;
    if (found?.version !== locked.version) {
      const name = path.replace(/^.*node_modules\//, '');
      return `${name} should be ${locked.version} and is ${found?.version ?? 'missing'}`;
    }
  }
  return undefined;
}

/**
 * @param {string} file
 * @returns {Record<string, LockedPackage>}
 */
function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

/**
 * Brings node_modules up to date; returns npm's exit code, 0 when there was nothing to do.
 * @returns {Promise<number>}
 */
export async function install() {
  const reason = staleness(root);
  if (reason === undefined) return 0;
  console.log(`Installing dependencies (${reason}).`);
  const command = existsSync(join(root, 'package-lock.json')) ? 'ci' : 'install';
  const code = await runNpm([command, '--include=dev', '--no-audit', '--no-fund']);
  if (code !== 0) console.error(`npm ${command} failed: are you online? Its own message stands above.`);
  return code;
}
