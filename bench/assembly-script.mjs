// AssemblyScript files of this folder, compiled when they are needed.

import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../scripts/run.mjs';

/**
 * The bytes of an AssemblyScript file of this folder.
 * @param {string} name
 */
export async function compiled(name) {
  const output = join(root, '.cache', 'bench', `${name}.wasm`);
  mkdirSync(join(root, '.cache', 'bench'), { recursive: true });
  const asc = createRequire(import.meta.url).resolve('assemblyscript/bin/asc.js');
  const flags = ['-O3', '--noAssert', '--runtime', 'stub', '--importMemory', '--enable', 'simd,relaxed-simd'];
  await promisify(execFile)(process.execPath, [asc, join('bench', name), '--outFile', output, ...flags], {
    cwd: root,
  });
  return readFileSync(output);
}
