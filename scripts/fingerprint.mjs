// The fingerprint of a set of files: equal exactly when names and contents are equal. Builds use it to skip what is done.

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/**
 * Every file below a folder whose path satisfies `wanted`, sorted by path; empty when the folder is missing.
 * @param {string} folder
 * @param {(path: string) => boolean} wanted
 * @returns {string[]}
 */
export function filesBelow(folder, wanted) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(wanted)
    .sort();
}

/**
 * SHA-256, in hexadecimal, over the relative paths and the bytes of files, and over `settings`.
 * @param {string} folder what the paths are relative to
 * @param {string[]} files
 * @param {string[]} [settings] anything else that the result depends on: versions, flags
 */
export function fingerprint(folder, files, settings = []) {
  const hash = createHash('sha256').update(JSON.stringify(settings));
  for (const file of files) {
    const content = createHash('sha256').update(readFileSync(file)).digest('hex');
    hash.update(`\n${relative(folder, file).split(sep).join('/')} ${content}`);
  }
  return hash.digest('hex');
}
